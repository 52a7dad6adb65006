// What holds for every shipped rolling module: it takes the primitive's parameters, and the unit records just the files and links it is asked about.
import { deepEqual, ok } from 'node:assert/strict';
import elasticsearch from '../../roles/elasticsearch/role.ts';
import kafka from '../../roles/kafka/role.ts';
import redisCluster from '../../roles/redis-cluster/role.ts';
import zookeeper from '../../roles/zookeeper/role.ts';
import { recordsStart } from '../../src/facts/systemd/started-with.ts';
import { ROLLING } from '../../src/modules/rolling/params.ts';
import { goldenFiles } from '../support/golden.ts';

/** As they stand in the golden cases of a role. */
interface GoldenRole {
  readonly title: string;
  readonly tasks?: readonly { readonly module: string; readonly params: GoldenParams }[];
  readonly files?: Readonly<Record<string, readonly string[]>>;
}

interface GoldenParams {
  readonly members?: readonly { readonly unit?: string; readonly files?: readonly string[] }[];
  readonly unit?: string;
  readonly files: readonly string[];
  readonly links?: readonly string[];
}

const modules = [elasticsearch, kafka, redisCluster, zookeeper]
  .flatMap(role => role.modules ?? [])
  .map(module => module.definition)
  .filter(definition => definition.kind === 'cluster' && definition.order !== undefined);
const cases = goldenFiles<GoldenRole>(['test/roles'], 'role').flatMap(file => file.content.cases);

describe('rolling modules', () => {
  it('are those of elasticsearch, kafka, redis-cluster and zookeeper', () => {
    deepEqual(modules.map(module => module.name).toSorted(), ['elasticsearch.nodes', 'kafka.brokers', 'redis.nodes', 'zookeeper.ensemble']);
  });

  for (const { name, params } of modules) {
    const properties = 'properties' in params ? params.properties : {};

    it(`${name} takes what the primitive needs`, () => {
      for (const [key, schema] of Object.entries({ members: { type: 'array' }, ...ROLLING })) {
        const own = properties[key];
        ok(own !== undefined && own.type === schema.type, `${name} has no ${key}, or another one`);
      }
    });

    it(`${name} is given a unit that records its start`, () => {
      const seen = cases.flatMap(({ title, tasks = [], files = {} }) =>
        tasks.filter(task => task.module === name).map(task => ({ title, params: task.params, files })),
      );
      ok(seen.length > 0, `no golden case of a role has ${name}`);
      for (const { title, params: given, files } of seen) {
        const fallback = properties['unit']?.default;
        const unit = given.unit ?? (typeof fallback === 'string' ? fallback : '');
        const text = files[`/etc/systemd/system/${unit}`] ?? [];
        for (const member of given.members ?? []) {
          const own = member.unit ?? unit;
          const wanted = `ExecStartPre=${recordsStart(own, member.files ?? given.files, given.links ?? [])}`;
          // Of a template an instance is made: `%i` is its own name.
          const instance = /@(.+)\.service$/.exec(own)?.[1] ?? '';
          ok(
            text.some(line => line.replaceAll('%i', instance) === wanted),
            `${title}: ${unit} has no line ${wanted}`,
          );
        }
      }
    });
  }
});
