// The script that proves what an ensemble keeps: it writes, reads and deletes through ZooKeeper's own client, one server after the other.
import { rawShell, sh } from '../../../src/index.ts';
import type { ShellText } from '../../../src/index.ts';

/** A server as its clients reach it. */
export interface ClientServer {
  readonly name: string;
  /** `address:port`. */
  readonly at: string;
}

/** The client, and what it does in this order. Without a `path` a fresh one is made up on the host. */
export interface ZnodeWork {
  readonly home: string;
  readonly java_home: string;
  readonly path?: string | undefined;
  readonly write?: ClientServer | undefined;
  readonly read: readonly ClientServer[];
  readonly remove?: ClientServer | undefined;
}

/** Prints `problem: …` and stops at the first thing that is not as it should be; the client's status says nothing before 3.5. */
export function znodeScript({ home, java_home, path, write, read, remove }: ZnodeWork): ShellText {
  return sh`
export JAVA_HOME=${java_home}
limit() { if command -v timeout >/dev/null; then timeout 60 "$@"; else "$@"; fi; }
client() { at=$1; shift; limit ${home}/bin/zkCli.sh -server "$at" "$@" </dev/null 2>&1; }
holds() { client "$1" get "$node" | awk -v value="$2" '{ print > "/dev/stderr" } $0 == value { found = 1 } END { exit !found }'; }
problem() { echo "problem: $1"; exit 1; }
node=${path ?? ''} value=kept
[ -n "$node" ] || { node=/tsplay-check-$$-$(date +%s); value=$$-$(date +%s); }
${write === undefined ? sh`:` : writing(write)}
${rawShell(read.map(server => reading(server).text).join('\n'))}
${remove === undefined ? sh`:` : removing(remove)}`;
}

function writing({ name, at }: ClientServer): ShellText {
  return sh`said=$(client ${at} create "$node" "$value")
case $said in
*"Created $node"*) ;;
*"Node already exists: $node"*) client ${at} set "$node" "$value" >/dev/null ;;
*) echo "$said" >&2; problem ${`${name} takes no write`} ;;
esac`;
}

function reading({ name, at }: ClientServer): ShellText {
  return sh`holds ${at} "$value" || problem ${`${name} does not give back what was written`}`;
}

function removing({ name, at }: ClientServer): ShellText {
  return sh`client ${at} delete "$node" >/dev/null
client ${at} get "$node" | awk '/^Node does not exist/ { gone = 1 } END { exit !gone }' || problem ${`${name} does not delete`}`;
}
