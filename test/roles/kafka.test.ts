// What role kafka works out of its variables: values as Java reads them, settings by version, protocols of an upgrade.
import { deepEqual, equal, match, ok, throws } from 'node:assert/strict';
import { at, brokersOf } from '../../roles/kafka/brokers-of.ts';
import { furtherSettings } from '../../roles/kafka/further-settings.ts';
import { knownSettings } from '../../roles/kafka/known-settings.ts';
import { protocolFor, refusalOf } from '../../roles/kafka/modules/upgrade-rules.ts';
import type { SeenBroker, WantedKafka } from '../../roles/kafka/modules/upgrade-rules.ts';
import { escapeValue } from '../../roles/kafka/properties.ts';
import { modeOf, scalaOf } from '../../roles/kafka/versions.ts';
import { compareVersions } from '../../src/util/version.ts';
import type { RoleHost } from '../../src/program/role.ts';

describe('roles/kafka: values of server.properties', () => {
  for (const [value, written] of [
    ['a=b:c #d!', 'a=b:c #d!'],
    ['C:\\kafka', 'C:\\\\kafka'],
    [' two  blanks ', '\\ two  blanks '],
    ['one\ntwo', 'one\\ntwo'],
    ['Zürich €', 'Z\\u00fcrich \\u20ac'],
    ['', ''],
  ] as const) {
    it(`writes ${JSON.stringify(value)} so that Java reads it back`, () => {
      equal(escapeValue(value), written);
      equal(readValue(written), value);
    });
  }

  it('takes further keys in order, and none that a variable sets', () => {
    deepEqual(furtherSettings({ kafka_config: { 'b.c': 1, a: true } }, 'zookeeper'), [
      { key: 'a', value: 'true' },
      { key: 'b.c', value: '1' },
    ]);
    throws(() => furtherSettings({ kafka_config: { 'num.partitions': 3 } }, 'zookeeper'), /which kafka_num_partitions sets already/);
    throws(() => furtherSettings({ kafka_config: { port: 9092 } }, 'zookeeper'), /Kafka 3.0 forgot it, set kafka_port/);
    throws(() => furtherSettings({ kafka_config: { 'a b': 1 } }, 'zookeeper'), /cannot stand in server.properties/);
  });
});

describe('roles/kafka: versions', () => {
  it('compares them by number', () => {
    ok(compareVersions('2.10.0', '2.9.1') > 0);
    equal(compareVersions('3.9', '3.9.0'), 0);
    ok(compareVersions('4.0.0', '10.0.0') < 0);
  });

  it('knows what each was built with and what keeps its metadata', () => {
    deepEqual(['2.2.0', '2.4.1', '2.6.0', '4.1.0'].map(scalaOf), ['2.11', '2.12', '2.13', '2.13']);
    deepEqual(
      ['2.2.0', '3.9.1', '4.0.0'].map(version => modeOf(version, undefined)),
      ['zookeeper', 'zookeeper', 'kraft'],
    );
    equal(modeOf('3.9.1', 'kraft'), 'kraft');
  });

  it('knows the settings of each line, and those of both neighbours in between', () => {
    ok(knownSettings('2.2.0').has('host.name'));
    ok(!knownSettings('3.9.1').has('host.name'));
    ok(knownSettings('3.0.0').has('host.name') && knownSettings('3.0.0').has('process.roles'));
    ok(!knownSettings('4.1.0').has('zookeeper.connect') && knownSettings('4.1.0').has('process.roles'));
    deepEqual(knownSettings('9.0.0'), knownSettings('4.1.0'));
    for (const version of ['2.2.0', '3.9.1', '4.1.0']) {
      ok(knownSettings(version).size > 180, version);
      ok([...knownSettings(version)].every(name => /^[a-zA-Z0-9._]+$/.test(name)));
    }
  });
});

describe('roles/kafka: brokers', () => {
  const hosts = { a: { kafka_port: 9093 }, b: {} };

  it('gives each broker the port of its own variables, or of the play', () => {
    const own = { kafka_inventory_group: 'kafka', kafka_port: 9093 };
    deepEqual(portsOf(own, 'a'), [9093, 19092]);
    deepEqual(portsOf({ ...own, kafka_port: 19092 }, 'b'), [9093, 19092]);
    deepEqual(portsOf({ ...own, kafka_port: 9999 }, 'b'), [9999, 9999]);
  });

  it('writes an IPv6 address in brackets', () => {
    deepEqual([at('10.1.0.57', 9092), at('fd00::57', 9092)], ['10.1.0.57:9092', '[fd00::57]:9092']);
  });

  function portsOf(vars: Parameters<typeof brokersOf>[0], host: keyof typeof hosts): readonly number[] {
    const views = Object.entries(hosts).map(([name, variables]) => ({ name, address: name, groups: ['kafka'], variables }));
    const own = { name: host, address: host, groups: ['kafka'], variables: hosts[host] };
    const role: RoleHost = { ...own, group: () => views, play: views };
    return brokersOf(vars, role).map(({ port }) => port);
  }
});

