// Module: keeps a file that is a copy of one on the controller, or of a text in the task.
import { resource } from '../../facts/resource.ts';
import { defineModule } from '../contract.ts';
import { unmet } from '../steps.ts';
import { OWNERSHIP } from './ownership.ts';
import { tidy } from './paths.ts';
import { fileChanges, fileFacts, WHOLE_FILE, type FileBody } from './write-file.ts';

export const fileCopy = defineModule({
  name: 'file.copy',
  summary: 'keep a file with the content of a file on the controller, or with a text written in the task',
  params: {
    type: 'object',
    properties: {
      src: { type: 'string', kind: 'file', description: 'the file on the controller: in files/, or a path' },
      content: { type: 'string', description: 'the text itself, instead of src' },
      dest: { type: 'string', kind: 'path', description: 'the file on the host; its directory has to exist' },
      ...OWNERSHIP,
      mode: {
        type: 'string',
        kind: 'mode',
        description: 'four octal digits, quoted; left out: as it is; a new file gets 0644, or 0600 with a secret in it',
      },
      ...WHOLE_FILE,
    },
    required: ['dest'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a file of the role',
      yaml: 'name: put the log configuration\nfile.copy:\n  src: logback.xml\n  dest: /etc/zookeeper/logback.xml\n',
    },
    {
      title: 'a line of text',
      yaml: 'name: number the server\nfile.copy:\n  content: "1\\n"\n  dest: /var/lib/zookeeper/myid\n  owner: zookeeper\n  group: zookeeper\n  mode: "0644"\n',
    },
  ],
  facts: p => fileFacts({ ...p, path: tidy(p.dest) }),
  disturbs: p => [resource.path(tidy(p.dest))],
  changes: (p, have) => {
    const given: readonly FileBody[] = [p.src, p.content].filter(item => item !== undefined);
    const [body] = given;
    if (body === undefined || given.length > 1)
      return [unmet('file.copy takes what goes into the file from src or from content; give one of the two')];
    return fileChanges({ ...p, path: tidy(p.dest), mode: p.mode, validate: p.validate, replaceLink: p.replace_link }, body, have);
  },
  result: (p, have) => ({ ...have.node, path: tidy(p.dest), sha256: have.digest }),
});
