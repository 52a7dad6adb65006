// The documented three nodes with security on: certificates between them, an upgrade rolled, and users. That takes minutes:
// ELASTICSEARCH_SECURITY=1 tries it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildArtifacts } from '../../src/lab/artifacts/build.ts';
import { skipBecause } from '../support/skip.ts';
import { describedLab } from './support/described-lab.ts';
import { allocationOf, askElasticsearch, masterOf, untilGreen, type Asking } from './support/elasticsearch-hosts.ts';
import { buildEmailAnalysis, javacObstacle } from './support/email-analysis.ts';
import { askHost, askHosts, restartsOf } from './support/kafka-hosts.ts';
import { labOfSuite, type LabRun } from './support/lab-inventory.ts';
import { formsOf } from './support/leaks.ts';
import { failuresOf, unknownsOf } from './support/run-results.ts';
import { CORE } from './support/secret-play.ts';
import { straceObstacle, watchLogins } from './support/watched.ts';

const PLAYBOOK = 'playbooks/elasticsearch.yml';
const CERTIFICATES = '/opt/elasticsearch/config/certs';
const [OLD, NEW] = ['7.17.27', '7.17.28'];
const PASSWORD = `${CORE}-elastic`;
const USERS_PASSWORD = `${CORE}-grafana`;

/** The variables of a version, whose archive the lab has. */
function versionOf(version: string): object {
  const url = `{{ lab.artifacts }}/${archiveOf(version)}`;
  return { elasticsearch_version: version, elasticsearch_url: url, elasticsearch_checksum: `${url}.sha512` };
}

function archiveOf(version: string): string {
  return `elasticsearch-${version}-linux-x86_64.tar.gz`;
}

const SECURE = {
  elasticsearch_security: true,
  elasticsearch_password: PASSWORD,
  elasticsearch_config: {
    'node.store.allow_mmap': false,
    'xpack.security.transport.ssl.enabled': true,
    'xpack.security.transport.ssl.verification_mode': 'certificate',
    'xpack.security.transport.ssl.key': 'certs/node.key',
    'xpack.security.transport.ssl.certificate': 'certs/node.crt',
    'xpack.security.transport.ssl.certificate_authorities': ['certs/ca.crt'],
  },
  ...versionOf(OLD),
};

describe(`${PLAYBOOK} with security`, function () {
  this.timeout(1_800_000);
  this.bail(true);
  before(async function () {
    if (process.env['ELASTICSEARCH_SECURITY'] !== '1') skipBecause(this, 'it takes minutes, ELASTICSEARCH_SECURITY=1 tries it');
    const obstacle = straceObstacle() ?? javacObstacle();
    if (obstacle !== undefined) skipBecause(this, obstacle);
    archives = await buildArtifacts([OLD, NEW].map(archiveOf), () => undefined);
  });
  const lab = labOfSuite('lab', PLAYBOOK);
  let [playbook, usersPlaybook] = ['', ''];
  let archives: Readonly<Record<string, string>> = {};
  const { extraVars, run, check, verify, describeMore } = describedLab(lab, SECURE);
  const go = (of = playbook): Promise<LabRun> => run({ playbook: of });
  /** A dry run, and a run that does just that; neither of them tells a password. */
  const asForetold = async (of = playbook, ...more: readonly object[]): Promise<LabRun> => {
    describeMore(...more);
    const foretold = await lab.run('check', { extraVars, playbook: of });
    assert.deepEqual([...failuresOf(foretold), ...unknownsOf(foretold)], []);
    const made = await go(of);
    assert.deepEqual(failuresOf(made), []);
    assert.deepEqual(made.changes, foretold.changes);
    for (const { events } of [foretold, made]) assertHidden(JSON.stringify(events));
    return made;
  };
  const asElastic = loggedIn('elastic', PASSWORD);

  before(() => {
    playbook = writePlaybook(dirname(lab.inventory));
    usersPlaybook = writeUsersPlaybook(dirname(lab.inventory), lab.state.hosts[0]?.address ?? '');
  });

  it('forms with certificates between the nodes, as foretold', async () => {
    await asForetold();
    assert.deepEqual(failuresOf(await verify()), []);
  });

  it('lets in who has a password only, and the second run changes nothing', async () => {
    await assert.rejects(askElasticsearch(lab.state, '/_cluster/health'), AggregateError);
    const again = await go();
    assert.deepEqual(again.changes, []);
    assert.ok(again.roundTrips <= again.roundTripsAllowed, `${again.roundTrips} round trips, ${again.roundTripsAllowed} allowed`);
  });

  it('makes the keystore anew: no password is in an argument, a log or a file for all', async () => {
    await askHost(lab.state, 'es-node1', 'cd /opt/elasticsearch/config && rm elasticsearch.keystore');
    // The fresh run is not watched: strace would see every file of every package.
    const watch = await watchLogins({ state: lab.state, folder: dirname(lab.inventory) }, 'es-node1', 'host.log');
    const made = await asForetold();
    const { leaks, programs } = await watch.end(CORE);
    const tasks = made.changes.map(line => line.split(' | ')[1]);
    assert.deepEqual([...new Set(tasks)], ['the keystore is there']);
    assert.deepEqual(leaks, []);
    assert.ok(programs > 10, `${programs} programs were seen`);
    const forms = formsOf(CORE)
      .map(form => `-e '${form}'`)
      .join(' ');
    const logs = `{ grep -rlF ${forms} /var/log; journalctl -a -o verbose --no-pager | grep -cF ${forms}; } 2>/dev/null; true`;
    assert.deepEqual([...new Set(Object.values(await askHosts(lab.state, logs)))], ['0']);
  });

  it(`goes from ${OLD} to ${NEW} one by one, the master last, and allocation is as it was`, async () => {
    const master = await masterOf(lab.state, asElastic);
    const rolled = await asForetold(playbook, versionOf(NEW));
    const order = restartsOf(rolled, 'elasticsearch.nodes');
    assert.deepEqual([order.length, order.at(-1)], [3, master]);
    assert.deepEqual(await allocationOf(lab.state, asElastic), {});
    assert.deepEqual(failuresOf(await verify()), []);
    assert.deepEqual((await go()).changes, []);
  });

  it('does not go back, and touches nothing', async () => {
    describeMore(versionOf(OLD));
    for (const refused of [await check(), await go()]) {
      assert.match(failuresOf(refused).join('\n'), /runs 7\.17\.28, the inventory wants 7\.17\.27: Elasticsearch does not go back/);
      assert.deepEqual(refused.changes, []);
    }
  });

  it('keeps users as foretold: they log in as long as they may, and nobody sees with what', async () => {
    const folder = dirname(lab.inventory);
    const module = buildEmailAnalysis(NEW, archives[archiveOf(NEW)] ?? '', folder);
    const laid = await lab.run('run', { playbook: writeModulePlaybook(folder, module) });
    assert.deepEqual(failuresOf(laid), []);
    await askHosts(lab.state, 'systemctl restart elasticsearch');
    await untilGreen(lab.state, asElastic);

    const user = { state: 'present', roles: ['viewer'], enabled: true, password: USERS_PASSWORD };
    const users = async (but: Partial<typeof user>): Promise<LabRun> => asForetold(usersPlaybook, { grafana: { ...user, ...but } });
    const asGrafana = loggedIn('grafana', USERS_PASSWORD);
    const rolesNow = async (): Promise<readonly string[]> =>
      ((await askElasticsearch(lab.state, '/_security/_authenticate', asGrafana)) as { readonly roles: readonly string[] }).roles;
    const watch = await watchLogins({ state: lab.state, folder }, 'es-node1', 'users.log');
    const made = await users({});
    assert.deepEqual((await watch.end(CORE)).leaks, []);
    assert.equal(made.changes.length, 1);
    assert.deepEqual((await go(usersPlaybook)).changes, []);
    assert.deepEqual(await rolesNow(), ['viewer']);

    // Whoever is there keeps the password that they may have chosen since.
    await users({ roles: ['viewer', 'monitoring_user'], password: `${CORE}-other` });
    assert.deepEqual(await rolesNow(), ['monitoring_user', 'viewer']);
    await users({ enabled: false });
    await assert.rejects(rolesNow, AggregateError);
    assert.equal((await users({ state: 'absent' })).changes.length, 1);
    assert.deepEqual((await go(usersPlaybook)).changes, []);
  });
});

