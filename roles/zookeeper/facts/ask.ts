// How a ZooKeeper server is asked a four-letter word on its own host, by whatever program the host has for it.
import { sh } from '../../../src/index.ts';
import type { Infer, ShellText } from '../../../src/index.ts';

/** The parameter every module of this role takes: where a server answers, and what can ask it when nothing else can. */
export const ASK = {
  type: 'object',
  properties: {
    port: { type: 'integer', minimum: 1, maximum: 65535, description: 'client port' },
    home: { type: 'string', description: 'where ZooKeeper is unpacked' },
    java_home: { type: 'string', description: 'the Java it runs with' },
    data_dir: { type: 'string', description: 'dataDir of zoo.cfg' },
  },
  required: ['port', 'home', 'java_home', 'data_dir'],
  additionalProperties: false,
  description: 'where a server answers four-letter words',
} as const;

/** Where a server answers. */
export type Ask = Infer<typeof ASK>;

/**
 * Defines the shell function `ask WORD`, which prints the server's answer, or nothing when nobody answers.
 * bash and perl are on every Debian and RHEL host; a JVM takes a hundred times as long and comes last.
 */
export function asking({ port, home, java_home }: Ask): ShellText {
  return sh`
limit() { if command -v timeout >/dev/null; then timeout 5 "$@"; else "$@"; fi; }
ask() { ask_at 127.0.0.1 ${port} "$1" 2>/dev/null; }
ask_at() {
  if command -v bash >/dev/null; then
    limit bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf %s "$2" >&3 && cat <&3' "$@"
  elif command -v perl >/dev/null; then
    limit perl -MIO::Socket -e '$s = IO::Socket::INET->new("$ARGV[0]:$ARGV[1]") or exit 1; $s->autoflush; print $s $ARGV[2]; print while <$s>' "$@"
  elif command -v nc >/dev/null; then
    printf %s "$3" | limit nc "$1" "$2"
  else
    limit ${java_home}/bin/java -cp ${`${home}/*:${home}/lib/*`} org.apache.zookeeper.client.FourLetterWordMain "$@"
  fi
}`;
}
