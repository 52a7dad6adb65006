// Where everything of Elasticsearch lies: the variables, with every default that follows from another one filled in.
import { isAtLeast } from '../../src/index.ts';
import type { Variables } from '../../src/index.ts';
import type { vars } from './vars.ts';

export type ElasticsearchVars = Variables<typeof vars>;

/** Absolute paths, and what follows from the version. */
export interface Layout {
  readonly version: string;
  readonly url: string;
  readonly checksum: string | undefined;
  readonly home: string;
  /** `ES_PATH_CONF`: it outlives versions, and with it the keystore. */
  readonly config: string;
  readonly data: string;
  /** Full name of the unit. */
  readonly unit: string;
  readonly unitFile: string;
  readonly settings: string;
  readonly jvmOptions: string;
  readonly logging: string;
  /** What the unit is told until the cluster has formed. No start depends on it, so taking it away makes no restart due. */
  readonly bootstrap: string;
  /** How tsplay logs in; empty where security is off. */
  readonly authorization: string;
  /** The variable that names another Java. */
  readonly javaVariable: 'ES_JAVA_HOME' | 'JAVA_HOME';
}

/** The files that a running node depends on: when one differs, it needs a restart. */
export function startFiles({ settings, jvmOptions, logging, unitFile }: Layout): readonly string[] {
  return [settings, jvmOptions, logging, unitFile];
}

/** Fills in what was not said. @throws Error with words for a person */
export function layoutOf(vars: ElasticsearchVars): Layout {
  const version = vars.elasticsearch_version;
  if (!isAtLeast(version, '7.0.0')) throw new Error(`elasticsearch_version is ${version}, this role knows 7.0 and later`);
  const published = `https://artifacts.elastic.co/downloads/elasticsearch/elasticsearch-${version}-linux-x86_64.tar.gz`;
  const config = `${vars.elasticsearch_base}/config`;
  const unit = 'elasticsearch.service';
  return {
    version,
    url: vars.elasticsearch_url ?? published,
    checksum: vars.elasticsearch_checksum ?? (vars.elasticsearch_url === undefined ? `${published}.sha512` : undefined),
    home: vars.elasticsearch_home ?? `${vars.elasticsearch_base}/elasticsearch-${version}`,
    config,
    data: vars.elasticsearch_data_dir ?? `${vars.elasticsearch_base}/data`,
    unit,
    unitFile: `/etc/systemd/system/${unit}`,
    settings: `${config}/elasticsearch.yml`,
    jvmOptions: `${config}/jvm.options`,
    logging: `${config}/log4j2.properties`,
    bootstrap: `${config}/bootstrap.env`,
    authorization: vars.elasticsearch_security ? `${config}/authorization` : '',
    javaVariable: isAtLeast(version, '7.12.0') ? 'ES_JAVA_HOME' : 'JAVA_HOME',
  };
}
