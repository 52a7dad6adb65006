// Where everything of Kafka lies: the variables, with every default that follows from another one filled in.
import { isAtLeast, startRecord } from '../../src/index.ts';
import type { Variables } from '../../src/index.ts';
import type { vars } from './vars.ts';
import { modeOf, scalaOf } from './versions.ts';
import type { KafkaMode } from './versions.ts';

export type KafkaVars = Variables<typeof vars>;

/** Absolute paths, and what follows from the version. */
export interface Layout {
  readonly mode: KafkaMode;
  readonly url: string;
  readonly checksum: string | undefined;
  readonly home: string;
  readonly logDirs: readonly string[];
  /** Full name of the unit. */
  readonly unit: string;
  readonly unitFile: string;
  /** Where a start records what it was started with. */
  readonly record: string;
  readonly properties: string;
  /** The logging library's configuration, its template, and the JVM option that names it. */
  readonly logging: { readonly file: string; readonly template: string; readonly option: string };
}

/** The file of the archive that the role writes itself, below `home`. */
export const PROPERTIES = 'config/server.properties';

/** The files that a running broker depends on: when one differs, it needs a restart. */
export function startFiles({ properties, logging, unitFile }: Layout): readonly string[] {
  return [properties, logging.file, unitFile];
}

/** Fills in what was not said. @throws Error with words for a person */
export function layoutOf(vars: KafkaVars): Layout {
  const version = vars.kafka_version;
  const mode = modeOf(version, vars.kafka_mode);
  const archive = `kafka_${vars.kafka_scala ?? scalaOf(version)}-${version}`;
  const published = `https://archive.apache.org/dist/kafka/${version}/${archive}.tgz`;
  const home = vars.kafka_home ?? `${vars.kafka_base}/${archive}`;
  const unit = 'kafka.service';
  return {
    mode,
    url: vars.kafka_url ?? published,
    checksum: vars.kafka_checksum ?? (vars.kafka_url === undefined ? `${published}.sha512` : undefined),
    home,
    logDirs: logDirsOf(vars),
    unit,
    unitFile: `/etc/systemd/system/${unit}`,
    record: startRecord(unit),
    properties: `${home}/${PROPERTIES}`,
    logging: loggingOf(version, home),
  };
}

function logDirsOf({ kafka_log_dirs, kafka_base }: KafkaVars): readonly string[] {
  const dirs = (kafka_log_dirs ?? [`${kafka_base}/kafkalogs`]).map(dir => dir.replace(/\/+$/, ''));
  const twice = dirs.find((dir, index) => dirs.indexOf(dir) !== index);
  if (twice !== undefined) throw new Error(`kafka_log_dirs names ${twice} twice, keep one of them`);
  const inner = dirs.find(dir => dirs.some(other => dir.startsWith(`${other}/`)));
  if (inner !== undefined)
    throw new Error(`${inner} of kafka_log_dirs lies in another one of them, which Kafka would take for a partition`);
  return dirs;
}

// The archive's own logging files stay as they are, so that a later look at what was unpacked finds nothing to mend.
function loggingOf(version: string, home: string): Layout['logging'] {
  const [name, option] = isAtLeast(version, '4.0')
    ? (['journal-log4j2.yaml', 'log4j2.configurationFile='] as const)
    : (['journal-log4j.properties', 'log4j.configuration=file:'] as const);
  const file = `${home}/config/${name}`;
  return { file, template: `${name}.hbs`, option: `-D${option}${file}` };
}
