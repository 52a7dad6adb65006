// Helpers that look at the controller: files beside the playbook or role, and the environment.
import { findFile, readTextFile } from '../controller-files.ts';
import { definePlacedHelper, type Helper, HelperRefusal, defineHelper } from './helper.ts';

const NAME = { name: 'name', type: 'string' } as const;

export const LOOKUP_HELPERS: readonly Helper[] = [
  definePlacedHelper({
    name: 'file',
    topic: 'the controller',
    gives: 'string',
    summary:
      'The text of a file on the controller, without line breaks at its end; files/ beside the playbook or role is looked into first.',
    params: [NAME],
    examples: [{ template: '{{file "keys/ann.pub"}}', gives: 'ssh-ed25519 AAAA… ann', elsewhere: true }],
    apply: ({ file }, name) => readTextFile('file', name, file).text.replace(/(?:\r?\n)+$/, ''),
  }),
  definePlacedHelper({
    name: 'template',
    topic: 'the controller',
    summary:
      'What a template file yields with the variables that are known here; templates/ beside the playbook or role is looked into first.',
    params: [NAME],
    examples: [{ template: '{{template "motd.hbs"}}', gives: 'welcome to n1', elsewhere: true }],
    apply: ({ file, render }, name) => {
      const found = readTextFile('template', name, file);
      return render(found.text, found.path);
    },
  }),
  definePlacedHelper({
    name: 'first_found',
    topic: 'the controller',
    gives: 'string',
    summary: 'The path of the first of some files that is there on the controller, found as `file` finds them.',
    params: [{ name: 'names', type: 'list' }],
    examples: [
      {
        template: '{{file (first_found (list (concat inventory_hostname ".conf") "usual.conf"))}}',
        with: { inventory_hostname: 'n1' },
        gives: 'what files/n1.conf holds, else what files/usual.conf holds',
        elsewhere: true,
      },
    ],
    apply: ({ file }, names) => {
      for (const name of names) {
        const path = typeof name === 'string' ? findFile(name, ['files', 'templates'], file) : undefined;
        if (path !== undefined) return path;
      }
      throw new HelperRefusal(`first_found: none of ${names.length} files is there`, { missing: true });
    },
  }),
  defineHelper({
    name: 'env',
    topic: 'the controller',
    gives: 'string',
    summary: 'A variable of the environment in which tsplay was started.',
    params: [NAME],
    examples: [{ template: '{{default (env "NOT_THERE") "/tmp"}}', gives: '/tmp' }],
    apply: name => {
      const value = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
      if (value === undefined)
        throw new HelperRefusal(`env: there is no environment variable ${name}`, {
          missing: true,
          advice: `write {{default (env "${name}") …}}`,
        });
      return value;
    },
  }),
];
