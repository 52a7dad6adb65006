// `roles:` of tsplay.yml: what a project calls a role, and the package or folder that it means. From here to the search for roles.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from '../../errors/problem.ts';
import type { Schema } from '../../schema/schema.ts';
import { check } from '../../schema/validate.ts';
import { worldWritable } from '../../util/own-files.ts';
import { roleProblems } from '../messages/role.ts';
import { attemptNow, type Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import { ownFolders } from './role-directories.ts';
import { subjectOf } from '../yaml-subject.ts';
import { get } from '../yaml/node.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';

/** The name of the file of a project. */
const PROJECT_FILE = 'tsplay.yml';

const PROJECT = {
  type: 'object',
  properties: { roles: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } } },
  additionalProperties: false,
} as const satisfies Schema;

/** What a name stands for. */
export interface NamedRole {
  /** A package, or a path that begins with `.` or `/`. */
  readonly is: string;
  /** The folder that it is looked for from. */
  readonly base: string;
  readonly at: Position;
}

/** Where it is told what is wrong with the file, and what is passed over. */
export interface NamesReading {
  readonly cwd: string;
  readonly report: Report;
  readonly note: Report;
}

/** Reads the names of the nearest tsplay.yml: beside the playbook, in the folder above, or where one is. One that everybody may change is passed over. */
export function readRoleNames(playbookDirectory: string, { cwd, report, note }: NamesReading): ReadonlyMap<string, NamedRole> {
  const base = ownFolders(playbookDirectory, cwd).find(folder => existsSync(join(folder, PROJECT_FILE)));
  if (base === undefined) return new Map();
  const path = join(base, PROJECT_FILE);
  const shown = shownPath(path, cwd);
  const open = worldWritable(path);
  if (open !== undefined) {
    note(roleProblems['open-names'](shown, shownPath(open, cwd)));
    return new Map();
  }
  const read = attemptNow(() => ({ node: readYamlFile(path, shown) }), report);
  if (read?.node === undefined) return new Map();
  const { problems } = check(PROJECT, subjectOf(read.node), { what: PROJECT_FILE, noun: 'key' }, 'rendered');
  problems.forEach(report);
  const roles = get(read.node, 'roles');
  if (problems.length > 0 || roles?.kind !== 'map') return new Map();
  return new Map(
    roles.entries.flatMap(({ key, value }) => (value.kind === 'scalar' ? [[key, { is: value.text, base, at: value.at }] as const] : [])),
  );
}