function loggedIn(name: string, password: string): Asking {
  return { headers: { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` } };
}

function assertHidden(text: string): void {
  for (const form of formsOf(CORE))
    assert.ok(!text.includes(form), `a password is told: ${text.slice(Math.max(0, text.indexOf(form) - 200), text.indexOf(form))}`);
}

/** Certificates as a person would have made them, and the playbook that lays them down before the role. */
function writePlaybook(folder: string): string {
  const here = join(folder, 'certs');
  mkdirSync(here);
  const openssl = (...words: readonly string[]): void => void execFileSync('openssl', words, { cwd: here, stdio: 'ignore' });
  const key = (name: string): readonly string[] => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`];
  openssl('req', '-x509', ...key('ca'), '-subj', '/CN=ca', '-days', '30', '-out', 'ca.crt');
  openssl('req', ...key('node'), '-subj', '/CN=node', '-out', 'node.csr');
  openssl('x509', '-req', '-in', 'node.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-out', 'node.crt');
  const file = join(folder, 'secure.yml');
  writeFileSync(
    file,
    `- name: an Elasticsearch cluster with security
  hosts: elasticsearch
  become: true
  any_errors_fatal: true
  pre_tasks:
    - name: there is room for certificates
      file.directory: { path: ${CERTIFICATES}, mode: "0755", parents: true }
${['ca.crt', 'node.crt', 'node.key'].map(name => copyTask(here, name, CERTIFICATES)).join('')}  roles: [java, elasticsearch]
`,
  );
  return file;
}

function copyTask(folder: string, name: string, to: string): string {
  return `    - { name: ${name} is there, file.copy: { src: ${folder}/${name}, dest: ${to}/${name}, mode: "0644" } }\n`;
}

/** Lays down a module of Elasticsearch, which its next start finds. */
function writeModulePlaybook(folder: string, module: string): string {
  const there = `/opt/elasticsearch/elasticsearch-${NEW}/modules/${basename(module)}`;
  const file = join(folder, 'module.yml');
  writeFileSync(
    file,
    `- name: a module of Elasticsearch
  hosts: elasticsearch
  become: true
  tasks:
    - name: there is room for it
      file.directory: { path: ${there}, mode: "0755" }
${readdirSync(module)
  .map(name => copyTask(module, name, there))
  .join('')}`,
  );
  return file;
}

function writeUsersPlaybook(folder: string, address: string): string {
  const file = join(folder, 'users.yml');
  writeFileSync(
    file,
    `- name: who may look
  hosts: elasticsearch[0]
  become: true
  tasks:
    - name: grafana may look
      elasticsearch.user:
        at: { address: ${address}, port: 9200 }
        authorization: /opt/elasticsearch/config/authorization
        name: grafana
        password: "{{ grafana.password }}"
        state: "{{ grafana.state }}"
        roles: "{{ grafana.roles }}"
        enabled: "{{ grafana.enabled }}"
`,
  );
  return file;
}