describe('roles/kafka: an upgrade', () => {
  const old: SeenBroker = { name: 'n1', home: '/opt/2.2.0', version: '2.2.0', protocol: '', mode: 'zookeeper', running: '2.2.0' };
  const held: SeenBroker = { ...old, home: '/opt/3.9.1', version: '3.9.1', protocol: '2.2', running: '3.9.1' };
  const free: SeenBroker = { ...held, protocol: '' };
  const binaries: WantedKafka = { home: '/opt/3.9.1', version: '3.9.1', mode: 'zookeeper', protocol: undefined, stage: 'binaries' };
  const lift: WantedKafka = { ...binaries, stage: 'lift' };
  const none: WantedKafka = { ...binaries, stage: 'none' };

  for (const [title, brokers, wanted, protocol] of [
    ['nothing is there', [], none, ''],
    ['all are old', [old, old], binaries, '2.2'],
    ['some are new and held', [held, old], binaries, '2.2'],
    ['all are new on disk, one runs the old', [held, { ...held, running: '2.2.0' }], binaries, '2.2'],
    ['all are new and held', [held, held], binaries, '2.2'],
    ['one was set free, one still runs the old', [free, { ...held, running: '2.2.0' }], binaries, '2.2'],
    ['setting free has begun', [free, held], binaries, ''],
    ['all are free', [free, free], binaries, ''],
    ['all are to be set free', [held, held], lift, ''],
    ['an ordinary run comes between the two rounds', [held, held], none, '2.2'],
    ['an ordinary run comes afterwards', [free, free], none, ''],
    ['a protocol carries a further part', [{ ...held, protocol: '2.2-IV1' }], none, '2.2'],
    ['a person has chosen', [held, held], { ...none, protocol: '3.0' }, '3.0'],
  ] as const) {
    it(`${protocol === '' ? 'leaves the protocol alone' : `holds to ${protocol}`} when ${title}`, () => {
      equal(refusalOf(brokers, wanted), undefined);
      equal(protocolFor(brokers, wanted), protocol);
    });
  }

  for (const [title, broker, wanted, words] of [
    ['an ordinary run to a newer line', old, none, /^n1 runs 2\.2\.0, the inventory wants 3\.9\.1: run playbooks\/kafka-upgrade\.yml$/],
    ['an ordinary run while an old one still runs', { ...held, running: '2.2.0' }, none, /^n1 runs 2\.2\.0, .*: run playbooks/],
    ['to set free what still runs the old one', { ...held, running: '2.2.0' }, lift, /^n1 still runs 2\.2\.0: roll 3\.9\.1 first/],
    ['to go back', free, { ...binaries, home: '/opt/2.2.0', version: '2.2.0' }, /does not go back to an older line/],
    [
      'to leave ZooKeeper',
      free,
      { ...binaries, version: '4.1.0', mode: 'kraft' },
      /ZooKeeper is gone in 4\.0; migrate the cluster to KRaft on 3\.9/,
    ],
    ['to go back to ZooKeeper', { ...free, mode: 'kraft' }, none, /there is no way back; set kafka_mode: kraft/],
    ['two versions in one folder', old, { ...binaries, home: old.home }, /two versions cannot share a folder/],
    ['two patches in one folder', old, { ...none, home: old.home, version: '2.2.1' }, /two versions cannot share a folder/],
  ] as const) {
    it(`refuses ${title}`, () => {
      match(refusalOf([broker], wanted)?.words ?? '', words);
    });
  }

  it('lets a person do the two steps by hand', () => {
    equal(refusalOf([old], { ...none, protocol: '2.2' }), undefined);
    match(refusalOf([old], { ...none, protocol: '3.9' })?.words ?? '', /run playbooks/);
  });
});

/** Java's reading of a value, as java.util.Properties documents it. */
function readValue(written: string): string {
  return written
    .replace(/^[ \t\f]+/, '')
    .replace(/\\(u[0-9a-f]{4}|.)/g, (_, escaped: string) =>
      escaped.length === 5
        ? String.fromCharCode(parseInt(escaped.slice(1), 16))
        : ({ n: '\n', r: '\r', f: '\f', t: '\t' }[escaped] ?? escaped),
    );
}
