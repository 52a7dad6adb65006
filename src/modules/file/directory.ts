// Module: keeps a directory in place, with its owner, group and mode.
import { fileNode, type FileNode } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { make } from '../actions.ts';
import { defineModule } from '../contract.ts';
import { change, unmet, type Step, type Unmet } from '../steps.ts';
import { attributeChanges } from './attributes.ts';
import { named, OWNERSHIP, ownersFor, ownershipFacts, ownershipProblems } from './ownership.ts';
import { directoryAt, parentProblems } from './parent.ts';
import { ancestorsOf, tidy } from './paths.ts';

/** Mode of a directory made on the way to the one asked for. */
const PARENT_MODE = '0755';

export const fileDirectory = defineModule({
  name: 'file.directory',
  summary: 'keep a directory, with its owner, group and mode',
  params: {
    type: 'object',
    properties: {
      path: { type: 'string', kind: 'path', description: 'the directory' },
      ...OWNERSHIP,
      mode: { type: 'string', kind: 'mode', default: '0755', description: 'four octal digits, quoted' },
      parents: {
        type: 'boolean',
        default: false,
        description: 'make the directories above it too where they are missing, mode 0755, belonging to the user the task runs as',
      },
    },
    required: ['path'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a data directory of a service',
      yaml: 'name: make the data directory\nfile.directory:\n  path: /var/lib/zookeeper\n  owner: zookeeper\n  group: zookeeper\n  mode: "0750"\n',
    },
    {
      title: 'a directory with all that lead to it',
      yaml: 'name: make the log directory\nfile.directory:\n  path: /data1/kafka/logs\n  parents: true\n',
    },
  ],
  facts: p => ({
    node: fileNode({ path: tidy(p.path) }),
    above: ancestorsOf(tidy(p.path))
      .slice(p.parents ? 0 : -1)
      .map(directoryAt),
    ways: p.parents ? ancestorsOf(tidy(p.path)).map(path => fileNode({ path })) : [],
    ...ownershipFacts(p),
  }),
  disturbs: p => [...(p.parents ? ancestorsOf(tidy(p.path)) : []), tidy(p.path)].map(resource.path),
  changes: (p, have): readonly Step[] => {
    const path = tidy(p.path);
    const { node } = have;
    if (node.kind === 'link') return [unmet(`${path} is a link to ${node.target}; name the directory it leads to`)];
    if (node.kind !== 'directory' && node.kind !== 'absent')
      return [unmet(`${path} is not a directory; remove it first, with file.absent`)];
    const above = ancestorsOf(path).slice(p.parents ? 0 : -1);
    const missing = p.parents ? above.filter((_, index) => have.above[index]?.kind === 'absent') : [];
    const astray = missing.flatMap(parent => linkProblems(parent, have.ways[above.indexOf(parent)]));
    const inTheWay = above.flatMap((parent, index) =>
      missing.includes(parent) ? [] : parentProblems(parent, have.above[index] as FileNode),
    );
    const problems = [...(node.kind === 'absent' ? [...astray, ...inTheWay] : []), ...ownershipProblems(p, have, node)];
    if (problems.length > 0) return problems;
    const owners = ownersFor(p, have, node);
    if (node.kind === 'directory') return attributeChanges(path, named(p, have, node), owners, p.mode);
    const made = [
      ...missing.map(parent => ({ path: parent, owner: have.who.user, group: have.who.group, mode: PARENT_MODE })),
      { path, ...owners, mode: p.mode },
    ];
    return [
      change('state', 'absent', 'directory', {
        actions: made.map(item => make({ path: item.path, what: { directory: item.mode }, owners: `${item.owner}:${item.group}` })),
        sets: made.map(item =>
          fileNode({ path: item.path }).becomes({
            kind: 'directory',
            owner: item.owner,
            group: item.group,
            mode: item.mode,
            size: 0,
            target: '',
          }),
        ),
        touches: made.map(item => resource.path(item.path)),
      }),
    ];
  },
  result: (p, have) => ({ path: tidy(p.path), ...have.node }),
});

/** A link to nothing stands where a directory would be made. */
function linkProblems(path: string, node: FileNode | undefined): readonly Unmet[] {
  return node?.kind === 'link'
    ? [unmet(`${path} is a link to ${node.target}, which does not exist; create that first, with file.directory`)]
    : [];
}
