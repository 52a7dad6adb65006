// Module: keeps a file with the text of a template rendered for the host.
import { resource } from '../../facts/resource.ts';
import { defineModule } from '../contract.ts';
import { OWNERSHIP } from './ownership.ts';
import { tidy } from './paths.ts';
import { fileChanges, fileFacts, modeOfNew, WHOLE_FILE } from './write-file.ts';

export const fileTemplate = defineModule({
  name: 'file.template',
  summary: 'keep a file with the text of a template, rendered for the host',
  params: {
    type: 'object',
    properties: {
      src: { type: 'string', kind: 'template', description: 'the template, in templates/' },
      dest: { type: 'string', kind: 'path', description: 'the file on the host; its directory has to exist' },
      ...OWNERSHIP,
      mode: { type: 'string', kind: 'mode', description: 'four octal digits, quoted; left out: 0644, or 0600 with a secret in it' },
      ...WHOLE_FILE,
    },
    required: ['src', 'dest'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a configuration that its program checks before it takes effect',
      yaml: 'name: configure nginx\nfile.template:\n  src: nginx.conf.hbs\n  dest: /etc/nginx/nginx.conf\n  validate: nginx -t -c %s\n  backup: true\n',
    },
  ],
  facts: p => fileFacts({ ...p, path: tidy(p.dest) }),
  disturbs: p => [resource.path(tidy(p.dest))],
  changes: (p, have) => {
    const { text } = p.src;
    const wanted = { ...p, path: tidy(p.dest), mode: p.mode ?? modeOfNew(text), validate: p.validate, replaceLink: p.replace_link };
    return fileChanges(wanted, text, have);
  },
  result: (p, have) => ({ ...have.node, path: tidy(p.dest), sha256: have.digest }),
});
