// Module: reads a text file of the host, for tasks to come.
import type { FileNode } from '../../facts/file/node.ts';
import { fileNode } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { secret } from '../../util/secret.ts';
import { defineModule } from '../contract.ts';
import { unmet } from '../steps.ts';
import { splitLines } from './edit-lines.ts';
import { tidy } from './paths.ts';

export const fileRead = defineModule({
  name: 'file.read',
  summary: 'read a text file of the host, for tasks to come; changes nothing',
  params: {
    type: 'object',
    properties: {
      path: { type: 'string', kind: 'path', description: 'the file, UTF-8 text of up to 1 MiB; it has to exist' },
      secret: { type: 'boolean', default: false, description: 'what it holds never shows anywhere' },
    },
    required: ['path'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a number that the host was given',
      yaml: 'name: read the number of the server\nfile.read:\n  path: /var/lib/zookeeper/myid\nregister: myid\n',
    },
    {
      title: 'a key that shows nowhere',
      yaml: 'name: read the key\nfile.read:\n  path: /etc/app/key\n  secret: true\nregister: key\n',
    },
  ],
  facts: p => ({ node: fileNode({ path: tidy(p.path) }), text: fileText({ path: tidy(p.path) }) }),
  changes: (p, have) => {
    const path = tidy(p.path);
    const wrong = problemOf(path, have.node);
    if (wrong !== undefined) return [unmet(wrong)];
    return have.text.includes('\uFFFD') ? [unmet(`${path} is not UTF-8 text; read it with a command`)] : [];
  },
  // `size` is of what was read: files of /proc and /sys give more than the size they are listed with.
  result: (p, have) => {
    const shown = (text: string) => (p.secret ? secret(text) : text);
    const { text } = have;
    return { path: tidy(p.path), text: shown(text), lines: splitLines(text).map(shown), size: Buffer.byteLength(text) };
  },
});

function problemOf(path: string, node: FileNode): string | undefined {
  switch (node.kind) {
    case 'file':
      return undefined;
    case 'absent':
      return `the file ${path} does not exist; create it first, with file.copy or file.template`;
    case 'link':
      return `${path} is a link to ${node.target}; name the file it leads to`;
    case 'directory':
      return `${path} is a directory, not a file; name a file in it`;
    case 'other':
      return `${path} is a device, pipe or socket, not a file; name a regular file`;
  }
}
