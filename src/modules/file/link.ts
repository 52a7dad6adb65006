// Module: keeps a symbolic link pointing where it should.
import { posix } from 'node:path';
import { fileNode } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { make } from '../actions.ts';
import { defineModule } from '../contract.ts';
import { change, unmet, type Step } from '../steps.ts';
import { attributeChanges } from './attributes.ts';
import { named, OWNERSHIP, ownersFor, ownershipFacts, ownershipProblems } from './ownership.ts';
import { directoryAt, parentProblems } from './parent.ts';
import { parentOf, tidy } from './paths.ts';

export const fileLink = defineModule({
  name: 'file.link',
  summary: 'keep a symbolic link pointing where it should',
  params: {
    type: 'object',
    properties: {
      path: { type: 'string', kind: 'path', description: 'the link' },
      target: {
        type: 'string',
        minLength: 1,
        description: 'where it points, absolute or relative to the directory of the link; it need not exist',
      },
      ...OWNERSHIP,
      force: {
        type: 'boolean',
        default: false,
        description: 'put the link in the place of a file that stands there; a directory is never replaced',
      },
    },
    required: ['path', 'target'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'the current version under a name that stays',
      yaml: 'name: point java to its version\nfile.link:\n  path: /usr/local/java\n  target: /usr/local/jdk-17.0.12+7\n',
    },
  ],
  facts: p => ({ node: fileNode({ path: tidy(p.path) }), parent: directoryAt(parentOf(tidy(p.path))), ...ownershipFacts(p) }),
  disturbs: p => [resource.tree(tidy(p.path))],
  changes: (p, have): readonly Step[] => {
    const path = tidy(p.path);
    const { node } = have;
    if (posix.resolve(parentOf(path), p.target) === path) return [unmet(`${path} would be a link to itself; name what it is to lead to`)];
    if (node.kind === 'directory') return [unmet(`${path} is a directory, not a link; remove it first, with file.absent`)];
    if (node.kind !== 'link' && node.kind !== 'absent' && !p.force) {
      return [unmet(`${path} is not a link; remove it first, with file.absent, or say force: true`)];
    }
    const base = node.kind === 'link' ? node : { ...node, kind: 'absent' as const };
    const problems = [...(node.kind === 'absent' ? parentProblems(parentOf(path), have.parent) : []), ...ownershipProblems(p, have, base)];
    if (problems.length > 0) return problems;
    const owners = ownersFor(p, have, base);
    if (node.kind === 'link' && node.target === p.target) return attributeChanges(path, named(p, have, node), owners, undefined);
    return [
      change('target', node.kind === 'link' ? node.target : node.kind, p.target, {
        actions: [make({ path, what: { link: p.target }, owners: `${owners.owner}:${owners.group}` })],
        sets: [fileNode({ path }).becomes({ kind: 'link', ...owners, mode: '0777', size: 0, target: p.target })],
        // What is read through the link is read elsewhere from now on.
        touches: [resource.tree(path)],
      }),
    ];
  },
  result: (p, have) => ({ ...have.node, path: tidy(p.path) }),
});
