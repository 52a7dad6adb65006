// `--start-at-task`: a Program without what stands before a task. Handlers stay, and so does all that stands behind it.
import { InputError } from '../errors/errors.ts';
import { glob } from '../load/inventory/glob.ts';
import { didYouMean } from '../util/nearest.ts';
import type { Play, Program, TaskNode, TaskSlot } from './types.ts';
import { tasksOfPlay } from './walk.ts';

/**
 * The Program from the first task on that is called so: by its name or a glob, with or without `role : ` before it.
 * @param whole the same Program with every task, whatever the tags: to tell one that they leave out from one that is not there
 * @throws InputError when there is no such task
 */
export function startAt(program: Program, name: string, whole: () => Program): Program {
  const first = program.plays.findIndex(play => tasksOf(play).some(task => isCalled(task, name)));
  const play = program.plays[first];
  if (play === undefined) throw new InputError([notThere(name, whole())]);
  const at = tasksOf(play).findIndex(task => isCalled(task, name));
  const left = new Set(tasksOf(play).slice(at));
  const sections = play.sections.map(section => ({ ...section, tasks: leftOf(section.tasks, left) }));
  return Object.freeze({ ...program, plays: Object.freeze([{ ...play, sections }, ...program.plays.slice(first + 1)]) });
}

/** A rescue stays as long as something is left that may fail. */
function leftOf(nodes: readonly TaskNode[], left: ReadonlySet<TaskSlot>): readonly TaskNode[] {
  return nodes.flatMap((node): readonly TaskNode[] => {
    if (node.kind === 'task') return left.has(node) ? [node] : [];
    const [tasks, always] = [leftOf(node.tasks, left), leftOf(node.always, left)];
    return tasks.length + always.length === 0 ? [] : [{ ...node, tasks, always, rescue: tasks.length === 0 ? [] : node.rescue }];
  });
}

/** A run cannot begin in a rescue. */
function tasksOf(play: Play): readonly TaskSlot[] {
  return tasksOfPlay(play)
    .filter(({ rescues }) => rescues.length === 0)
    .map(({ slot }) => slot);
}

function namesOf({ ref: { name, role } }: TaskSlot): readonly string[] {
  return role === undefined ? [name] : [name, `${role} : ${name}`];
}

function isCalled(task: TaskSlot, name: string): boolean {
  const pattern = glob(name);
  return namesOf(task).some(called => called === name || pattern.test(called));
}

function notThere(name: string, whole: Program): InputError['problems'][number] {
  const tasks = whole.plays.flatMap(tasksOf);
  if (tasks.some(task => isCalled(task, name)))
    return { what: `the tags leave out the task "${name}"`, advice: 'choose the tags so that it is in' };
  const near = didYouMean(name, tasks.flatMap(namesOf));
  return { what: `no task is called "${name}"`, advice: near ?? 'tsplay run --list-tasks shows their names' };
}
