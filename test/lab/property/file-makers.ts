// Generated calls of the modules for files.
import type { Dice } from './dice.ts';
import type { Maker } from './makers.ts';
import { DIRECTORIES, GROUPS, LINK_PATHS, LINK_TARGETS, PATHS, USERS } from './pool.ts';
import { LAST, type Call } from './types.ts';

const LINES = ['a = 1', 'a = 2', 'b = 2', 'c = 3', 'one'] as const;

/** Owner and group, as often as not left out. */
export function ownersBy(dice: Dice): object {
  return {
    ...dice.maybe(0.4, () => ({ owner: dice.pick([...USERS, 'root', 'root']) })),
    ...dice.maybe(0.3, () => ({ group: dice.pick([...GROUPS, 'root', 'root']) })),
  };
}

/** A text that others write too. */
export function textBy(dice: Dice, about: string): string {
  return dice.pick(['one\n', 'one\n', 'two\n', 'a = 1\nb = 2\n', '', 'no line end', `{{ word }} ${about}\n`]);
}

const fileMode = (dice: Dice) => dice.maybe(0.4, () => ({ mode: dice.pick(['0644', '0600', '0755']) }));

/** A path, now and then in another spelling of the same. */
function pathBy(dice: Dice): string {
  const path = dice.pick(PATHS);
  return dice.chance(0.05) ? path.replace('/p/', '/./p//') : path;
}

export const FILE_MAKERS: Readonly<Record<string, Maker>> = {
  'file.directory': {
    weight: 6,
    make: dice => ({
      path: pathBy(dice),
      ...ownersBy(dice),
      ...dice.maybe(0.5, () => ({ mode: dice.pick(['0755', '0750', '2755']) })),
      ...dice.maybe(0.3, () => ({ parents: true })),
    }),
  },
  'file.copy': {
    weight: 6,
    make: (dice, around) => ({
      dest: pathBy(dice),
      ...(dice.chance(0.2) ? { src: 'small.bin' } : { content: textBy(dice, around.mention()) }),
      ...ownersBy(dice),
      ...fileMode(dice),
      ...dice.maybe(0.2, () => ({ replace_link: true })),
    }),
  },
  'file.template': {
    weight: 2,
    make: dice => ({ src: 'word.hbs', dest: pathBy(dice), ...ownersBy(dice), ...fileMode(dice) }),
  },
  'file.link': {
    weight: 5,
    make: dice => ({
      path: dice.pick(LINK_PATHS),
      target: dice.pick(LINK_TARGETS),
      ...dice.maybe(0.2, () => ({ owner: dice.pick(USERS) })),
      ...dice.maybe(0.3, () => ({ force: true })),
    }),
  },
  'file.absent': { weight: 4, make: dice => ({ path: pathBy(dice) }) },
  'file.line': {
    weight: 4,
    make: dice => ({
      path: pathBy(dice),
      line: dice.pick(LINES),
      ...dice.maybe(0.4, () => ({ match: '^a *=' })),
      ...dice.maybe(0.3, () => ({ before: '^b' })),
      ...(dice.chance(0.25) ? { state: 'absent' } : dice.maybe(0.6, () => ({ create: true }))),
      ...dice.maybe(0.2, () => ({ owner: dice.pick(USERS) })),
    }),
  },
  'archive.unpack': {
    weight: 2,
    make: dice => ({
      src: '{{ pkg }}',
      dest: dice.pick(DIRECTORIES),
      ...dice.maybe(0.3, () => ({ owner: dice.pick(USERS) })),
      ...dice.maybe(0.2, () => ({ strip: 1 })),
      ...dice.maybe(0.3, () => ({ leave: ['pkg/f'] })),
    }),
  },
  'file.attributes': {
    weight: 3,
    make: dice => ({ path: pathBy(dice), ...ownersBy(dice), ...fileMode(dice), ...dice.maybe(0.3, () => ({ create: true })) }),
  },
  'file.duplicate': { weight: 2, make: dice => ({ src: pathBy(dice), dest: pathBy(dice), ...ownersBy(dice) }) },
  'file.download': { weight: 1, make: dice => ({ src: '{{ published }}', dest: pathBy(dice), ...ownersBy(dice), ...fileMode(dice) }) },
  'file.block': {
    weight: 2,
    make: dice => ({
      path: pathBy(dice),
      name: dice.pick(['x', 'y']),
      block: dice.pick(['a = 1\n', 'b = 2\nc = 3\n']),
      ...dice.maybe(0.3, () => ({ before: '^b' })),
      ...(dice.chance(0.2) ? { state: 'absent' } : dice.maybe(0.6, () => ({ create: true }))),
    }),
  },
  'file.replace': {
    weight: 2,
    make: dice => ({
      path: pathBy(dice),
      ...dice.pick([{ match: '^a = \\d$', replace: 'a = 0' }, { match: 'two', replace: 'one' }, { match: '^b.*\\n' }]),
    }),
  },
  'file.stat': {
    weight: 2,
    make: dice => ({ path: pathBy(dice), ...dice.maybe(0.5, () => ({ digest: true })) }),
    after: ({ digest }) => debugOf(['exists', 'kind', 'owner', 'group', 'mode', 'size', 'target', ...(digest === true ? ['sha256'] : [])]),
  },
  'file.read': { weight: 2, make: dice => ({ path: pathBy(dice) }), after: () => debugOf(['text', 'size']) },
};

/** Says what the call before it registered. */
function debugOf(names: readonly string[]): readonly Call[] {
  const told = names.map(name => `{{ ${LAST}.${name} }}`).join(' ');
  return [{ module: 'debug', params: { msg: told }, when: `!${LAST}.failed && !${LAST}.skipped` }];
}
