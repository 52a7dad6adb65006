// What holds for every role: its variables bear its name and are described, its README lists them, its templates are all used.
import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import elasticsearch from '../../roles/elasticsearch/role.ts';
import java from '../../roles/java/role.ts';
import kafka from '../../roles/kafka/role.ts';
import redisCluster from '../../roles/redis-cluster/role.ts';
import { SHIPPED_ROLES } from '../../roles/shipped.ts';
import zookeeper from '../../roles/zookeeper/role.ts';
import type { AnyRole } from '../../src/program/role.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { sourceRoot } from '../support/golden.ts';

for (const role of [elasticsearch, java, kafka, redisCluster, zookeeper]) {
  const folder = join(sourceRoot, 'roles', role.name);

  describe(`roles/${role.name}`, () => {
    it('has variables that begin with its name and say what they are', () => {
      for (const [name, schema] of Object.entries(role.vars)) {
        ok(name.startsWith(`${role.name.replaceAll('-', '_')}_`), name);
        ok(
          schema.description !== undefined && !schema.description.endsWith('.'),
          `${name} has no description, or one that ends with a full stop`,
        );
      }
    });

    it('lists them in its README', () => {
      const [, section = ''] = readFileSync(join(folder, 'README.md'), 'utf8').split('\n## Variables\n');
      const found = section.split('\n').filter(line => line.startsWith('| `'));
      deepEqual(found, variableTable(role));
    });

    it('uses each of its templates', () => {
      const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(file => file.endsWith('.ts'))
        .map(file => readFileSync(join(folder, file), 'utf8'));
      for (const template of readdirSync(join(folder, 'templates'))) {
        ok(
          sources.some(source => source.includes(template.replace(/\.hbs$/, ''))),
          `${template} is not used`,
        );
      }
    });

    it('imports nothing of the engine but its public index', () => {
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
        const imports = [...readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']*\/src\/[^']*)'/g)].map(match => match[1] ?? '');
        equal(
          imports.find(name => !name.endsWith('/src/index.ts')),
          undefined,
          file,
        );
      }
    });
  });
}

/** The rows of the README's table of variables. */
function variableTable(role: AnyRole): readonly string[] {
  return Object.entries(role.vars).map(([name, schema]) => {
    const fallback = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
    return `| \`${name}\` | ${typeOf(schema)} | ${fallback} | ${schema.description ?? ''} |`;
  });
}

function typeOf(schema: Schema): string {
  if ('enum' in schema) return schema.enum.map(value => `\`${String(value)}\``).join(', ');
  if (Array.isArray(schema.type)) return schema.type.join(', ');
  return schema.type === 'array' ? 'list' : schema.type === 'object' ? 'map' : String(schema.type);
}

describe('roles/shipped', () => {
  it('names every role there is', async () => {
    const folders = readdirSync(join(sourceRoot, 'roles'), { withFileTypes: true }).filter(entry => entry.isDirectory());
    deepEqual(Object.keys(SHIPPED_ROLES), folders.map(({ name }) => name).sort());
    for (const [name, load] of Object.entries(SHIPPED_ROLES)) equal((await load()).name, name);
  });
});
