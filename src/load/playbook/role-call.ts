// A role as it is called, with all that the call brings: what the role needs before it, and for one in YAML its tasks, handlers and variables.
import { roleProblems } from '../messages/role.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import type { RoleCall, RoleUse } from '../types.ts';
import { readWrittenRole, type FromFiles, type ReadNodes } from '../roles/written-role.ts';

/** How it is called. */
export interface CallChoices {
  /** By a task. */
  readonly isTask: boolean;
  readonly from: FromFiles;
  /** What the task says; absent: what the role says. */
  readonly repeats?: boolean;
  readonly isPublic: boolean;
}

/** As plays call roles, and roles each other. */
export const PLAIN_CALL: CallChoices = { isTask: false, from: {}, isPublic: false };

/** Reads the role for a call; undefined where it is none, which is reported, or not loaded yet. @param readNodes reads a list of tasks */
export function readCall(use: RoleUse, choices: CallChoices, readNodes: ReadNodes, reading: PlaybookReading): RoleCall | undefined {
  const { name, at } = use;
  const { report, roles } = reading;
  const found = reading.roleOf(name, at);
  if (found === undefined) return undefined;
  const { isTask, isPublic, from } = choices;
  // A role may have others of its own files run: that leads somewhere.
  const tasks = from.tasks?.name ?? 'main';
  const again = roles.findIndex(role => role.name === name && role.tasks === tasks);
  if (again !== -1) {
    report(roleProblems.cycle(at, [...roles.slice(again).map(role => role.name), name]));
    return undefined;
  }
  if (found.kind === 'typescript') {
    for (const { key, at: place } of Object.values(from)) report(roleProblems['no-files'](place, key, name));
    const needed = (required: string): RoleUse => ({ name: required, at, vars: {}, when: [], tags: [] });
    const within = { ...reading, roles: [...roles, { name, tasks }] };
    const needs = (found.role.requires ?? []).flatMap(required => readCall(needed(required), PLAIN_CALL, readNodes, within) ?? []);
    return Object.freeze({ ...use, isTask, isPublic, repeats: choices.repeats ?? found.role.allowDuplicates ?? false, needs });
  }
  const within = { ...reading, roles: [...roles, { name, tasks, directory: found.directory }] };
  const { written, needs, repeats } = readWrittenRole(found, from, readNodes, within);
  return Object.freeze({
    ...use,
    isTask,
    isPublic,
    repeats: choices.repeats ?? repeats,
    needs: needs.flatMap(need => readCall(need, PLAIN_CALL, readNodes, within) ?? []),
    written,
  });
}
