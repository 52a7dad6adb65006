// Fetches the upstream archive that a Debian source package has kept, with the machine's own apt and its mirrors; nothing of apt's is changed.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { LabError } from '../lab-error.ts';
import type { Part } from './archives.ts';
import { checkDigest } from './digest.ts';

const APT = '/etc/apt';

/** @returns the path of the archive, in `work` */
export async function fetchFromDebian(part: Extract<Part, { kind: 'debian' }>, work: string): Promise<string> {
  const [sources, lists] = [join(work, 'sources'), join(work, 'lists')];
  await mkdir(sources, { recursive: true });
  await mkdir(join(lists, 'partial'), { recursive: true });
  for (const [name, text] of await sourcesOfMachine()) await writeFile(join(sources, name), text);
  const places = {
    'Etc::SourceList': '/dev/null',
    'Etc::SourceParts': sources,
    'State::Lists': lists,
    'Cache::PkgCache': '',
    'Cache::SrcPkgCache': '',
  };
  const options = Object.entries(places).flatMap(([place, path]) => ['-o', `Dir::${place}=${path}`]);
  await run(['apt-get', '-q', ...options, 'update']);
  await run(['apt-get', '-q', ...options, 'source', '--download-only', '--only-source', part.source], { cwd: work });
  const found = (await readdir(work)).filter(file => file.includes('.orig.'));
  if (!found.includes(part.file))
    throw new LabError(
      `Debian's source package ${part.source} has ${found.join(', ') || 'no upstream archive'} here, not ${part.file}: that is in Debian 12`,
    );
  await checkDigest(join(work, part.file), 'sha256', part.sha256);
  return join(work, part.file);
}

/** What apt reads on this machine, asking for sources instead of packages. */
async function sourcesOfMachine(): Promise<readonly (readonly [string, string])[]> {
  const parts = await readdir(`${APT}/sources.list.d`).catch(() => []);
  const files = ['sources.list', ...parts.filter(name => /\.(list|sources)$/.test(name)).map(name => `sources.list.d/${name}`)];
  const texts = files.map(async file => {
    const text = await readFile(join(APT, file), 'utf8').catch(() => '');
    return [file.replace('/', '-'), text.replace(/^Types:.*$/gm, 'Types: deb-src').replace(/^deb /gm, 'deb-src ')] as const;
  });
  return Promise.all(texts);
}
