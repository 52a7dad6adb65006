// Module: keeps a file that is a copy of another one on the same host.
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode, type FileNode } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import { defineModule } from '../contract.ts';
import { unmet, type Step } from '../steps.ts';
import { editedFile } from './edit-file.ts';
import { OWNERSHIP } from './ownership.ts';
import { tidy } from './paths.ts';
import { fileChanges, fileFacts, WHOLE_FILE } from './write-file.ts';

export const fileDuplicate = defineModule({
  name: 'file.duplicate',
  summary: 'keep a file with the content of another file on the same host',
  params: {
    type: 'object',
    properties: {
      src: { type: 'string', kind: 'path', description: 'the file on the host whose content it gets; it has to exist' },
      dest: { type: 'string', kind: 'path', description: 'the file that is kept the same; its directory has to exist' },
      ...OWNERSHIP,
      mode: { type: 'string', kind: 'mode', description: 'four octal digits, quoted; left out: as it is, 0644 for a new file' },
      ...WHOLE_FILE,
    },
    required: ['src', 'dest'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a sample of the package as the configuration',
      yaml: 'name: begin with the sample\nfile.duplicate:\n  src: /opt/app/conf/sample.conf\n  dest: /etc/app/app.conf\n',
    },
  ],
  facts: p => ({
    source: fileNode({ path: tidy(p.src) }),
    sourceDigest: fileDigest({ path: tidy(p.src) }),
    ...fileFacts({ ...p, path: tidy(p.dest) }),
  }),
  disturbs: p => [resource.path(tidy(p.dest))],
  changes: (p, have): readonly Step[] => {
    const src = tidy(p.src);
    const wanted = editedFile({ ...p, path: p.dest });
    const wrong = src === wanted.path ? `${src} is to be a copy of itself; name another src or dest` : sourceProblem(src, have.source);
    if (wrong !== undefined) return [unmet(wrong)];
    return fileChanges(wanted, { kind: 'host-file', path: src, size: have.source.size, sha256: have.sourceDigest }, have);
  },
  result: (p, have) => ({ ...have.node, path: tidy(p.dest), sha256: have.digest }),
});

function sourceProblem(path: string, node: FileNode): string | undefined {
  switch (node.kind) {
    case 'file':
      return undefined;
    case 'absent':
      return `the file ${path} does not exist on the host; create it first, or send one of the controller with file.copy`;
    case 'link':
      return `${path} is a link to ${node.target}; name the file it leads to`;
    case 'directory':
    case 'other':
      return `${path} is not a regular file; name one`;
  }
}
