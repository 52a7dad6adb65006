// Which log dirs are to be formatted, and when that would lose what the cluster has: an empty voter can elect a leader that knows nothing.
import { change, listed, resource, run, sh, unmet } from '../../../src/index.ts';
import type { Change, ShellText, Step } from '../../../src/index.ts';
import { kafkaMeta } from '../facts/meta.ts';
import type { Meta } from '../facts/meta.ts';

/** What the cluster's log dirs should be. */
interface Storage {
  readonly home: string;
  readonly java_home: string;
  readonly config: string;
  readonly dirs: readonly string[];
  readonly cluster_id: string;
  readonly user: string;
  readonly format_replaced: readonly string[];
}

/** A member and its log dirs; undefined when it could not be asked. */
export interface StorageMember {
  readonly name: string;
  readonly id: number;
  readonly meta: Meta | undefined;
}

interface Present extends StorageMember {
  readonly meta: Meta;
}

/** Formats what is empty, unless something speaks against it. */
export function storageSteps(p: Storage, members: readonly StorageMember[]): readonly Step[] {
  const present = members.filter((member): member is Present => member.meta !== undefined);
  const strangers = present.flatMap(member => refuseStranger(p, member));
  if (strangers.length > 0) return strangers;
  const empty = present.filter(({ meta }) => p.dirs.some(dir => !meta.formatted.includes(dir)));
  const away = members.filter(({ meta }) => meta === undefined).map(({ name }) => name);
  const formed = present.filter(({ meta }) => meta.hasLog).map(({ name }) => name);
  const refused = empty.flatMap(member => {
    const reason = whyNotFormatted(p, member, { away, formed });
    return reason === undefined ? [] : [unmet(reason, member.name)];
  });
  return refused.length > 0 ? refused : empty.map(member => format(p, member));
}

/** A log dir of another cluster or another node. */
function refuseStranger({ cluster_id, dirs }: Storage, { name, id, meta }: Present): readonly Step[] {
  const { clusterId, nodeId, formatted } = meta;
  if (formatted.length === 0) return [];
  const by = `or empty ${listed(dirs)} on ${name} by hand if what is there is not needed`;
  if (clusterId !== cluster_id) {
    const words = `${name} is formatted for cluster ${clusterId}, the inventory says ${cluster_id}, and nothing is ever formatted again`;
    return [unmet(`${words}; set kafka_cluster_id: ${clusterId}, ${by}`, name)];
  }
  if (nodeId !== id) {
    const words = `${name} is formatted as node ${nodeId ?? 'none'}, the inventory says ${id}, and nothing is ever formatted again`;
    return [unmet(`${words}; set kafka_id: ${nodeId ?? id} for ${name}, ${by}`, name)];
  }
  return [];
}

interface Others {
  readonly away: readonly string[];
  /** Members that hold messages or metadata: the cluster has run. */
  readonly formed: readonly string[];
}

function whyNotFormatted(p: Storage, { name, meta }: Present, { away, formed }: Others): string | undefined {
  if (meta.formatted.length === 0 && meta.hasLog)
    return `${name} holds logs of Kafka in ${listed(p.dirs)} but no meta.properties, so whose they are is not known; put the file back, or empty the folder by hand if they are not needed`;
  // Where the metadata lies is what counts; a further disk holds copies only, which the others send again.
  const [first = ''] = p.dirs;
  if (meta.formatted.includes(first) || p.format_replaced.includes(name)) return undefined;
  if (formed.length > 0)
    return `${first} on ${name} is empty, but the cluster has run (${listed(formed)}); an empty node could help to elect a controller that does not know what was committed; put its disk back, or, when all others are up and in sync, add ${name} to kafka_format_replaced`;
  if (away.length > 0)
    return `${first} on ${name} is empty, and whether the cluster has run is not known, because ${listed(away)} cannot be reached; bring ${away.length > 1 ? 'them' : 'it'} back first`;
  return undefined;
}

function format(p: Storage, { name, id, meta }: Present): Change {
  return change('formatted', meta.formatted.length === 0 ? null : listed(meta.formatted), p.cluster_id, {
    actions: [run(formatScript(p))],
    sets: [kafkaMeta({ dirs: p.dirs }).becomes({ clusterId: p.cluster_id, nodeId: id, formatted: p.dirs, hasLog: meta.hasLog })],
    touches: p.dirs.map(dir => resource.tree(dir)),
    on: name,
  });
}

// As the service user: what root leaves behind, the broker cannot write to.
function formatScript({ home, java_home, config, cluster_id, user }: Storage): ShellText {
  return sh`
export JAVA_HOME=${java_home} KAFKA_HEAP_OPTS=-Xmx128m
unset JMX_PORT KAFKA_OPTS KAFKA_LOG4J_OPTS CLASSPATH
cd /
as() {
  if [ "$(id -un)" = ${user} ]; then "$@"
  elif command -v runuser >/dev/null; then runuser -u ${user} -- "$@"
  else su -s /bin/sh -c 'exec "$0" "$@"' -- ${user} "$@"
  fi
}
as ${home}/bin/kafka-storage.sh format --cluster-id=${cluster_id} --config ${config} --ignore-formatted </dev/null`;
}
