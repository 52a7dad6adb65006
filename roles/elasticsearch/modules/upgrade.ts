// Module: looks, before anything is changed, whether the nodes may go to the described version. It changes nothing.
import { compareVersions, defineClusterModule, fileText, isAbsent, unmet } from '../../../src/index.ts';
import type { Absent } from '../../../src/index.ts';
import { AUTHORIZATION } from '../facts/ask.ts';
import { esKept } from '../facts/kept.ts';
import type { Kept } from '../facts/kept.ts';
import { esNode } from '../facts/node.ts';
import type { NodeState } from '../facts/types.ts';
import { askOf, memberOf, MEMBERS, MEMBERS_YAML } from './members.ts';
import type { Member } from './members.ts';
import { versionOf, versionProblem } from './upgrade-rules.ts';
import type { Standing } from './upgrade-rules.ts';

export const esUpgrade = defineClusterModule({
  name: 'elasticsearch.upgrade',
  summary: 'Refuse a version that nodes cannot go to: an older one, and one that lies too far ahead',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      authorization: AUTHORIZATION,
      unit_file: { type: 'string', kind: 'path', description: 'the unit of the node' },
      data: { type: 'string', kind: 'path', description: 'path.data' },
      home: { type: 'string', kind: 'path', description: 'where the described version is unpacked' },
      version: { type: 'string', description: 'the described version' },
    },
    required: ['members', 'unit_file', 'data', 'home', 'version'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Ask before an upgrade',
      yaml: `- name: the nodes may go to 8.19.3
  elasticsearch.upgrade:
    version: 8.19.3
    home: /opt/elasticsearch/elasticsearch-8.19.3
    data: /opt/elasticsearch/data
    unit_file: /etc/systemd/system/elasticsearch.service
${MEMBERS_YAML}`,
    },
  ],
  members: p => p.members.map(({ name }) => name),
  facts: (p, name) => ({
    node: esNode(askOf(memberOf(p.members, name), p.authorization)),
    kept: esKept({ data: p.data }),
    unit: fileText({ path: p.unit_file }),
  }),
  changes: (p, have) => {
    const problem = versionProblem(standing(p.members, have), p);
    return problem === undefined ? [] : [unmet(problem.words, problem.on)];
  },
  says: (p, have) => {
    const versions = standing(p.members, have)
      .map(versionOf)
      .filter(version => version !== '');
    if (versions.every(version => version === p.version)) return undefined;
    const groups = [...new Set(versions)].toSorted(compareVersions).map(version => {
      const count = versions.filter(one => one === version).length;
      return `${count} ${count > 1 ? 'nodes' : 'node'} on ${version}`;
    });
    return `${groups.join(', ')}, ${p.version} wanted`;
  },
});

interface UpgradeHave {
  readonly node: NodeState;
  readonly kept: Kept;
  readonly unit: string;
}

/** Who cannot be reached is not asked: the roll decides whether it is waited for. */
function standing(members: readonly Member[], have: ReadonlyMap<string, UpgradeHave | Absent>): readonly Standing[] {
  return members.flatMap(member => {
    const answer = have.get(member.name);
    return answer === undefined || isAbsent(answer) ? [] : [{ member, ...answer }];
  });
}
