// Module: names the first voters of an Elasticsearch cluster until it has formed, and never again. The file it keeps makes no restart due.
import { change, defineClusterModule, fileText, isAbsent, listed, put, remove, resource, unmet } from '../../../src/index.ts';
import type { Absent, Change, Step } from '../../../src/index.ts';
import { AUTHORIZATION } from '../facts/ask.ts';
import { esKept } from '../facts/kept.ts';
import type { Kept } from '../facts/kept.ts';
import { esNode } from '../facts/node.ts';
import type { NodeState } from '../facts/types.ts';
import { apartProblem, twinProblem } from './bootstrap-problems.ts';
import { askOf, memberOf, MEMBERS, MEMBERS_YAML } from './members.ts';
import type { Member } from './members.ts';

interface BootstrapHave {
  readonly node: NodeState;
  readonly file: string;
  readonly kept: Kept | undefined;
}

/** A member that could be asked. */
interface Present extends BootstrapHave {
  readonly member: Member;
}

export const esBootstrap = defineClusterModule({
  name: 'elasticsearch.bootstrap',
  summary: 'Name the first voters of a cluster that has never formed, and take the names away once it has',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      state: { type: 'string', enum: ['begun', 'over'], description: 'before the nodes are started, or after they have joined' },
      file: { type: 'string', kind: 'path', description: 'environment file of the unit, which sets ES_BOOTSTRAP' },
      data: { type: 'string', kind: 'path', description: 'path.data' },
      authorization: AUTHORIZATION,
    },
    required: ['members', 'state', 'file', 'data'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Before the first start',
      yaml: `- name: the first voters are named
  elasticsearch.bootstrap:
    state: begun
    file: /opt/elasticsearch/config/bootstrap.env
    data: /opt/elasticsearch/data
${MEMBERS_YAML}`,
    },
  ],
  members: p => p.members.map(({ name }) => name),
  facts: (p, name) => ({
    node: esNode(askOf(memberOf(p.members, name), p.authorization)),
    file: fileText({ path: p.file }),
    kept: p.state === 'begun' ? esKept({ data: p.data }) : undefined,
  }),
  changes: (p, have) => {
    const present = presentOf(p.members, have);
    const problem = twinProblem(present, p.data) ?? apartProblem(present, p.data);
    if (problem !== undefined) return [unmet(problem.words, problem.on)];
    return p.state === 'begun' ? begin(p, have, present) : end(p.file, present);
  },
});

/** Nobody is named where a cluster has formed, or may have: a node that was emptied must join it, not found another one. */
function begin(
  p: { readonly members: readonly Member[]; readonly file: string },
  have: Answers,
  present: readonly Present[],
): readonly Step[] {
  const isFormed = present.some(({ node }) => node.uuid !== '');
  const isBegun = present.some(({ file }) => file !== '');
  const isOld = present.some(({ kept }) => kept?.started === true);
  if (isFormed || (isOld && !isBegun)) return [];
  const away = p.members.filter(({ name }) => !present.some(({ member }) => member.name === name));
  const voters = p.members.filter(({ eligible }) => eligible).map(({ node }) => node);
  const text = `# Until the cluster has formed. Written by tsplay, role elasticsearch.\nES_BOOTSTRAP=-Ecluster.initial_master_nodes=${voters.join(',')}\n`;
  const lacking = present.filter(({ member, file }) => member.eligible && file !== text);
  if (lacking.length === 0) return [];
  if (away.length > 0) {
    const [first] = away;
    const answer = have.get(first?.name ?? '');
    const why = answer !== undefined && isAbsent(answer) ? ` (${answer.unreachable})` : '';
    return [
      unmet(
        `a cluster forms once, with all of its first voters, and ${listed(away.map(({ name }) => name))} cannot be reached${why}`,
        first?.name,
      ),
    ];
  }
  return lacking.map(({ member, file }) => named(member, p.file, file, text));
}

/** A file without the names would do as well, but one that is not there cannot be misread. */
function end(path: string, present: readonly Present[]): readonly Step[] {
  if (!present.every(({ node }) => node.uuid !== '')) return [];
  return present.filter(({ file }) => file !== '').map(({ member, file }) => named(member, path, file, ''));
}

function named({ name }: Member, path: string, from: string, to: string): Change {
  return change('first voters', votersIn(from), votersIn(to), {
    actions: [to === '' ? remove(path) : put({ path, body: to, owner: 'root', group: 'root', mode: '0644' })],
    sets: [fileText({ path }).becomes(to)],
    touches: [resource.path(path)],
    on: name,
  });
}

function votersIn(text: string): string {
  return /initial_master_nodes=(.*)$/m.exec(text)?.[1] ?? 'none';
}

type Answers = ReadonlyMap<string, BootstrapHave | Absent>;

function presentOf(members: readonly Member[], have: Answers): readonly Present[] {
  return members.flatMap(member => {
    const answer = have.get(member.name);
    return answer === undefined || isAbsent(answer) ? [] : [{ member, node: answer.node, file: answer.file, kept: answer.kept }];
  });
}
