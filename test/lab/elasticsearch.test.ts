// The documented three nodes on real hosts: foretold, formed once, repeated, proved, mended, rolled, killed in the middle of it, told apart.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { leftBehind, lookAtAll } from './support/compare.ts';
import { describedLab } from './support/described-lab.ts';
import { allocationOf, askElasticsearch, masterOf } from './support/elasticsearch-hosts.ts';
import { startWriting } from './support/elasticsearch-writer.ts';
import { askHost, askHosts, restartsOf, startsOf } from './support/kafka-hosts.ts';
import { runProgram } from './support/killed-run.ts';
import { labOfSuite, type LabRun } from './support/lab-inventory.ts';
import { failuresOf, unknownsOf } from './support/run-results.ts';

const PLAYBOOK = 'playbooks/elasticsearch.yml';
const UNIT = 'elasticsearch.service';
const CONFIG = '/opt/elasticsearch/config';
/** What the cluster itself keeps: from the beginning, so that fresh hosts are foretold with it. */
const KEPT = {
  elasticsearch_settings: { 'cluster.max_shards_per_node': 1500, 'indices.recovery.max_bytes_per_sec': '80mb' },
  elasticsearch_index_templates: {
    notes: {
      index_patterns: ['notes-*'],
      priority: 5,
      template: {
        settings: { number_of_shards: 2, index: { refresh_interval: '5s' } },
        mappings: { dynamic: false, properties: { at: { type: 'date' }, text: { type: 'text', index: false } } },
        aliases: { notes: {} },
      },
    },
  },
};

