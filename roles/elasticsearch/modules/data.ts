// Module: proves that a document written through one node is read through another. `leave`, `find` and `remove` do it in parts, for `--chaos`.
import { defineClusterModule, sh, trial } from '../../../src/index.ts';
import { asking, AUTHORIZATION } from '../facts/ask.ts';
import { esNode } from '../facts/node.ts';
import { askOf, memberOf, MEMBERS, MEMBERS_YAML, seenOf } from './members.ts';

/** Where `leave` puts its document. */
const MARK = 'tsplay-chaos';

export const esData = defineClusterModule({
  name: 'elasticsearch.data',
  summary: 'Prove that a document written through one node is read through another',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      authorization: AUTHORIZATION,
      act: {
        type: 'string',
        enum: ['prove', 'leave', 'find', 'remove'],
        default: 'prove',
        description: 'all of it, in an index of its own; or leave a document, find it later, remove it',
      },
    },
    required: ['members'],
    additionalProperties: false,
  },
  examples: [
    { title: 'The cluster keeps what it is given', yaml: `- name: the cluster keeps data\n  elasticsearch.data:\n${MEMBERS_YAML}` },
  ],
  rounds: () => 0,
  members: p => p.members.map(({ name }) => name),
  facts: (p, name) => ({ node: esNode(askOf(memberOf(p.members, name), p.authorization)) }),
  changes: (p, have) => {
    const able = seenOf(p.members, have).filter(({ node }) => node.says === '');
    const [writer, reader] = [able[0]?.member, able.at(-1)?.member];
    if (writer === undefined || reader === undefined) return [];
    const copies = able.length > 1 ? 1 : 0;
    return [
      trial({
        proves: PROVES[p.act](writer.node, reader.node),
        action: {
          kind: 'run',
          timeout: 180,
          accept: 'any',
          command: sh`${asking(p.authorization)}
problem() { echo "problem: $1 ($status $body)"; exit 1; }
value=${p.act === 'prove' ? sh`$$-$(date +%s)` : sh`kept`}
index=${p.act === 'prove' ? sh`tsplay-check-$value` : MARK}
writer() { http "$1" ${writer.address} ${writer.port} "$2" "\${3:-}"; }
reader() { http "$1" ${reader.address} ${reader.port} "$2" "\${3:-}"; }
# A copy that has just lost its primary takes a moment until it is one.
patient() { for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do "$@" && return 0; sleep 1; done; return 1; }
act=${p.act}
case $act in prove|leave)
  writer PUT "/$index" ${JSON.stringify({ settings: { number_of_shards: 1, number_of_replicas: copies } })} || problem ${`${writer.node} does not make an index`}
  patient writer PUT "/$index/_doc/1" "{\\"value\\":\\"$value\\"}" || problem ${`${writer.node} does not take a document`}
  green() { writer GET "/_cluster/health/$index?wait_for_status=green&timeout=5s"; }
  patient green || problem 'the document has no second copy' ;;
esac
case $act in prove|find)
  held() { reader GET "/$index/_doc/1" && case $body in *"\\"value\\":\\"$value\\""*) return 0 ;; *) return 1 ;; esac; }
  patient held || problem ${`${reader.node} does not give back what was written`} ;;
esac
case $act in prove|remove) patient reader DELETE "/$index" || problem ${`${reader.node} does not delete the index`} ;; esac
exit 0`,
        },
        judge: ({ stdout, stderr, status }) =>
          status === 0 ? undefined : (/^problem: (.*)$/m.exec(stdout)?.[1] ?? (stderr.trim() || 'the document could not be asked for')),
        on: writer.name,
      }),
    ];
  },
});

const PROVES = {
  prove: (writer: string, reader: string): string => `written through ${writer}, read through ${reader}, deleted again`,
  leave: (writer: string): string => `left through ${writer}`,
  find: (_writer: string, reader: string): string => `found through ${reader}`,
  remove: (_writer: string, reader: string): string => `removed through ${reader}`,
} as const;
