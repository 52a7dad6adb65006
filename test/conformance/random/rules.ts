// Where tsplay leaves Ansible on purpose: what explains that a random playbook is taken in two ways. docs/from-ansible.md has them for people.
import type { Trace } from '../trace.ts';
import { byHost, common, failedHosts, readLine, rescuedHosts } from './courses.ts';
import { isTreeMap, mapsIn, standsIn, type Scenario, type Stand, type Tree, type TreeMap } from './tree.ts';

/** A playbook and what the engines made of it, which differs. */
export interface Differing {
  readonly scenario: Scenario;
  readonly ours: Trace;
  readonly theirs: Trace;
}

/** A difference that is meant. */
export interface Rule {
  readonly name: string;
  /** The two traces differ as they are meant to. */
  readonly explains?: (differing: Differing) => boolean;
  /** What Ansible has to be given for the same course; the rule explains a difference when both then agree. Undefined where it says nothing. */
  readonly rewrite?: (scenario: Scenario) => Scenario | undefined;
}

/** The first that explains it is counted. */
export const RULES: readonly Rule[] = [
  {
    name: 'hosts are in step: Ansible lets them fall out of it where a handler notifies for later',
    explains: ({ ours, theirs }) =>
      byHost(ours) === byHost(theirs) &&
      hasSameEnd(ours, theirs) &&
      common(ours, theirs).some(told => isHandler(told) && told.status === 'changed'),
  },
  {
    name: 'tags that no task has are an error before anything is touched (design.md §10)',
    explains: ({ ours, theirs }) => ours.words?.includes('no task has') === true && theirs.results.length === 0,
  },
  {
    name: 'what failed and is let pass counts as ignored alone, not as changed too',
    explains: ({ ours, theirs }) =>
      byHost(ours) === byHost(theirs) && ours.end === theirs.end && withoutChanged(ours) === withoutChanged(theirs),
  },
  {
    name: 'a host that failed has failed: clear_host_errors brings it back, and the exit code still says so',
    explains: ({ scenario, ours, theirs }) =>
      hasMeta(scenario, 'clear_host_errors') &&
      byHost(ours) === byHost(theirs) &&
      withoutChanged(ours) === withoutChanged(theirs) &&
      [ours.end, theirs.end].join() === 'exit code 2,exit code 0',
  },
  {
    name: 'clear_host_errors brings hosts back for the next play, with force_handlers too',
    explains: ({ scenario, ours, theirs }) => {
      if (!hasMeta(scenario, 'clear_host_errors') || !isForced(scenario)) return false;
      const failed = failedHosts(ours);
      const others = ({ host }: { readonly host: string }): boolean => failed.has(host);
      return byHost(ours, others) === byHost(theirs, others);
    },
  },
  {
    name: 'force_handlers holds for hosts that max_fail_percentage stops, too',
    explains: ({ scenario, ours, theirs }) =>
      isForced(scenario) &&
      scenario.plays.some(play => play['max_fail_percentage'] !== undefined) &&
      byHost(ours, isHandler) === byHost(theirs, isHandler) &&
      theirs.end === ours.end,
  },
  {
    name: 'run_once that fails has failed for all, and all are rescued',
    explains: differing => hasFailed(differing, stand => isRescued(stand) && says(stand, 'run_once')),
  },
  {
    name: 'max_fail_percentage is kept for what fails in a block that has an always, too',
    explains: differing =>
      hasFailed(
        differing,
        ({ within }) => within.some(({ map }) => 'max_fail_percentage' in map) && within.some(({ map }) => 'always' in map),
      ),
  },
  {
    name: 'a host that ends within a rescue is rescued: the exit code says so, and it is in the plays behind',
    explains: ({ scenario, ours, theirs }) => {
      const rescued = rescuedHosts(theirs);
      const [next] = ours.results.slice(common(ours, theirs).length).map(readLine);
      return (
        standsIn(scenario.plays).some(({ map, within }) => isEnding(map) && within.some(({ key }) => key === 'rescue')) &&
        theirs.end === 'exit code 2' &&
        ours.end !== 'refused' &&
        // What such a host does in plays behind may end them for others, too.
        (next === undefined
          ? ours.results.length === theirs.results.length && recapOfOthers(ours, rescued) === recapOfOthers(theirs, rescued)
          : rescued.has(next.host))
      );
    },
  },
  {
    name: 'tags never touch handlers: Ansible leaves them out with --skip-tags always',
    explains: ({ scenario, ours, theirs }) =>
      scenario.args.some(words => words.join(' ') === '--skip-tags always') && byHost(ours, isHandler) === byHost(theirs, isHandler),
  },
  {
    name: 'end_play and end_batch ask each host, not the first for all',
    rewrite: scenario => rewriteMeta(scenario, ['end_play', 'end_batch'], 'end_host'),
  },
];

function hasSameEnd(ours: Trace, theirs: Trace): boolean {
  return [...ours.recap, ours.end].join('\n') === [...theirs.recap, theirs.end].join('\n');
}

function recapOfOthers(trace: Trace, hosts: ReadonlySet<string>): string {
  return withoutChanged({ ...trace, recap: trace.recap.filter(line => !hosts.has(line.split(':')[0] ?? '')) });
}

function withoutChanged({ recap }: Trace): string {
  return recap.map(line => (line.includes('ignored=') ? line.replace(/ changed=\d+/, '') : line)).join('\n');
}

function isHandler({ task }: { readonly task: string }): boolean {
  return task.startsWith('h');
}

function isForced({ plays, args }: Scenario): boolean {
  return args.flat().includes('--force-handlers') || plays.some(play => play['force_handlers'] === true);
}

function isEnding({ meta }: TreeMap): boolean {
  return typeof meta === 'string' && meta.startsWith('end_');
}

function hasMeta({ plays }: Scenario, action: string): boolean {
  return mapsIn(plays).some(({ meta }) => meta === action);
}

/** Before the two part, one of those tasks has failed. */
function hasFailed({ scenario, ours, theirs }: Differing, isMeant: (stand: Stand) => boolean): boolean {
  const names = new Set(
    standsIn(scenario.plays)
      .filter(isMeant)
      .map(({ map }) => map['name']),
  );
  return common(ours, theirs).some(({ task, status }) => status === 'failed' && names.has(task));
}

function isRescued({ within }: Stand): boolean {
  return within.some(({ map, key }) => key === 'block' && map['rescue'] !== undefined);
}

/** It or something around it. */
function says({ map, within }: Stand, keyword: string): boolean {
  return [map, ...within.map(around => around.map)].some(one => one[keyword] === true);
}

function rewriteMeta(scenario: Scenario, actions: readonly string[], action: string): Scenario | undefined {
  if (!actions.some(one => hasMeta(scenario, one))) return undefined;
  const rewritten = (tree: Tree): Tree => {
    if (Array.isArray(tree)) return (tree as readonly Tree[]).map(rewritten);
    if (!isTreeMap(tree)) return tree;
    const entries = Object.entries(tree).map(([key, value]): [string, Tree] => [key, rewritten(value)]);
    return Object.fromEntries(
      entries.map(([key, value]) => [key, key === 'meta' && typeof value === 'string' && actions.includes(value) ? action : value]),
    );
  };
  return { ...scenario, plays: scenario.plays.map(play => rewritten(play) as TreeMap) };
}
