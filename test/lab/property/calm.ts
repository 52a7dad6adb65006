// Calm sequences: each thing is spoken of once, and after what it stands on, so that a second run has nothing to do.
import { diceOf, type Dice } from './dice.ts';
import { named } from './generate.ts';
import { PORT, ROOT, startOf, UNITS } from './pool.ts';
import type { Call, Sequence } from './types.ts';

const LENGTH = 30;

/** The calm sequence of a seed. */
export function calmSequence(seed: number): Sequence {
  const dice = diceOf(seed);
  const start = startOf(dice);
  const all = everything(dice);
  const chosen = all.filter(call => isNeeded(call) || dice.chance(LENGTH / all.length)).slice(0, LENGTH + 5);
  const calls = chosen.map(call => ({ ...call, ...(isOnFiles(call) && { unsafe_path: true as const }) }));
  return {
    seed,
    temper: 'calm',
    start,
    calls: named(calls.map(call => ({ ...call, ...dice.maybe(0.2, () => ({ notify: ['write it'] })) }))),
  };
}

/** What others ask for without a check seeing it: the user whom tasks become and a unit names, the units that are started. */
function isNeeded({ module, params }: Call): boolean {
  return params['name'] === 'prop1' ? module === 'user' : /^prop-[bc]\.service$/.test(String(params['name']));
}

/** Root works in directories of others here, on what others of these calls have made root's own. */
function isOnFiles({ module }: Call): boolean {
  return module.startsWith('file.') || module === 'archive.unpack';
}

/** What a host should be, in the order it is built in. */
function everything(dice: Dice): readonly Call[] {
  const call = (module: string, params: Call['params'], more: Partial<Call> = {}): Call => ({ module, params, ...more });
  const owner = dice.pick(['root', 'prop1', 'prop2']);
  const home = '/home/prop1';
  const at = (name: string): string => `${ROOT}/${name}`;
  return [
    call('file.absent', { path: at('gone') }),
    call('group', { name: 'propg', gid: 2201 }),
    call('group', { name: 'propx', state: 'absent' }),
    call('user', { name: 'prop1', groups: ['games'], shell: '/bin/bash' }),
    call('user', { name: 'prop2', group: 'propg', comment: 'Two' }),
    ...(dice.chance(0.12) ? [call('package', { name: 'tree' }), call('package', { name: 'hello', state: 'absent' })] : []),
    call('file.directory', { path: at('a'), owner, mode: dice.pick(['0755', '0750']) }),
    call('file.directory', { path: at('a/b/c'), parents: true, owner }),
    call('file.directory', { path: at('d'), group: dice.pick(['propg', 'root']) }),
    call('file.link', { path: at('l'), target: dice.pick(['a', at('d')]), force: true }),
    call('archive.unpack', { src: '{{ pkg }}', dest: at(dice.pick(['a', 'd', 'l'])), ...dice.maybe(0.5, () => ({ owner })) }),
    call('file.copy', { dest: at('l/g'), content: '{{ word }}\n', owner }),
    call('file.copy', { dest: at('a/f'), src: 'small.bin', mode: '0600' }),
    call('file.template', { dest: at('d/f'), src: 'word.hbs', owner, mode: '0640' }),
    call('file.line', { path: at('a/lines'), line: '{{ item }}', create: true }, { loop: ['a = 1', 'b = 2', 'c = 3'] }),
    call('file.line', { path: at('d/lines'), line: 'a = 2', match: '^a', create: true, owner }),
    call('file.line', { path: at('d/lines'), line: 'b = 1', before: '^a' }),
    call('file.block', { path: at('a/lines'), name: 'x', block: 'x = 1\n' }),
    call('file.replace', { path: at('d/lines'), match: '^z', replace: 'y' }),
    call('file.attributes', { path: at('a/marked'), create: true, owner, mode: '0600' }),
    call('file.duplicate', { src: at('a/f'), dest: at('l/copy') }),
    call('file.download', { src: '{{ published }}', dest: at('l/published'), mode: '0755' }),
    call('file.stat', { path: at('l/g') }),
    call('file.read', { path: at('d/f') }),
    call('systemd.unit', { name: 'prop-a', content: dice.pick(UNITS['prop-a.service'] ?? ['']) }),
    call('systemd.unit', { name: 'prop-a', drop_in: 'more.conf', content: '[Service]\nLimitNOFILE=5000\n' }),
    call('systemd.unit', { name: 'prop-b.service', content: dice.pick(UNITS['prop-b.service'] ?? ['']) }),
    call('systemd.unit', { name: 'prop-c.service', content: UNITS['prop-c.service']?.[0] }),
    call('systemd.unit', { name: 'prop-c.socket', content: UNITS['prop-c.socket']?.[0] }),
    call('systemd.service', { name: 'prop-a', state: dice.pick(['started', 'stopped']), enabled: dice.chance(0.5) }),
    call('systemd.service', { name: 'prop-b', state: 'started' }),
    call('systemd.service', { name: 'prop-c.socket', state: 'started', ports: [PORT] }),
    call('systemd.service', { name: 'ssh' }),
    call('sysctl', { name: 'net.ipv4.ip_default_ttl', value: 70, file: '/etc/sysctl.d/90-prop.conf' }),
    call('package.repository', { name: 'prop1', uris: ['file:/srv/nothing'], suites: ['./'], trusted: true }),
    call('hostname', { name: 'prop-one' }),
    call('cron', { name: 'prop1', special: '@daily', command: 'true', user: dice.pick(['root', 'prop1']) }),
    call('file.directory', { path: at('m') }),
    call('mount', {
      path: at('m'),
      src: 'tmpfs',
      fstype: 'tmpfs',
      opts: 'size=1m,mode=0755',
      state: dice.pick(['mounted', 'present', 'absent']),
    }),
    call('file.copy', { dest: at('m/f'), content: 'one\n' }),
    call('hosts.entries', { entries: [{ address: '192.0.2.2', names: ['alpha', 'beta'] }] }),
    call('hosts.entries', { path: at('hosts'), entries: [{ address: '192.0.2.2', names: ['alpha'] }] }),
    call('command', { argv: ['touch', at('made1')], creates: at('made1'), touches: [] }),
    call('command', { argv: ['rm', '-rf', at('dir1')], removes: at('dir1'), touches: [] }),
    call('command', { argv: ['touch', at('flag1')], unless: ['test', '-e', at('flag1')], touches: [at('flag1')] }),
    call('command', { argv: ['true'], touches: [] }, { always: true }),
    call('wait.port', { port: 22, timeout: 5 }),
    call('wait.until', { argv: ['test', '-d', ROOT] }),
    call('set', { word: dice.pick(['stone', 'water']) }),
    call('assert', { that: ['word == "stone"'] }),
    call('debug', { msg: '{{ word }}' }),
    call('file.directory', { path: home, owner: 'prop1', mode: '0750' }),
    call('file.copy', { dest: `${home}/x`, content: 'mine\n' }, { become_user: 'prop1' }),
    call('file.directory', { path: `${home}/y` }, { become_user: 'prop1' }),
    call('file.link', { path: `${home}/z`, target: 'x' }, { become_user: 'prop1' }),
  ];
}
