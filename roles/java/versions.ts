// The wanted Javas, checked, with every default that follows from another variable filled in.
import type { Variables } from '../../src/index.ts';
import type { vars } from './vars.ts';

export type JavaVars = Variables<typeof vars>;

/** A Java from the distribution. What its package and home are called is up to the platform. */
export interface PackagedJava {
  readonly method: 'package';
  readonly major: number;
  readonly package: string | undefined;
  readonly home: string | undefined;
}

/** A Java from an archive. */
export interface UnpackedJava {
  readonly method: 'archive';
  readonly major: number;
  readonly url: string;
  readonly checksum: string | undefined;
  readonly home: string;
}

export type WantedJava = PackagedJava | UnpackedJava;

/** The wanted Javas and the major version of the default one. @throws Error with words for a person */
export function wantedJavas({ java_versions, java_default }: JavaVars): {
  readonly versions: readonly WantedJava[];
  readonly standard: number;
} {
  const majors = java_versions.map(({ major }) => major);
  const twice = majors.find((major, index) => majors.indexOf(major) !== index);
  if (twice !== undefined) throw new Error(`java_versions names Java ${twice} twice, keep one of them`);
  const standard = java_default ?? majors[0] ?? 0;
  if (!majors.includes(standard))
    throw new Error(`java_default is ${standard}, which java_versions does not install (${majors.join(', ')}), add it there`);
  return { versions: java_versions.map(wantedJava), standard };
}

function wantedJava({ major, method, package: name, url, checksum, home }: JavaVars['java_versions'][number]): WantedJava {
  if (method === 'package') return { method, major, package: name, home };
  if (url === undefined) throw new Error(`java_versions installs Java ${major} from an archive, but does not say its url`);
  return { method, major, url, checksum, home: home ?? `/usr/local/${archiveName(url)}` };
}

function archiveName(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1).replace(/\.(tar\.gz|tgz|zip)$/, '');
}
