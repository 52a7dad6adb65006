// The shipped modules by name. Each is loaded only when a playbook names it; the names alone serve validation.
import type { AnyModule, Typed } from './contract.ts';

interface Entry {
  readonly load: () => Promise<Typed<unknown>>;
  /** Ansible's names for the same thing: a person who writes one is told this module's name. */
  readonly answersTo: readonly string[];
}

/** Every shipped module, in the order of the docs. */
export const MODULES: Readonly<Record<string, Entry>> = Object.freeze({
  'file.directory': { load: async () => (await import('./file/directory.ts')).fileDirectory, answersTo: ['file'] },
  'file.copy': { load: async () => (await import('./file/copy.ts')).fileCopy, answersTo: ['copy'] },
  'file.template': { load: async () => (await import('./file/template.ts')).fileTemplate, answersTo: ['template'] },
  'file.link': { load: async () => (await import('./file/link.ts')).fileLink, answersTo: [] },
  'file.absent': { load: async () => (await import('./file/absent.ts')).fileAbsent, answersTo: [] },
  'file.line': { load: async () => (await import('./file/line.ts')).fileLine, answersTo: ['lineinfile'] },
  'file.block': { load: async () => (await import('./file/block.ts')).fileBlock, answersTo: ['blockinfile'] },
  'file.replace': { load: async () => (await import('./file/replace.ts')).fileReplace, answersTo: ['replace'] },
  'file.download': { load: async () => (await import('./file/download.ts')).fileDownload, answersTo: ['get_url'] },
  'file.duplicate': { load: async () => (await import('./file/duplicate.ts')).fileDuplicate, answersTo: [] },
  'file.attributes': { load: async () => (await import('./file/set-attributes.ts')).fileAttributes, answersTo: [] },
  'file.stat': { load: async () => (await import('./file/stat.ts')).fileStat, answersTo: ['stat'] },
  'file.read': { load: async () => (await import('./file/read.ts')).fileRead, answersTo: ['slurp'] },
  'archive.unpack': { load: async () => (await import('./archive/unpack.ts')).archiveUnpack, answersTo: ['unarchive'] },
  package: { load: async () => (await import('./package/package.ts')).packageModule, answersTo: ['apt', 'yum', 'dnf'] },
  'package.repository': {
    load: async () => (await import('./package/repository.ts')).packageRepository,
    answersTo: ['apt_repository', 'deb822_repository', 'yum_repository'],
  },
  user: { load: async () => (await import('./account/user.ts')).user, answersTo: [] },
  group: { load: async () => (await import('./account/group.ts')).group, answersTo: [] },
  'systemd.unit': { load: async () => (await import('./systemd/unit.ts')).systemdUnit, answersTo: [] },
  'systemd.service': {
    load: async () => (await import('./systemd/service.ts')).systemdService,
    answersTo: ['service', 'systemd', 'systemd_service'],
  },
  sysctl: { load: async () => (await import('./kernel/sysctl.ts')).sysctl, answersTo: [] },
  'hosts.entries': { load: async () => (await import('./hosts/entries.ts')).hostsEntries, answersTo: [] },
  hostname: { load: async () => (await import('./host/hostname.ts')).hostname, answersTo: [] },
  mount: { load: async () => (await import('./mount/mount.ts')).mount, answersTo: [] },
  cron: { load: async () => (await import('./cron/cron.ts')).cron, answersTo: [] },
  command: { load: async () => (await import('./command/command.ts')).command, answersTo: ['shell', 'raw'] },
  'wait.port': { load: async () => (await import('./wait/port.ts')).waitPort, answersTo: ['wait_for'] },
  'wait.until': { load: async () => (await import('./wait/until.ts')).waitUntil, answersTo: [] },
  debug: { load: async () => (await import('./engine/debug.ts')).debug, answersTo: [] },
  assert: { load: async () => (await import('./engine/assert.ts')).assert, answersTo: [] },
  set: { load: async () => (await import('./engine/set.ts')).set, answersTo: ['set_fact'] },
});

/** What is written as a module and done by the engine. */
export const CONTROLS: Readonly<Record<string, Entry>> = Object.freeze({
  fail: { load: async () => (await import('./engine/fail.ts')).fail, answersTo: [] },
  pause: { load: async () => (await import('./engine/pause.ts')).pause, answersTo: [] },
  add_host: { load: async () => (await import('./engine/add-host.ts')).addHost, answersTo: [] },
  group_by: { load: async () => (await import('./engine/group-by.ts')).groupBy, answersTo: [] },
  meta: { load: async () => (await import('./engine/meta.ts')).meta, answersTo: [] },
});

/** Whether a module is shipped. */
export function isShipped(name: string): boolean {
  return Object.hasOwn(MODULES, name) || Object.hasOwn(CONTROLS, name);
}

/** The name here of a module under Ansible's name, with or without its collection. */
export function nameFor(foreign: string): string | undefined {
  const short = foreign.replace(/^ansible\.(builtin|posix|legacy)\./, '');
  if (short !== foreign && isShipped(short)) return short;
  return Object.entries(MODULES).find(([, entry]) => entry.answersTo.includes(short))?.[0];
}

/** Loads the named modules. @throws Error for a name that is not shipped; validation has refused it before */
export async function loadModules(names: Iterable<string>): Promise<ReadonlyMap<string, AnyModule>> {
  const wanted = [...new Set(names)];
  const loaded = await Promise.all(
    wanted.map(async name => {
      const entry = MODULES[name] ?? CONTROLS[name];
      if (entry === undefined) throw new Error(`no module ${name}`);
      return [name, (await entry.load()).definition] as const;
    }),
  );
  return new Map(loaded);
}
