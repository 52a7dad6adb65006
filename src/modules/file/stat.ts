// Module: looks at what stands at a path, for tasks to come.
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode } from '../../facts/file/node.ts';
import { partByPart } from '../../util/part-by-part.ts';
import { defineModule } from '../contract.ts';
import { tidy } from './paths.ts';

export const fileStat = defineModule({
  name: 'file.stat',
  summary: 'look at what stands at a path, for tasks to come: kind, owner, group, mode, size; changes nothing',
  params: {
    type: 'object',
    properties: {
      path: { type: 'string', kind: 'path', description: 'what is looked at; a link is looked at itself, not what it leads to' },
      digest: {
        type: 'boolean',
        default: false,
        description: 'read the SHA-256 of a regular file too, as sha256; empty for anything else',
      },
    },
    required: ['path'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a task that only some hosts need',
      yaml: 'name: look for the old configuration\nfile.stat:\n  path: /etc/app/app.conf\nregister: old\n',
    },
    {
      title: 'with its digest',
      yaml: 'name: which release runs\nfile.stat:\n  path: /opt/app/app.jar\n  digest: true\nregister: jar\n',
    },
  ],
  facts: p => ({
    node: fileNode({ path: tidy(p.path) }),
    digest: p.digest ? fileDigest({ path: tidy(p.path) }) : undefined,
  }),
  changes: () => [],
  result: (p, have) =>
    partByPart({
      exists: () => have.node.kind !== 'absent',
      kind: () => have.node.kind,
      path: () => tidy(p.path),
      owner: () => have.node.owner,
      group: () => have.node.group,
      mode: () => have.node.mode,
      size: () => have.node.size,
      target: () => have.node.target,
      ...(p.digest && { sha256: () => have.digest ?? '' }),
    }),
});
