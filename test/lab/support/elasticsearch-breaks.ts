// The Elasticsearch cluster of one lab, to be broken while it forms and while it is rolled.
import type { Event } from '../../../src/report/events.ts';
import { settle } from './broken-run.ts';
import type { Breakable, BreakableCluster } from './cluster-breaks.ts';
import { allocationOf, findDocuments, leaveDocuments, uuidsOf } from './elasticsearch-hosts.ts';
import { askHosts, startsOf } from './kafka-hosts.ts';
import type { TestLab } from './lab-inventory.ts';

type Deed = 'making' | 'rolling';

const PLAYBOOK = 'playbooks/elasticsearch.yml';
const UNIT = 'elasticsearch.service';
const CONFIG = '/opt/elasticsearch/config';
const DOCUMENTS = 1000;

/** What `npm run test:breaks -- elasticsearch` breaks. */
export const ELASTICSEARCH_BREAKS: Breakable<Deed> = {
  name: 'elasticsearch',
  inventory: 'lab',
  playbook: PLAYBOOK,
  groups: [['making'], ['rolling']],
  isStep,
  start,
};

function isStep(event: Event): boolean {
  return (event.kind === 'change' || event.kind === 'waiting') && event.task.module.startsWith('elasticsearch.');
}

async function start(lab: TestLab): Promise<BreakableCluster<Deed>> {
  /** A setting: when it is another one, every node needs a restart. */
  let rack = 1;
  const extraVars = (): readonly string[] => [
    JSON.stringify({ elasticsearch_config: { 'node.store.allow_mmap': false, 'node.attr.rack': `r${rack}` } }),
  ];
  await settle(lab, { playbook: PLAYBOOK, extraVars: extraVars() });
  await leaveDocuments(lab.state, DOCUMENTS);

  return {
    extraVars,
    async prepare(deed) {
      if (deed === 'making') await askHosts(lab.state, `systemctl stop ${UNIT}; rm -rf /opt/elasticsearch/data/*`);
      else rack += 1;
    },
    async watch(deed) {
      const starts = await startsOf(lab.state, UNIT);
      let uuid = deed === 'rolling' ? await formed() : '';
      let documents = deed === 'rolling' ? DOCUMENTS : 0;
      return {
        /** What has formed while nobody looked stays the cluster, with what clients have given it. */
        async whenDead() {
          if (deed === 'rolling') return;
          uuid = await formed();
          if (uuid === '') return;
          const isTaken = await leaveDocuments(lab.state, DOCUMENTS).catch(() => 0);
          documents = isTaken === DOCUMENTS ? DOCUMENTS : 0;
        },
        async end() {
          const problems = [...(await wrongOf(starts)), ...(await wrongIn(uuid, documents))];
          if (documents === 0) await leaveDocuments(lab.state, DOCUMENTS);
          return problems;
        },
      };
    },
  };

  /** The identity of the cluster that has formed; empty while none has. */
  async function formed(): Promise<string> {
    const all = Object.values(await uuidsOf(lab.state));
    return all.find(text => text !== '') ?? '';
  }

  /** Each node has had the one start that was due, and nothing of the forming is left. */
  async function wrongOf(starts: Readonly<Record<string, number>>): Promise<readonly string[]> {
    const again = await startsOf(lab.state, UNIT);
    const left = await askHosts(lab.state, `ls ${CONFIG}/bootstrap.env 2>/dev/null; grep -rl initial_master_nodes ${CONFIG}; true`);
    return [
      ...Object.entries(again)
        .map(([host, count]) => ({ host, more: count - (starts[host] ?? 0) }))
        .flatMap(({ host, more }) => (more === 1 ? [] : [`${host} was started ${more} times, not once`])),
      ...Object.entries(left).flatMap(([host, text]) => (text === '' ? [] : [`${host} still has first voters in ${text}`])),
    ];
  }

  async function wrongIn(uuid: string, documents: number): Promise<readonly string[]> {
    const all = Object.entries(await uuidsOf(lab.state));
    const wanted = uuid === '' ? (all[0]?.[1] ?? '') : uuid;
    const found = documents === 0 ? 0 : await findDocuments(lab.state);
    const allocation = await allocationOf(lab.state);
    return [
      ...all.flatMap(([host, own]) =>
        own !== '' && own === wanted ? [] : [`${host} is in the cluster ${own || 'of nobody'}, not ${wanted}`],
      ),
      ...(found === documents ? [] : [`${found} of ${documents} documents are there`]),
      ...Object.entries(allocation).map(([scope, value]) => `allocation is left at ${value} (${scope})`),
    ];
  }
}
