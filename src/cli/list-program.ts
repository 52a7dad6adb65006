// What a Program would do, as lists.
import type { Program } from '../program/types.ts';
import { tasksOfPlay } from '../program/walk.ts';

/** The hosts of each play, as far as they are known before it begins. */
export function listHosts(program: Program): string {
  return program.plays
    .map(({ name, hosts, open }) => {
      const more = open === undefined ? '' : `  and those that are in ${open.pattern} when it begins\n`;
      return `${name}\n${hosts.map(host => `  ${host}\n`).join('')}${more}`;
    })
    .join('');
}

/** The tags of each play's tasks. */
export function listTags(program: Program): string {
  const lines = program.plays.map(play => {
    const tags = new Set(tasksOfPlay(play).flatMap(({ slot }) => slot.tags));
    return `${play.name}\n${[...tags]
      .sort()
      .map(tag => `  ${tag}\n`)
      .join('')}`;
  });
  return lines.join('');
}

/** The tasks of each play, with their roles, modules and tags. */
export function listTasks(program: Program): string {
  const lines = program.plays.flatMap(play => [
    play.name,
    ...tasksOfPlay(play).map(
      ({ slot: { ref, tags } }) =>
        `  ${ref.role === undefined ? '' : `${ref.role} : `}${ref.name}  (${ref.module})${tags.length > 0 ? `  [${tags.join(', ')}]` : ''}`,
    ),
  ]);
  return lines.map(line => `${line}\n`).join('');
}
