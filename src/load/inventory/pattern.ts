// Host patterns: from `kafka:&rack1:!n3` to the hosts that are meant, in order. What matches nothing is a problem.
import { isIPv6 } from 'node:net';
import { formatPosition, type Position } from '../../errors/problem.ts';
import { didYouMean } from '../../util/nearest.ts';
import { glob } from './glob.ts';
import { patternProblems, type PatternSpot } from '../messages/pattern.ts';
import { watchReport, type Report } from '../report.ts';
import { isWild, splitPattern, type PatternTerm } from './split-pattern.ts';
import type { Inventory } from '../types.ts';

/** Hosts that are there without being written down, when a pattern names them. */
export const IMPLICIT_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '::1'];

type Names = Pick<Inventory, 'groups' | 'written'> &
  Partial<Pick<Inventory, 'groupsAt'>> & {
    readonly hosts: ReadonlyMap<string, { readonly at?: Position }>;
    /** Whether hosts and groups may yet come, when the play begins, that a pattern means. */
    readonly mayCome?: (pattern: string) => boolean;
  };

/**
 * The hosts of a pattern: those of its terms in their order, each term's in inventory order, each once. Terms with `&` and `!`
 * come last wherever they stand; a pattern of nothing else starts from all hosts.
 */
export function matchPattern(pattern: string, inventory: Names, spot: PatternSpot, report: Report): readonly string[] {
  const terms = splitPattern(pattern);
  if (terms.length === 0) {
    report(patternProblems.empty(spot));
    return [];
  }
  const watched = watchReport(report);
  const match = (term: PatternTerm): readonly string[] => matchTerm(term, inventory, spot, watched.report);
  const of = (role: PatternTerm['role']): readonly (readonly string[])[] => terms.filter(term => term.role === role).map(match);
  const included = of('include');
  const intersections = of('intersect').map(names => new Set(names));
  const excluded = new Set(of('exclude').flat());
  const start = included.length > 0 ? included.flat() : (inventory.groups.get('all') ?? []);
  const hosts = [...new Set(start)].filter(host => !excluded.has(host) && intersections.every(names => names.has(host)));
  if (watched.isSound() && hosts.length === 0 && inventory.mayCome?.(pattern) !== true)
    report(
      inventory.hosts.size === 0
        ? patternProblems['no-inventory'](spot, pattern)
        : patternProblems.nothing(spot, pattern, emptyGroups(terms, inventory)),
    );
  return Object.freeze(hosts);
}

const SUBSCRIPT = /^([^~].*)\[(?:(-?\d+)|(\d+)[:-](\d*))\]$/;

function matchTerm(term: PatternTerm, inventory: Names, spot: PatternSpot, report: Report): readonly string[] {
  const [, base, single, from, to] = SUBSCRIPT.exec(term.text) ?? [];
  if (base === undefined) return matchName(term, inventory, spot, report);
  const watched = watchReport(report);
  const hosts = matchName({ ...term, text: base }, inventory, spot, watched.report);
  const taken = single === undefined ? hosts.slice(Number(from), to ? Number(to) + 1 : undefined) : [hosts.at(Number(single)) ?? []].flat();
  if (watched.isSound() && taken.length === 0 && inventory.mayCome?.(base) !== true)
    report(patternProblems['out-of-range'](spot, term.text, hosts.length));
  return taken;
}

/** The groups of a pattern that have no host, each with its place. */
function emptyGroups(terms: readonly PatternTerm[], { groups, groupsAt }: Names): readonly string[] {
  return terms.flatMap(({ role, text }) => {
    const at = groupsAt?.get(text);
    return role !== 'exclude' && groups.get(text)?.length === 0 && at !== undefined ? [`${text} (${formatPosition(at)})`] : [];
  });
}

function matchName(
  term: PatternTerm,
  { hosts, groups, written, groupsAt, mayCome }: Names,
  spot: PatternSpot,
  report: Report,
): readonly string[] {
  // An address with colons in it stands in brackets.
  const text = isIPv6(term.text.slice(1, -1)) ? term.text.slice(1, -1) : term.text;
  const all = groups.get('all') ?? [];
  const exact = groups.get(text) ?? (hosts.has(text) || IMPLICIT_HOSTS.includes(text) ? [text] : undefined);
  if (exact !== undefined) return exact;
  const isPattern = isWild(text);
  const pattern = isPattern ? compile(text) : undefined;
  if (isPattern && pattern === undefined) {
    report(patternProblems.regex(spot, text));
    return [];
  }
  const found = pattern === undefined ? [] : [...groups].flatMap(([name, members]) => (pattern.test(name) ? members : []));
  const named = pattern === undefined ? [] : written.filter(host => pattern.test(host));
  // A wildcard that leaves out nothing does no harm; a name that leaves out nothing is a typing error with consequences.
  if (found.length + named.length === 0 && !(isPattern && term.role === 'exclude') && mayCome?.(text) !== true) {
    const place = (name: string): string | undefined => {
      const at = groupsAt?.get(name) ?? hosts.get(name)?.at;
      return at && formatPosition(at);
    };
    const near = isPattern ? undefined : didYouMean(text, [...groups.keys(), ...all], place);
    report(hosts.size === 0 ? patternProblems['no-inventory'](spot, text) : patternProblems.unknown(spot, text, near));
  }
  return [...new Set([...found, ...named])];
}

/** Regular expressions match from the start; undefined when it is none (a wildcard can be none too: `[z-a]`). */
function compile(text: string): RegExp | undefined {
  try {
    if (!text.startsWith('~')) return glob(text);
    return new RegExp(`^(?:${text.slice(1)})`);
  } catch {
    return undefined;
  }
}
