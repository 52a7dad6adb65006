// Wild sequences: calls thrown over the shared names, with conditions, loops, handlers and other users.
import { diceOf, type Dice } from './dice.ts';
import { MAKERS, type Around } from './makers.ts';
import { startOf } from './pool.ts';
import { LAST, type Call, type NamedCall, type Sequence } from './types.ts';

const LENGTH = 30;
/** How often a sequence installs and removes packages: each time takes seconds. */
const PACKAGES = 0.12;

/** The handlers of every playbook. */
export const HANDLERS: readonly (Call & { readonly name: string })[] = [
  { name: 'restart a', module: 'systemd.service', params: { name: 'prop-a', state: 'restarted' }, notify: ['note it'] },
  { name: 'write it', module: 'file.copy', params: { dest: '/srv/p/handled', content: 'called\n' }, notify: ['note it'] },
  { name: 'note it', module: 'command', params: { argv: ['sh', '-c', 'echo noted >> /srv/p/notes'], touches: ['/srv/p/notes'] } },
];

/** Names calls in their order. */
export function named(calls: readonly Call[]): readonly NamedCall[] {
  return calls.map((call, index) => ({ ...resting(call, idAt(index - 1)), id: idAt(index) }));
}

function resting(call: Call, last: string): Call {
  return JSON.parse(JSON.stringify(call).replaceAll(LAST, last)) as Call;
}

function idAt(index: number): string {
  return `r${String(index + 1).padStart(2, '0')}`;
}

/** The wild sequence of a seed. */
export function wildSequence(seed: number): Sequence {
  const dice = diceOf(seed);
  const start = startOf(dice);
  const packages = dice.chance(PACKAGES);
  const calls: Call[] = [];
  while (calls.length < LENGTH) calls.push(...callsBy(dice, aroundOf(dice, calls.length, packages)));
  return { seed, temper: 'wild', start, calls: named(calls.slice(0, LENGTH)) };
}

function callsBy(dice: Dice, around: Around): readonly Call[] {
  if (dice.chance(0.06)) return atHome(dice);
  const maker = dice.weighted(MAKERS);
  const params = maker.make(dice, around) as Call['params'] | undefined;
  if (params === undefined) return [];
  const call: Call = { module: maker.module, params, ...maker.keywords?.(params, dice), ...keywordsBy(dice, around, maker.module) };
  const after = maker.after?.(params) ?? [];
  return [...(maker.before?.(params) ?? []), ...(after.length === 0 && dice.chance(0.12) ? [looped(dice, call)] : [call, ...after])];
}

function keywordsBy(dice: Dice, around: Around, module: string): Partial<Call> {
  return {
    ...dice.maybe(0.15, () => ({ when: around.condition() })),
    ...dice.maybe(0.15, () => ({ notify: dice.some(HANDLERS.map(handler => handler.name).slice(0, 2), 0.6) })),
    ...dice.maybe(module === 'assert' ? 0 : 0.01, () => ({ ends: true as const })),
  };
}

/** What earlier calls registered, or a variable that may have been set. */
function aroundOf(dice: Dice, before: number, packages: boolean): Around {
  const known = (): string => idAt(dice.pick(Array.from({ length: before }, (_, index) => index)));
  return {
    packages,
    mention: () => (before === 0 || dice.chance(0.5) ? 'plain' : `{{ ${known()}.changed }}`),
    condition: () => {
      if (before === 0 || dice.chance(0.2)) return dice.pick(['word == "stone"', 'word != "water"', 'facts.os.name == "debian"']);
      return dice.pick([(id: string) => `${id}.changed`, (id: string) => `!${id}.changed`, (id: string) => `!${id}.failed`])(known());
    },
  };
}

/** The same call for two values of one of its parameters. */
function looped(dice: Dice, call: Call): Call {
  const key = ['path', 'dest', 'line', 'target', 'value', 'content', 'owner', 'mode'].find(name => typeof call.params[name] === 'string');
  const now = key === undefined ? undefined : call.params[key];
  if (key === undefined || typeof now !== 'string' || now.includes('{{') || call.module.startsWith('systemd')) return call;
  const other: Readonly<Record<string, readonly string[]>> = {
    path: ['/srv/p/d/f', '/srv/p/a/b'],
    dest: ['/srv/p/d/f', '/srv/p/a/f'],
    line: ['b = 2', 'one'],
    target: ['a', 'd'],
    content: ['one\n', 'two\n'],
    owner: ['root'],
    mode: ['0755'],
  };
  return { ...call, params: { ...call.params, [key]: '{{ item }}' }, loop: [now, dice.pick(other[key] ?? [now])] };
}

/** A user who is made, and at work at once in a home of their own. */
function atHome(dice: Dice): readonly Call[] {
  const home = '/home/prop1';
  const become_user = 'prop1';
  const work: Call = dice.pick<() => Call>([
    () => ({ module: 'file.copy', params: { dest: `${home}/x`, content: dice.pick(['one\n', 'two\n']) }, become_user }),
    () => ({ module: 'file.directory', params: { path: `${home}/y`, mode: dice.pick(['0755', '0700']) }, become_user }),
    () => ({ module: 'file.line', params: { path: `${home}/x`, line: 'c = 3', create: true }, become_user }),
    () => ({ module: 'file.link', params: { path: `${home}/z`, target: dice.pick(['x', 'y']) }, become_user }),
    () => ({ module: 'file.absent', params: { path: `${home}/${dice.pick(['x', 'y', 'z'])}` }, become_user }),
    () => ({ module: 'command', params: { argv: ['sh', '-c', 'id -un > ~/made'], creates: `${home}/made`, touches: [] }, become_user }),
  ])();
  return [
    { module: 'user', params: { name: 'prop1', state: 'present' } },
    { module: 'file.directory', params: { path: home, owner: 'prop1', mode: '0750' } },
    work,
  ];
}
