// A role in YAML, as far as a call takes it from its folder: meta, defaults, vars, tasks and handlers.
import { dirname } from 'node:path';
import type { PlaybookReading } from '../playbook/playbook-reading.ts';
import { distinctHandlers } from '../playbook/distinct-handlers.ts';
import type { FolderRole } from '../loaded-role.ts';
import { roleFiles, type NamedFile } from './role-files.ts';
import { readRoleMeta } from './role-meta.ts';
import { variablesIn } from './role-variable-files.ts';
import { shownPath } from '../shown-path.ts';
import type { NodeSource, RoleUse, WrittenRole } from '../types.ts';
import type { YamlEntry } from '../yaml/node.ts';
import { readFound } from './read-found.ts';

/** Reads a list of tasks: handed in, since a list of tasks may call roles in turn. */
export type ReadNodes = (entry: YamlEntry | undefined, where: 'task' | 'handler', reading: PlaybookReading) => readonly NodeSource[];

/** Files that a task names in place of `main.yml`. */
export type FromFiles = { readonly [K in 'tasks' | 'handlers' | 'defaults' | 'vars']?: NamedFile };

/** What is read of a role. */
export interface RoleContent {
  readonly written: WrittenRole;
  readonly needs: readonly RoleUse[];
  /** What its meta says: it runs as often as it is called. */
  readonly repeats: boolean;
}

/** Reads it; what is wrong with its files is reported. @param reading of whoever calls it, the role itself among its roles */
export function readWrittenRole(
  { role, directory }: FolderRole,
  from: FromFiles,
  readNodes: ReadNodes,
  reading: PlaybookReading,
): RoleContent {
  const { needs, repeats } = readRoleMeta(directory, reading);
  const nodes = (folder: 'tasks' | 'handlers'): readonly NodeSource[] =>
    roleFiles(directory, folder, from[folder], reading).flatMap(path => {
      const within = { ...reading, directory: dirname(path), files: [...reading.files, path], inHandlers: folder === 'handlers' };
      const value = readFound(path, reading);
      const at = { file: shownPath(path, reading.cwd), line: 1, column: 1 };
      if (value === undefined) return [];
      return readNodes({ key: at.file, keyAt: at, value }, folder === 'tasks' ? 'task' : 'handler', within);
    });
  return {
    needs,
    repeats,
    written: Object.freeze({
      name: role.name,
      directory,
      from: Object.entries(from)
        .map(([folder, { name }]) => `${folder} ${name}`)
        .join('\n'),
      defaults: variablesIn(directory, 'defaults', from.defaults, reading),
      vars: variablesIn(directory, 'vars', from.vars, reading),
      tasks: nodes('tasks'),
      handlers: distinctHandlers(nodes('handlers'), reading.report),
    }),
  };
}
