// What differs on a host between two moments, one thing at a time: a path, a package, an account, a unit, a process, a kernel parameter.
import type { Snapshot } from './oracle.ts';

/** One thing that was otherwise. Empty texts: it was not there, or (a path) as in the base system. */
export interface Difference {
  readonly kind: keyof typeof LISTS;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

type Listed = ReadonlyMap<string, string>;

const lines = (text: string): readonly string[] => text.split('\n').filter(line => line !== '');

/** Names and what is said of them; the first match of the pattern is the name, the second what is said. */
function table(text: string, pattern: RegExp): Listed {
  return new Map(
    lines(text).flatMap(line => {
      const [, name = '', said = ''] = pattern.exec(line) ?? [];
      return name === '' ? [] : [[name, said] as const];
    }),
  );
}

const LISTS = {
  path: (look: Snapshot): Listed => look.paths,
  package: (look: Snapshot): Listed => table(look.packages, /^([^\t]+)\t(.*)$/),
  user: (look: Snapshot): Listed => table(look.accounts, /^([^:]+):((?:[^:]*:){5}[^:]*)$/),
  group: (look: Snapshot): Listed => table(look.accounts, /^([^:]+):([^:]*:[^:]*:[^:]*)$/),
  active: (look: Snapshot): Listed => table(look.units, /^(\S+) +\S+ +(\S+)/),
  enabled: (look: Snapshot): Listed => table(look.enabled, /^(\S+) +(?!generated|transient)(\S+)/),
  process: (look: Snapshot): Listed => processes(look.processes),
  sysctl: (look: Snapshot): Listed => table(look.sysctls, /^(\S+) (.*)$/),
} as const;

/** All that is said of one kind of thing at one moment. */
export function listOf(kind: Difference['kind'], look: Snapshot): Listed {
  return LISTS[kind](look);
}

/** Everything that differs. */
export function differencesOf(before: Snapshot, after: Snapshot): readonly Difference[] {
  return (Object.keys(LISTS) as Difference['kind'][]).flatMap(kind => {
    const [was, is] = [LISTS[kind](before), LISTS[kind](after)];
    const names = [...new Set([...was.keys(), ...is.keys()])].filter(name => was.get(name) !== is.get(name)).sort();
    return names.map(name => ({ kind, name, before: was.get(name) ?? '', after: is.get(name) ?? '' }));
  });
}

/** In words. */
export function describe({ kind, name, before, after }: Difference): string {
  return `${kind} ${name}: ${before === '' ? 'nothing' : before} became ${after === '' ? 'nothing' : after}`;
}

/** Blocks of `Id=` and `MainPID=`. A service without a process of its own is left out. */
function processes(text: string): Listed {
  return new Map(
    text.split('\n\n').flatMap(block => {
      const id = /^Id=(.+)$/m.exec(block)?.[1];
      const pid = /^MainPID=([1-9]\d*)$/m.exec(block)?.[1];
      return id === undefined || pid === undefined ? [] : [[id, pid] as const];
    }),
  );
}