describe(PLAYBOOK, function () {
  this.timeout(400_000);
  const lab = labOfSuite('lab', PLAYBOOK);
  const { extraVars, describeMore, run, check, verify, chaos, asForetold } = describedLab(lab, KEPT);
  const settingsOn = (rack: string): object => ({
    elasticsearch_config: { 'node.store.allow_mmap': false, 'node.attr.rack': rack },
  });

  let foretold: LabRun;

  it('is foretold on fresh hosts, its formation included, and the check leaves nothing behind', async () => {
    const fresh = await lookAtAll(lab);
    foretold = await check();
    assert.deepEqual([...failuresOf(foretold), ...unknownsOf(foretold)], []);
    assert.deepEqual(leftBehind([lab.program], fresh, await lookAtAll(lab)), []);
  });

  it('then changes exactly what was foretold: it forms once, and nobody is restarted for that', async () => {
    const built = await run();
    assert.deepEqual(failuresOf(built), []);
    assert.deepEqual(built.changes, foretold.changes);
    assert.deepEqual(await startsOf(lab.state, UNIT), { 'es-node1': 1, 'es-node2': 1, 'es-node3': 1 });
    const left = await askHosts(lab.state, `ls ${CONFIG}/bootstrap.env; grep -r initial_master_nodes ${CONFIG}; ps -o user= -C java`);
    assert.deepEqual([...new Set(Object.values(left))], ['elasticsearch']);
    assert.deepEqual(failuresOf(await verify()), []);
  });

  it('changes nothing the second time, in at most three round trips a host', async () => {
    const again = await run();
    assert.deepEqual(again.changes, []);
    assert.ok(again.roundTrips <= again.roundTripsAllowed, `${again.roundTrips} round trips, ${again.roundTripsAllowed} allowed`);
  });

  it('has settings and index templates as described, on the server; what somebody else did to them is seen, and mended', async () => {
    const asked = '/_cluster/settings?flat_settings=true';
    const persistent = { 'cluster.max_shards_per_node': '1500', 'indices.recovery.max_bytes_per_sec': '80mb' };
    assert.deepEqual(await askElasticsearch(lab.state, asked), { persistent, transient: {} });
    const send = (path: string, body: object): Promise<unknown> =>
      askElasticsearch(lab.state, path, { method: 'PUT', body: JSON.stringify(body) });
    await send('/notes-1', {});
    const made = (await askElasticsearch(lab.state, '/notes-1')) as Record<string, Record<string, unknown>>;
    assert.deepEqual(Object.keys(made['notes-1']?.['aliases'] ?? {}), ['notes']);
    await askElasticsearch(lab.state, '/notes-1', { method: 'DELETE' });

    await send('/_cluster/settings', { persistent: { 'cluster.max_shards_per_node': 900 } });
    const { notes } = KEPT.elasticsearch_index_templates;
    await send('/_index_template/notes', { ...notes, template: { ...notes.template, aliases: {} } });
    const mended = await asForetold({
      elasticsearch_settings: { ...KEPT.elasticsearch_settings, 'indices.recovery.max_bytes_per_sec': null },
    });
    assert.deepEqual(
      mended.changes.map(line => line.split(' | ').slice(1, 3).join(' | ')),
      [
        'index template notes is there | template',
        'the settings of the cluster are as described | cluster.max_shards_per_node',
        'the settings of the cluster are as described | indices.recovery.max_bytes_per_sec',
      ],
    );
    assert.deepEqual(await askElasticsearch(lab.state, asked), {
      persistent: { 'cluster.max_shards_per_node': '1500' },
      transient: {},
    });
    assert.deepEqual((await run()).changes, []);
  });

  it('is not proved once a node is stopped, which is named; the next run starts it', async () => {
    await askElasticsearch(lab.state, '/kept', { method: 'PUT', body: '{"settings":{"number_of_replicas":1}}' });
    await askHost(lab.state, 'es-node2', `systemctl stop ${UNIT}`);
    const broken = await verify();
    assert.equal(broken.exitCode, 2);
    assert.match(failuresOf(broken).join('\n'), /es-node2 does not answer on 9200 .*elasticsearch\.service is inactive/);
    const mended = await asForetold();
    assert.match(mended.changes.join('\n'), /^es-node2 \| the nodes run \| running \| true$/m);
    assert.deepEqual(failuresOf(await verify()), []);
    assert.deepEqual(await allocationOf(lab.state), {});
  });

  it('rolls a changed setting one by one, the master last, allocation is as it was, and no acknowledged write is lost', async () => {
    const master = await masterOf(lab.state);
    const end = await startWriting(lab.state);
    const rolled = await asForetold(settingsOn('r1'));
    const { acknowledged, lost, refused, longestGap } = await end();
    process.stdout.write(`      ${acknowledged} writes acknowledged, ${refused} refused, ${lost} lost, longest gap ${longestGap} ms\n`);
    assert.equal(lost, 0);
    assert.ok(acknowledged > 100);
    const order = restartsOf(rolled, 'elasticsearch.nodes');
    assert.equal(order.length, 3);
    assert.equal(order.at(-1), master);
    for (const name of ['primaries', 'all'])
      assert.equal(rolled.changes.filter(line => line.includes('| allocation while ') && line.endsWith(`"${name}"`)).length, 3);
    assert.deepEqual(await allocationOf(lab.state), {});
    assert.deepEqual((await run()).changes, []);
  });

  it('is finished by the next run when the controller dies while allocation is held', async () => {
    const before = await startsOf(lab.state, UNIT);
    describeMore(settingsOn('r2'));
    const playbook = join(dirname(lab.inventory), 'roll.yml');
    writeFileSync(playbook, ROLL);
    await using controller = runProgram(['run', playbook, '-i', lab.inventory, ...extraVars.flatMap(text => ['-e', text])]);
    await until('allocation is held', async () => (await allocationOf(lab.state)).persistent === 'primaries');
    controller.kill();
    // What is left of it on the hosts may take a moment to end.
    const next = await run({ waitLock: 60 });
    assert.deepEqual(failuresOf(next), []);
    assert.deepEqual(await allocationOf(lab.state), {});
    const now = await startsOf(lab.state, UNIT);
    assert.deepEqual(
      Object.entries(now).map(([host, count]) => [host, count - (before[host] ?? 0)]),
      [
        ['es-node1', 1],
        ['es-node2', 1],
        ['es-node3', 1],
      ],
    );
    assert.deepEqual((await run()).changes, []);
    assert.deepEqual(failuresOf(await verify()), []);
  });

  it('keeps its promise when the master dies', async () => {
    const dead = await chaos();
    assert.deepEqual(failuresOf(dead), []);
    assert.equal(dead.exitCode, 0);
  });

  it('is told from three clusters of one node each, by verify and by the next run, which touches none', async () => {
    const data = '/opt/elasticsearch/data';
    await askHosts(
      lab.state,
      `systemctl stop ${UNIT} && mv ${data}/nodes ${data}/aside && sed -i '/seed_hosts/d' ${CONFIG}/elasticsearch.yml`,
    );
    await askHosts(
      lab.state,
      `echo "ES_BOOTSTRAP=-Ecluster.initial_master_nodes=$(hostname)" >${CONFIG}/bootstrap.env && systemctl start ${UNIT} && rm ${CONFIG}/bootstrap.env`,
    );
    for (const { address } of lab.state.hosts)
      await until(`${address} is a cluster`, async () => (await fetch(`http://${address}:9200/_cat/master`)).ok);
    const apart = await verify();
    assert.match(failuresOf(apart).join('\n'), /3 clusters instead of one, each with an identity of its own: es-node1 \(/);
    const refused = await run();
    assert.match(failuresOf(refused).join('\n'), /3 clusters instead of one.*they cannot be joined/);
    await askHosts(lab.state, `systemctl stop ${UNIT} && rm -r ${data}/nodes && mv ${data}/aside ${data}/nodes`);
    const mended = await run();
    assert.deepEqual(failuresOf(mended), []);
    assert.deepEqual(failuresOf(await verify()), []);
    await askElasticsearch(lab.state, '/kept');
  });

  it('does not start a clone with the data of another node', async () => {
    const data = '/opt/elasticsearch/data';
    await askHost(lab.state, 'es-node3', `systemctl stop ${UNIT} && mv ${data}/nodes ${data}/aside`);
    const copy = await askHost(lab.state, 'es-node1', `tar -C ${data} -cz nodes/0/_state | base64 -w0`);
    await askHost(lab.state, 'es-node3', `echo ${copy} | base64 -d | tar -C ${data} -xz`);
    const refused = await run();
    assert.match(failuresOf(refused).join('\n'), /es-node1 and es-node3 have the same node id \S{22}: one is a clone/);
  });
});

/** The cluster alone: its Java is not what is rolled here. */
const ROLL = `- name: an Elasticsearch cluster
  hosts: elasticsearch
  become: true
  any_errors_fatal: true
  roles:
    - elasticsearch
`;

/** Asks until it holds; a node that does not answer yet is asked again. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await holds().catch(() => false))) {
    assert.ok(Date.now() < deadline, `in two minutes it did not come about that ${what}`);
    await sleep(50);
  }
}
