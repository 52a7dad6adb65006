// What a package brings by its own archive, as promises about facts. Each names the package it rests on.
import { createHash } from 'node:crypto';
import { groupAccount, userAccount } from '../../facts/account.ts';
import { commandOnPath } from '../../facts/command/on-path.ts';
import type { FactSet } from '../../facts/contract.ts';
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import type { PackageArchive } from '../../facts/package/archive.ts';
import type { ArchivePath } from '../../facts/package/archive-listing.ts';
import { resource } from '../../facts/resource.ts';
import type { Resource } from '../../facts/resource.ts';
import { unitState } from '../../facts/systemd/unit.ts';
import { unknown } from '../../util/unknown.ts';
import { enablementAfter } from '../systemd/install-section.ts';
import { isTemplate } from '../systemd/unit-name.ts';

const UNIT = /^\/(?:usr\/)?lib\/systemd\/system\/([^/]+\.(?:service|socket|timer|path|mount|target))$/;

/** What unpacking does to the facts. */
interface Promised {
  readonly sets: readonly FactSet[];
  readonly touches: readonly Resource[];
}

/**
 * The promises, and what beside them is disturbed.
 * @param off units that somebody has switched off before: they stay so
 */
export function archivePromises(archive: PackageArchive, off: readonly string[] = []): Promised {
  const { name, paths, texts } = archive;
  const why = (what: string): string => `package "${name}" brings ${what}, by its own archive`;
  const files = Object.entries(paths);
  const units = files.flatMap(([path, node]) => (node.kind === 'file' ? unitsAt(path, archive, off, why) : []));
  return {
    sets: [
      ...files.map(([path, node]) => fileNode({ path }).becomes(settled(path, node, archive), why(path))),
      ...Object.entries(texts).flatMap(([path, text]) => [
        fileText({ path }).becomes(text, why(path)),
        fileDigest({ path }).becomes(createHash('sha256').update(text).digest('hex'), why(path)),
      ]),
      ...Object.entries(archive.commands).map(([command, path]) =>
        commandOnPath({ name: command }).becomes({ path }, why(`command ${command}`)),
      ),
      ...archive.groups.map(group => ({
        ...groupAccount({ name: group }).becomes({ exists: true, gid: later(name, `the id of group "${group}"`) }, why(`group ${group}`)),
        unlessThere: true,
      })),
      ...Object.keys(archive.users).map(user => account(user, archive, why)),
      ...units,
    ],
    touches: disturbed(archive),
  };
}

/** What of it is not foretold: texts of other files, files beyond a bound, what scripts name, and other names of units. */
function disturbed({ paths, others, names }: PackageArchive): readonly Resource[] {
  const files = Object.entries(paths).flatMap(([path, { kind }]) => (kind === 'directory' ? [] : [path]));
  const aliases = Object.entries(paths).flatMap(([path, { kind }]) => (kind === 'link' ? (UNIT.exec(path)?.[1] ?? []) : []));
  return [...[...files, ...others, ...names].map(resource.path), ...aliases.map(resource.unit)];
}

/** Owner and mode of what a script names show once it has run. */
function settled(path: string, node: ArchivePath, { name, names }: PackageArchive): ArchivePath {
  if (!names.includes(path)) return node;
  const owner = later(name, `the owner of ${path}`);
  return { ...node, owner, group: owner, ...(node.kind !== 'link' && { mode: later(name, `the mode of ${path}`) }) };
}

function account(user: string, { name, users }: PackageArchive, why: (what: string) => string): FactSet {
  const { group, home, shell } = users[user] ?? {};
  const open = (what: string): never => later(name, `the ${what} of user "${user}"`);
  const made = {
    exists: true,
    uid: open('id'),
    gid: open('group id'),
    group: group ?? open('group'),
    home: home ?? open('home'),
    shell: shell ?? open('shell'),
    comment: open('comment'),
    groups: open('groups'),
  };
  return { ...userAccount({ name: user }).becomes(made, why(`user ${user}`)), unlessThere: true };
}

function unitsAt(path: string, archive: PackageArchive, off: readonly string[], why: (what: string) => string): readonly FactSet[] {
  const unit = UNIT.exec(path)?.[1];
  if (unit === undefined || isTemplate(unit)) return [];
  const text = archive.texts[path];
  const isEnabled = archive.enables.includes(unit) && !off.includes(unit);
  const enabled = isEnabled
    ? 'enabled'
    : text === undefined
      ? later(archive.name, `whether unit ${unit} is enabled`)
      : enablementAfter(text, '');
  // What is not enabled is not started either, whatever the script says.
  const active = isEnabled && archive.starts.includes(unit) ? activeAfterStart(unit, text, archive.name) : 'inactive';
  return [unitState({ unit }).becomes({ load: 'loaded', active, enabled, needsReload: false }, why(`unit ${unit}`))];
}

/** A unit that ends by itself is inactive again, and one with a condition may not start at all. */
function activeAfterStart(unit: string, text = '', name: string): string {
  if (/^(Condition|Assert)\w+\s*=/m.test(text)) return later(name, `whether unit ${unit} is active`);
  const isOneshot = /^Type\s*=\s*oneshot\s*$/m.test(text) && !/^RemainAfterExit\s*=\s*(yes|true|on|1)\s*$/m.test(text);
  return isOneshot ? 'inactive' : 'active';
}

function later(name: string, what: string): never {
  return unknown(`${what} shows once package "${name}" is installed`) as never;
}
