// Module: proves that a key written on one instance is read on another. `leave`, `find` and `remove` do it in parts, for `--chaos`.
import { defineClusterModule, rawShell, sh, trial } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { atOf, confOf, hostsOf, MEMBERS, MEMBERS_YAML, nodesOn, seenOf } from './members.ts';

/** What is left for later has other names than what is written and deleted meanwhile. */
const KEYS = { prove: 'tsplay-check', leave: 'tsplay-kept', find: 'tsplay-kept', remove: 'tsplay-kept' } as const;

export const redisData = defineClusterModule({
  name: 'redis.data',
  summary: 'Prove that a key written by one instance of a Redis cluster is read by another',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      act: {
        type: 'string',
        enum: ['prove', 'leave', 'find', 'remove'],
        default: 'prove',
        description: 'all of it; or leave keys, find them later, remove them',
      },
    },
    required: ['members'],
    additionalProperties: false,
  },
  examples: [{ title: 'The cluster keeps what it is given', yaml: `- name: the cluster keeps data\n  redis.data:\n${MEMBERS_YAML}` }],
  rounds: () => 0,
  members: p => hostsOf(p.members),
  facts: (p, host) => nodesOn(p.members, host),
  changes: (p, have) => {
    const able = seenOf(p.members, have).filter(({ node }) => node.says === '');
    const [writer] = able;
    const reader = able.find(({ member }) => member.host !== writer?.member.host) ?? able[1] ?? writer;
    if (writer === undefined || reader === undefined) return [];
    const [first, second] = [atOf(writer.member), atOf(reader.member)];
    const names = { write: writer.member.name, read: reader.member.name };
    return [
      trial({
        proves: PROVES[p.act](names),
        action: {
          kind: 'run',
          command: sh`${asking(confOf(writer.member))}
problem() { echo "problem: $1"; exit 1; }
# Of several keys some are another shard's than who is asked.
keys=''
for tag in a b c; do keys="$keys ${rawShell(KEYS[p.act])}{$tag}"; done
value=${p.act === 'prove' ? sh`$$-$(date +%s)` : sh`kept`}
act=${p.act}
case $act in prove|leave)
  for key in $keys; do
    said=$(cli ${first} -c set "$key" "$value" | tail -n 1)
    [ "$said" = OK ] || problem ${`${names.write} does not take a write: `}"$said"
  done ;;
esac
case $act in prove|find)
  for key in $keys; do
    said=$(cli ${second} -c get "$key" | tail -n 1)
    [ "$said" = "$value" ] || problem ${`${names.read} does not give back what was written: `}"$said"
  done ;;
esac
case $act in prove|remove)
  for key in $keys; do cli ${second} -c del "$key" >/dev/null; done ;;
esac`,
        },
        judge: ({ stdout, status }) =>
          status === 0 ? undefined : (/^problem: (.*)$/m.exec(stdout)?.[1] ?? (stdout.trim() || 'the keys could not be asked for')),
        on: writer.member.host,
      }),
    ];
  },
});

const PROVES = {
  prove: ({ write, read }: Names): string => `written by ${write}, read by ${read}, deleted again`,
  leave: ({ write }: Names): string => `left by ${write}`,
  find: ({ read }: Names): string => `found by ${read}`,
  remove: ({ read }: Names): string => `removed by ${read}`,
} as const;

interface Names {
  readonly write: string;
  readonly read: string;
}
