// Module: keeps owner, group and mode of something that others fill.
import { createHash } from 'node:crypto';
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { resource } from '../../facts/resource.ts';
import { put } from '../actions.ts';
import { defineModule } from '../contract.ts';
import { change, unmet, type Change, type Step } from '../steps.ts';
import { attributeChanges } from './attributes.ts';
import { named, OWNERSHIP, ownersFor, ownershipFacts, ownershipProblems, type Owners } from './ownership.ts';
import { directoryAt, parentProblems } from './parent.ts';
import { parentOf, tidy } from './paths.ts';

/** The mode of a new file for which none is given. */
const NEW_MODE = '0644';

export const fileAttributes = defineModule({
  name: 'file.attributes',
  summary: 'keep owner, group and mode of a file or directory whose contents are left to others; it has to exist',
  params: {
    type: 'object',
    properties: {
      path: { type: 'string', kind: 'path', description: 'the file or directory; of a link itself, owner and group only' },
      ...OWNERSHIP,
      mode: { type: 'string', kind: 'mode', description: 'four octal digits, quoted; left out: as it is, 0644 for a new file' },
      create: { type: 'boolean', default: false, description: 'make an empty file where nothing stands' },
    },
    required: ['path'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a key that its service alone may read',
      yaml: 'name: guard the key\nfile.attributes:\n  path: /etc/app/key.pem\n  owner: root\n  group: app\n  mode: "0640"\n',
    },
    {
      title: 'a log that is there before its writer',
      yaml: 'name: make the log\nfile.attributes:\n  path: /var/log/app.log\n  owner: app\n  mode: "0640"\n  create: true\n',
    },
  ],
  facts: p => ({
    node: fileNode({ path: tidy(p.path) }),
    parent: p.create ? directoryAt(parentOf(tidy(p.path))) : undefined,
    ...ownershipFacts(p),
  }),
  disturbs: p => [resource.path(tidy(p.path))],
  changes: (p, have): readonly Step[] => {
    const path = tidy(p.path);
    const { node, parent } = have;
    if (node.kind === 'absent' && parent === undefined)
      return [unmet(`${path} does not exist; create it first, with file.copy, file.template or file.directory, or say create: true`)];
    if (node.kind === 'link' && p.mode !== undefined)
      return [unmet(`${path} is a link to ${node.target}, and a link has no mode of its own; name what it leads to`)];
    const isNew = node.kind === 'absent' && parent !== undefined;
    const problems = [...(isNew ? parentProblems(parentOf(path), parent) : []), ...ownershipProblems(p, have, node)];
    if (problems.length > 0) return problems;
    const owners = ownersFor(p, have, node);
    return isNew ? [making(path, owners, p.mode ?? NEW_MODE)] : attributeChanges(path, named(p, have, node), owners, p.mode);
  },
  result: (p, have) => ({ path: tidy(p.path), ...have.node }),
});

function making(path: string, owners: Owners, mode: string): Change {
  return change('state', 'absent', 'file', {
    actions: [put({ path, body: '', ...owners, mode })],
    sets: [
      fileNode({ path }).becomes({ kind: 'file', ...owners, mode, size: 0, target: '' }),
      fileDigest({ path }).becomes(createHash('sha256').digest('hex')),
      fileText({ path }).becomes(''),
    ],
    touches: [resource.path(path)],
  });
}
