// The dry run from outside: it changes nothing, says the same each time, and shows contents when asked.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { normal } from './support/normal.ts';
import { localHosts, Project } from './support/project.ts';

const INVENTORY = localHosts('n1', 'n2');

/** How a change shows a content. */
function digest(content: string): string {
  return `sha256:${createHash('sha256').update(content).digest('hex').slice(0, 12)}`;
}

/** Everything below a folder, by name; but for what the controller keeps of its runs. */
function tree(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return names.filter(name => !/^\.local(?:\/|$)/.test(name)).sort();
}

describe('cli: check and diff', () => {
  it('foretells the run, changes nothing, and prints the same lines each time', async () => {
    using project = new Project({
      'hosts.yml': INVENTORY,
      'templates/motd.hbs': 'welcome to {{ inventory_hostname }}\n',
      'play.yml': [
        '- name: files',
        '  hosts: all',
        '  tasks:',
        '    - {name: a folder, file.directory: {path: "{{ where }}/{{ inventory_hostname }}"}}',
        '    - {name: a file in it, file.template: {src: motd.hbs, dest: "{{ where }}/{{ inventory_hostname }}/motd"}, notify: read it}',
        '    - {name: a link, file.link: {path: "{{ where }}/{{ inventory_hostname }}/link", target: motd}}',
        '  handlers:',
        '    - {name: read it, command: {argv: [cat, "{{ where }}/{{ inventory_hostname }}/motd"], touches: []}}',
        '',
      ].join('\n'),
    });
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`];
    const before = tree(project.directory);
    const first = await project.run(...args, '--check');
    const second = await project.run(...args, '--check');
    assert.deepEqual(tree(project.directory), before);
    assert.equal(first.code, 0);
    assert.equal(
      normal(first.stdout, project.directory),
      `RUN [play.yml] on 2 hosts of hosts.yml (check: nothing is changed)

PLAY [files] n1, n2
TASK [a folder]
  would change: [n1, n2]
      state: absent → directory
TASK [a file in it]
  would change: [n1]
      content: absent → ${digest('welcome to n1\n')}
  would change: [n2]
      content: absent → ${digest('welcome to n2\n')}
TASK [a link]
  would change: [n1, n2]
      target: absent → motd
HANDLER [read it]
  would change: [n1]
      run: (none) → cat n1/motd
  would change: [n2]
      run: (none) → cat n2/motd

RECAP
  n1 : ok=0  would change=4  failed=0
  n2 : ok=0  would change=4  failed=0

checked: 4 tasks on 2 hosts, would change=8, 8 attributes, N round trips, T s
`,
    );
    assert.equal(normal(second.stdout, project.directory), normal(first.stdout, project.directory));
    const lines = (text: string): string => normal(text, project.directory).replaceAll('would change', 'changed');
    const run = await project.run(...args);
    const middle = (text: string): string => text.slice(text.indexOf('PLAY'), text.indexOf('RECAP'));
    assert.equal(middle(lines(run.stdout)), middle(lines(first.stdout)), 'the run does what the check said');
  });

  it('shows how contents differ, and says in words what the eye does not see', async () => {
    using project = new Project({
      'hosts.yml': localHosts('n1'),
      'a.txt': 'one\ntwo\nthree\n',
      'b.txt': 'one\ntwo\n',
      'play.yml':
        '- hosts: n1\n  tasks:\n    - file.copy: {dest: "{{ where }}/a.txt", content: "one\\n2\\nthree\\n"}\n    - file.copy: {dest: "{{ where }}/b.txt", content: "one\\ntwo  \\n"}\n',
    });
    const { stdout } = await project.run('run', 'play.yml', '-i', 'hosts.yml', '-C', '-D', '-e', `where=${project.directory}`);
    assert.equal(
      normal(stdout.slice(stdout.indexOf('TASK'), stdout.indexOf('\nRECAP')), project.directory),
      `TASK [file.copy]
  would change: [n1]
      content: ${digest('one\ntwo\nthree\n')} → ${digest('one\n2\nthree\n')}
        --- a.txt
        +++ a.txt
        @@ -1,3 +1,3 @@
         one
        -two
        +2
         three
TASK [file.copy]
  would change: [n1]
      content: ${digest('one\ntwo\n')} → ${digest('one\ntwo  \n')}
        --- b.txt
        +++ b.txt
        only whitespace differs: trailing whitespace on line 2
        @@ -1,2 +1,2 @@
         one
        -two
        +two··
`,
    );
    assert.equal(project.read('a.txt'), 'one\ntwo\nthree\n');
  });

  it('knows what a command would print where the author offers a look, and what a validator would say', async () => {
    using project = new Project({
      'hosts.yml': localHosts('n1'),
      'play.yml': [
        '- hosts: n1',
        '  tasks:',
        '    - name: version',
        '      command:',
        `        cmd: sh -c 'echo 2 > made; echo 2'`,
        `        check: sh -c 'echo "1 and" more'`,
        '        touches: []',
        '      register: version',
        '    - {name: script, file.copy: {dest: "{{ where }}/a.sh", content: "echo {{ version.stdout_lines.[0] }}\\n", validate: "sh -n %s"}}',
        '    - {name: broken, file.copy: {dest: "{{ where }}/b.sh", content: "if\\n", validate: "sh -n %s"}}',
        '',
      ].join('\n'),
    });
    const { code, stdout } = await project.run('run', 'play.yml', '-i', 'hosts.yml', '-C', '-D', '-e', `where=${project.directory}`);
    assert.match(stdout, /^ {2}would change: \[n1\] \(assumes the command prints what its check prints now\)$/m);
    assert.match(stdout, /^ {8}--- \(none\)\n {8}\+\+\+ .*a\.sh\n {8}@@ -0,0 \+1,1 @@\n {8}\+echo 1 and more$/m);
    assert.match(stdout, /^ {2}would fail: \[n1\] content: the command ended with status 1: the new file was refused by its validation:$/m);
    assert.deepEqual([code, project.has('made'), project.has('a.sh')], [2, false, false]);
  });

  it('fails a requirement that nothing provides in the words of the run', async () => {
    using project = new Project({
      'hosts.yml': localHosts('n1'),
      'play.yml': '- hosts: n1\n  tasks:\n    - file.copy: {dest: /nonexistent/folder/a, content: x}\n',
    });
    const args = ['run', 'play.yml', '-i', 'hosts.yml'];
    const words = (stdout: string): string | undefined => /^ {2}(?:would fail|failed): (.*)$/m.exec(stdout)?.[1];
    const [check, run] = await Promise.all([project.run(...args, '--check'), project.run(...args)]);
    assert.equal(words(check.stdout), '[n1] the directory /nonexistent/folder does not exist; create it first, with file.directory');
    assert.equal(words(run.stdout), words(check.stdout));
    assert.deepEqual([check.code, run.code], [2, 2]);
  });
});
