// Fetches from a Maven repository, with the person's own Maven and its configuration; every file is checked against a pinned digest.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { LabError } from '../lab-error.ts';
import { checkDigest } from './digest.ts';
import { artifactData } from './artifact-data.ts';

/** One file of a repository: `group:artifact:version`, then type and classifier where it has them. */
interface Coordinate {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly type: string;
  readonly classifier: string;
}

/** Splits `group:artifact:version[:type[:classifier]]`. */
export function parseCoordinate(text: string): Coordinate {
  const [group, artifact, version, type = 'jar', classifier = ''] = text.split(':');
  if (group === undefined || artifact === undefined || version === undefined)
    throw new LabError(`${text} is no Maven coordinate, write group:artifact:version`);
  return { group, artifact, version, type, classifier };
}

/** The name a file of a repository has. */
export function fileName(coordinate: string): string {
  const { artifact, version, type, classifier } = parseCoordinate(coordinate);
  return `${artifact}-${version}${classifier === '' ? '' : `-${classifier}`}.${type}`;
}

/** The pinned jars of a list, coordinate to SHA-256. */
export async function readJarList(list: string): Promise<Readonly<Record<string, string>>> {
  return JSON.parse(await readFile(artifactData('jars', `${list}.json`), 'utf8')) as Record<string, string>;
}

/** Puts the files of the coordinates into a folder, exactly these and each as pinned. */
export async function fetchFromMaven(pins: Readonly<Record<string, string>>, folder: string, work: string): Promise<void> {
  await mkdir(work, { recursive: true });
  await writeFile(join(work, 'pom.xml'), pom(Object.keys(pins).map(parseCoordinate)));
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}`, '-Dmdep.overWriteReleases=true'];
  await run(['mvn', '--quiet', '--batch-mode', ...goal], { cwd: work });
  for (const [coordinate, sha256] of Object.entries(pins)) await checkDigest(join(folder, fileName(coordinate)), 'sha256', sha256);
}

/** What the coordinates depend on is left out: the list is complete, so that nothing changes when a repository does. */
function pom(coordinates: readonly Coordinate[]): string {
  const exclusions = '<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>';
  const dependencies = coordinates.map(
    ({ group, artifact, version, type, classifier }) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version><type>${type}</type>` +
      `${classifier === '' ? '' : `<classifier>${classifier}</classifier>`}${exclusions}</dependency>\n`,
  );
  const project =
    '<modelVersion>4.0.0</modelVersion><groupId>lab</groupId><artifactId>lab</artifactId><version>1</version><packaging>pom</packaging>';
  return `<project>${project}<dependencies>\n${dependencies.join('')}</dependencies></project>\n`;
}
