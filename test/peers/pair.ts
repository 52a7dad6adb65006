// The tasks of the two playbooks, paired by their names, each with what both engines said and did.
import { load } from 'js-yaml';
import { playbookText } from './peers-lab.ts';
import { judge, type Outcome, type Verdict } from './verdict.ts';

/** One engine on one task. */
export interface Shown {
  readonly module: string;
  readonly check: Outcome;
  readonly run: Outcome;
  readonly verdict: Verdict;
}

/** One task, in both engines. */
export interface Pair {
  /** With its number: `05 a line in a file made earlier`. */
  readonly task: string;
  readonly ansible: Shown;
  readonly tsplay: Shown;
}

/** What one engine made of a playbook: by task, its check and then its run. */
export interface Witness {
  readonly modules: ReadonlyMap<string, string>;
  readonly check: ReadonlyMap<string, Outcome>;
  readonly run: ReadonlyMap<string, Outcome>;
}

interface Play {
  readonly tasks: readonly Readonly<Record<string, unknown>>[];
  readonly handlers?: readonly Readonly<Record<string, unknown>>[];
}

/** The names of a playbook's tasks and handlers, as they stand. */
export function taskNames(playbook: string): readonly string[] {
  return tasksOf(playbook).map(task => String(task['name']));
}

/** The modules of a playbook in Ansible's words, without their collection, by task. */
export function ansibleModules(playbook: string): ReadonlyMap<string, string> {
  const prefix = 'ansible.builtin.';
  const moduleOf = (task: object): string =>
    Object.keys(task)
      .find(key => key.startsWith(prefix))
      ?.slice(prefix.length) ?? '';
  return new Map(tasksOf(playbook).map(task => [String(task['name']), moduleOf(task)]));
}

/** Pairs what the two said of these tasks. */
export function pairUp(names: readonly string[], ansible: Witness, tsplay: Witness): readonly Pair[] {
  return names.map(task => ({ task, ansible: shownBy(ansible, task), tsplay: shownBy(tsplay, task) }));
}

/** One engine on one task, judged. */
export function shownBy({ modules, check, run }: Witness, task: string): Shown {
  const said = check.get(task) ?? { status: 'not begun' };
  const did = run.get(task) ?? { status: 'not begun' };
  return { module: modules.get(task) ?? '', check: said, run: did, verdict: judge(said, did) };
}

function tasksOf(playbook: string): readonly Readonly<Record<string, unknown>>[] {
  const plays = load(playbookText(playbook)) as readonly Play[];
  return plays.flatMap(play => [...play.tasks, ...(play.handlers ?? [])]);
}
