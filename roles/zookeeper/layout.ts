// Where everything of ZooKeeper lies: the variables, with every default that follows from another one filled in.
import { isAtLeast } from '../../src/index.ts';
import type { Variables } from '../../src/index.ts';
import type { vars } from './vars.ts';

export type ZookeeperVars = Variables<typeof vars>;

/** Absolute paths, and what follows from the version. */
export interface Layout {
  readonly version: string;
  readonly url: string;
  readonly checksum: string | undefined;
  readonly home: string;
  readonly conf: string;
  readonly dataDir: string;
  readonly dataLogDir: string;
  readonly userHome: string;
  /** Full name of the unit. */
  readonly unit: string;
  readonly unitFile: string;
  readonly zooCfg: string;
  readonly javaEnv: string;
  readonly myid: string;
  /** The logging library's configuration, its template, and the JVM option that names it. */
  readonly logging: { readonly file: string; readonly template: string; readonly option: string };
}

/** The files that a running server depends on: when one differs, it needs a restart. */
export function startFiles(layout: Layout): readonly string[] {
  return [layout.zooCfg, layout.javaEnv, layout.logging.file, layout.myid, layout.unitFile];
}

/** Fills in what was not said. */
export function layoutOf(vars: ZookeeperVars): Layout {
  const archive = archiveName(vars.zookeeper_version);
  const published = `https://archive.apache.org/dist/zookeeper/zookeeper-${vars.zookeeper_version}/${archive}.tar.gz`;
  const home = vars.zookeeper_home ?? `${vars.zookeeper_base}/${archive}`;
  const conf = `${home}/conf`;
  const dataDir = vars.zookeeper_data_dir ?? `${vars.zookeeper_base}/zkdata`;
  const unit = 'zookeeper.service';
  return {
    version: vars.zookeeper_version,
    url: vars.zookeeper_url ?? published,
    checksum: vars.zookeeper_checksum ?? (vars.zookeeper_url === undefined ? `${published}.sha512` : undefined),
    home,
    conf,
    dataDir,
    dataLogDir: vars.zookeeper_data_log_dir ?? `${vars.zookeeper_base}/zkdatalog`,
    userHome: vars.zookeeper_user_home ?? vars.zookeeper_base,
    unit,
    unitFile: `/etc/systemd/system/${unit}`,
    zooCfg: `${conf}/zoo.cfg`,
    javaEnv: `${conf}/java.env`,
    myid: `${dataDir}/myid`,
    logging: loggingOf(vars.zookeeper_version, conf),
  };
}

// Up to 3.4 the archive with the program is named like its source; since 3.5.5 the one without -bin holds no program.
function archiveName(version: string): string {
  return isAtLeast(version, '3.5') ? `apache-zookeeper-${version}-bin` : `zookeeper-${version}`;
}

// The archive's own logging files stay as they are, so that a later look at what was unpacked finds nothing to mend.
function loggingOf(version: string, conf: string): Layout['logging'] {
  const [name, option] = isAtLeast(version, '3.8')
    ? (['journal-logback.xml', 'logback.configurationFile='] as const)
    : (['journal-log4j.properties', 'log4j.configuration=file:'] as const);
  const file = `${conf}/${name}`;
  return { file, template: `${name}.hbs`, option: `-D${option}${file}` };
}
