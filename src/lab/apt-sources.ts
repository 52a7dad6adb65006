// Where this machine gets its packages, so that the hosts of a lab get theirs from the same place in the same way.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.ts';
import { LabError } from './lab-error.ts';

/** What a host's apt needs to work as this machine's does. */
export interface AptSources {
  /** `bookworm`. */
  readonly suite: string;
  /** Lines of sources.list: the distribution's own archives, without third parties. */
  readonly lines: readonly string[];
  /** Lines of apt.conf: proxies, date checks, retries. */
  readonly options: readonly string[];
  /** Certificate authorities an administrator added to this machine, file name to PEM. */
  readonly authorities: Readonly<Record<string, string>>;
}

/** Reads them from apt itself, which understands every form a source can be written in. */
export async function readAptSources(events: (line: string) => void): Promise<AptSources> {
  const release = parseRelease(await readFile('/etc/os-release', 'utf8'));
  const suite = release['VERSION_CODENAME'] ?? '';
  let lines = await ownArchives(release['ID'] ?? '');
  if (lines.length === 0) {
    events('reading package lists: apt-get update');
    await run(['apt-get', 'update', '-q']);
    lines = await ownArchives(release['ID'] ?? '');
  }
  if (suite === '' || lines.length === 0) {
    throw new LabError("apt knows no archive of this machine's own distribution, look at /etc/apt/sources.list and run apt-get update");
  }
  return { suite, lines, options: await aptOptions(), authorities: await addedAuthorities() };
}

async function ownArchives(distribution: string): Promise<readonly string[]> {
  const format = '$(ORIGIN)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)';
  const targets = (await run(['apt-get', 'indextargets', '--format', format, 'Created-By: Packages']))
    .split('\n')
    .map(line => line.split('|'));
  const lines = targets
    .filter(([origin = '', uri = '']) => origin.toLowerCase() === distribution && /^https?:/.test(uri))
    .map(([, uri = '', release = '', component = '']) => `deb ${uri} ${release} ${component}`);
  return [...new Set(lines)];
}

async function aptOptions(): Promise<readonly string[]> {
  const dump = (await run(['apt-config', 'dump'])).split('\n');
  const wanted = /^Acquire::(https?::Proxy|https?::Timeout|Check-Valid-Until|Check-Date|Retries|ForceIPv[46])/;
  const options = dump.filter(line => wanted.test(line));
  for (const scheme of ['http', 'https']) {
    const proxy = process.env[`${scheme}_proxy`] ?? process.env[`${scheme.toUpperCase()}_PROXY`];
    const configured = options.some(line => line.startsWith(`Acquire::${scheme}::Proxy `));
    if (proxy !== undefined && /^[^"\s]+$/.test(proxy) && !configured) options.push(`Acquire::${scheme}::Proxy "${proxy}";`);
  }
  return options;
}

async function addedAuthorities(): Promise<Readonly<Record<string, string>>> {
  const directory = '/usr/local/share/ca-certificates';
  const files = (await readdir(directory).catch(() => [])).filter(file => file.endsWith('.crt')).sort();
  return Object.fromEntries(await Promise.all(files.map(async file => [file, await readFile(join(directory, file), 'utf8')] as const)));
}

function parseRelease(text: string): Readonly<Record<string, string>> {
  const pairs = text.split('\n').map(line => /^([A-Z_]+)="?([^"]*)"?$/.exec(line));
  return Object.fromEntries(pairs.flatMap(pair => (pair ? [[pair[1] ?? '', pair[2] ?? ''] as const] : [])));
}
