// A play that is given twenty secrets, one for each way in which a secret gets to a host.
import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { INDEX } from '../../cli/support/program.ts';

/** What all of them have in common, whatever is made of them. */
export const CORE = 'Pl4ntedSecret';

/** The secrets of the play, by what they are for, and two to log in with. Those of a crypt hash and of prompts are plain words. */
const PURPOSES = [
  ...['content', 'large', 'template', 'line', 'block', 'replace', 'backup', 'validated', 'derived', 'looped'],
  ...['environment', 'stdin', 'guard', 'printed', 'failing', 'handler', 'job', 'job_environment'],
] as const;
type Purpose = (typeof PURPOSES)[number];

/** With what shells, JSON and base64 write in other ways. cron takes one kind of quotes. */
export const secretFor = (purpose: Purpose): string =>
  `${purpose === 'large' ? 'x'.repeat(300_000) : ''}${CORE}-${PURPOSES.indexOf(purpose)} & ${purpose === 'job_environment' ? 'x' : `'x" $y`}`;
/** A hash that is in nobody's shadow file. */
export const HASH = `$6$${CORE}$${'a'.repeat(86)}`;
/** Of the account that is logged in to, which sudo asks for. */
export const PASSWORD = `${CORE}-login`;
/** How many there are, the one that is read on the host among them. */
export const COUNT = PURPOSES.length + 3;

const ROLE = `import { defineRole } from '${INDEX}';
const names = ${JSON.stringify([...PURPOSES, 'hash'])};
export default defineRole({
  name: 'safe', summary: 'secrets', at: import.meta.url, required: [],
  vars: Object.fromEntries(names.map(name => ['safe_' + name, { type: 'string', secret: true, default: 'none' }])),
  tasks: () => [],
});
`;

const shell = (script: string): string => JSON.stringify(['sh', '-c', script]);

/** Reads its secret and keeps it to itself. */
const KEEP = 'umask 077; printf %s "$S" >';

const PLAY = `- hosts: target
  become: true
  roles: [safe]
  tasks:
    - {name: place, file.directory: {path: "{{ where }}", mode: "0755"}}
    - {name: cron is there, file.directory: {path: /etc/cron.d}}
    - {name: content, file.copy: {dest: "{{ where }}/content", content: "{{ safe_content }}"}, notify: told}
    - {name: large, file.copy: {dest: "{{ where }}/large", content: "{{ safe_large }}"}}
    - {name: template, file.template: {dest: "{{ where }}/template", src: safe.hbs}}
    - {name: lines, file.copy: {dest: "{{ where }}/line", content: "first\\n", mode: "0600"}, when: "!again"}
    - {name: line, file.line: {path: "{{ where }}/line", line: "{{ safe_line }}"}}
    - {name: block, file.block: {path: "{{ where }}/block", block: "{{ safe_block }}", create: true}}
    - {name: to replace, file.copy: {dest: "{{ where }}/replace", content: "is NOTHING\\n", mode: "0600"}, when: "!again"}
    - {name: replace, file.replace: {path: "{{ where }}/replace", match: NOTHING, replace: "{{ safe_replace }}"}}
    - {name: before the backup, file.copy: {dest: "{{ where }}/backup", content: "{{ safe_content }}"}, when: "!again"}
    - {name: backup, file.copy: {dest: "{{ where }}/backup", content: "{{ safe_backup }}", backup: true}}
    - {name: validated, file.copy: {dest: "{{ where }}/validated", content: "{{ safe_validated }}", validate: grep -q . %s}}
    - {name: derived, set: {of_it: "<{{ safe_derived }}>"}}
    - {name: its file, file.copy: {dest: "{{ where }}/derived", content: "{{ of_it }}"}}
    - {name: looped, file.copy: {dest: "{{ where }}/looped-{{ item.name }}", content: "{{ item.text }}"}, loop: [{name: a, text: "{{ safe_looped }}"}]}
    - {name: environment, command: {argv: ${shell(`${KEEP}environment`)}, chdir: "{{ where }}", environment: {S: "{{ safe_environment }}"}, creates: "{{ where }}/environment"}}
    - {name: stdin, command: {argv: ${shell('umask 077; cat >stdin')}, chdir: "{{ where }}", stdin: "{{ safe_stdin }}", creates: "{{ where }}/stdin"}}
    - {name: guard, command: {argv: ${shell(`${KEEP}guard`)}, chdir: "{{ where }}", environment: {S: "{{ safe_guard }}"}, unless: ${shell('[ "$S" = "$(cat guard)" ]')}}}
    - {name: printed, command: {argv: ${shell('echo "out $S"; echo "err $S" >&2; printf %s "$S" | base64')}, environment: {S: "{{ safe_printed }}"}}, register: said}
    - {name: said, debug: {msg: "{{ said.stdout }} {{ said.stderr }} {{ json said }}"}}
    - {name: failing, command: {argv: ${shell('echo "$S is wrong" >&2; exit 3')}, environment: {S: "{{ safe_failing }}"}}, ignore_errors: true}
    - {name: job, cron: {name: "{{ name }}", special: "@yearly", command: "echo {{ safe_job }}", environment: {S: "{{ safe_job_environment }}"}}}
    - {name: account, user: {name: "{{ name }}", password: "{{ safe_hash }}"}}
    - {name: its own, file.read: {path: /etc/its-own, secret: true}, register: own}
    - {name: own, file.copy: {dest: "{{ where }}/own", content: "{{ own.text }}"}}
  handlers:
    - {name: told, command: {argv: ${shell('umask 077; cat >handler')}, chdir: "{{ where }}", stdin: "{{ safe_handler }}"}}
`;

/** Writes role, playbook and variables. @returns variables of all hosts */
export function writeSecretPlay(folder: string): Readonly<Record<string, string>> {
  const write = (name: string, text: string): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  };
  write('roles/safe/role.js', ROLE);
  write('templates/safe.hbs', 'password {{ safe_template }}\n');
  write('play.yml', PLAY);
  write('vault', `${CORE}-vault\n`);
  return { ...Object.fromEntries(PURPOSES.map(purpose => [`safe_${purpose}`, secretFor(purpose)])), safe_hash: HASH };
}

/** What stands on the host afterwards: the text of a file by its name in the place. */
export const WRITTEN: Readonly<Record<string, string>> = {
  content: secretFor('content'),
  large: secretFor('large'),
  template: `password ${secretFor('template')}\n`,
  line: `first\n${secretFor('line')}\n`,
  replace: `is ${secretFor('replace')}\n`,
  backup: secretFor('backup'),
  validated: secretFor('validated'),
  derived: `<${secretFor('derived')}>`,
  'looped-a': secretFor('looped'),
  environment: secretFor('environment'),
  stdin: secretFor('stdin'),
  guard: secretFor('guard'),
  handler: secretFor('handler'),
};
