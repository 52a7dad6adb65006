// The live view on a real terminal: it comes to its end, leaves the recap on the screen, and exits as the plain one does.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { screenOf } from '../unit/report/support/screen.ts';
import { environment, MAIN } from './support/program.ts';
import { localHosts, Project } from './support/project.ts';
import { until } from '../support/until.ts';
import { skipBecause } from '../support/skip.ts';

interface Terminal {
  readonly text: () => string;
  readonly type: (keys: string) => void;
  readonly code: Promise<number | null>;
}

/** Runs the program on a pseudo-terminal of util-linux's `script`. */
function onTerminal(project: Project, args: readonly string[], env: NodeJS.ProcessEnv = {}): Terminal {
  const line = `stty cols 100 rows 40; exec "${process.execPath}" "${MAIN}" ${args.join(' ')}`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd: project.directory,
    env: { ...environment(project.directory), ...env },
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const code = once(child, 'close').then(([status]) => status as number | null);
  return { text: () => text, type: keys => void child.stdin.write(keys), code };
}

/** What is left on the screen, with durations taken out. */
function leftOn(terminal: Terminal): string {
  return screenOf(terminal.text()).replaceAll(/\b\d+(?:\.\d+)? s\b/g, 'T s');
}

const HELD = '{{ where }}/go';
const PLAY = [
  '- name: show',
  '  hosts: all',
  '  tasks:',
  '    - {name: first, debug: {msg: hello}}',
  `    - {name: wait for it, wait.until: {argv: [test, -e, "${HELD}"], for: the word to go on, interval: 0.1}}`,
  `    - {name: only one can, command: "test {{ inventory_hostname }} != {{ odd }}"}`,
  '',
].join('\n');

describe('cli: live', function () {
  before(function () {
    if (spawnSync('script', ['--version']).status === 0) return;
    skipBecause(this, 'there is no script(1) of util-linux to make a terminal with');
  });

  for (const [title, odd, expected] of [
    ['a run that succeeds', 'none', 0],
    ['a run in which a host fails', 'n2', 2],
  ] as const) {
    it(`shows what is under way and ends with the recap: ${title}`, async () => {
      using project = new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': PLAY });
      const terminal = onTerminal(project, ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, '-e', `odd=${odd}`]);
      await until('the waiting is shown', () => terminal.text().includes('waiting for the word to go on'));
      const during = screenOf(terminal.text());
      assert.match(during, /^RUN \[play\.yml\] on 2 hosts of hosts\.yml$/m);
      assert.match(during, /TASK \[wait for it\] 0\/2 hosts\n/);
      project.write({ go: '' });
      assert.equal(await terminal.code, expected);
      const screen = leftOn(terminal);
      assert.doesNotMatch(screen, /task \d of \d|waiting for|[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏›]/, 'nothing of the tree is left');
      const plain = await project.run('run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, '-e', `odd=${odd}`);
      const recap = (text: string): string => text.slice(text.indexOf('RECAP')).replaceAll(/, \d+ round trips?, [\d.T]+ s/g, '');
      assert.equal(recap(screen).trimEnd(), recap(plain.stdout).trimEnd());
      assert.equal(screen.match(/RECAP/g)?.length, 1);
      assert.ok(terminal.text().includes('\u001b[?25h'), 'the cursor is shown again');
    });
  }

  it('hears Ctrl-C from the keyboard', async () => {
    using project = new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': PLAY });
    const terminal = onTerminal(project, ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, '-e', 'odd=none']);
    await until('the waiting is shown', () => terminal.text().includes('waiting for the word to go on'));
    terminal.type('\u0003');
    await until('it was heard', () => terminal.text().includes('INTERRUPTED: nothing new is begun'));
    project.write({ go: '' });
    assert.equal(await terminal.code, 130);
    const screen = leftOn(terminal);
    assert.match(screen, /^NOT DONE: 1 task not begun\n {2}- only one can$/m);
    assert.match(screen, /^interrupted: 2 tasks on 2 hosts, /m);
  });

  it('is plain where a terminal can do nothing, and where CI is set', async () => {
    using project = new Project({ 'hosts.yml': localHosts('n1', 'n2'), 'play.yml': PLAY, go: '' });
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${project.directory}`, '-e', 'odd=none'];
    for (const env of [{ TERM: 'dumb' }, { CI: 'true' }]) {
      const terminal = onTerminal(project, args, env);
      assert.equal(await terminal.code, 0);
      assert.match(screenOf(terminal.text()), /^ok: 3 tasks on 2 hosts/m);
      assert.doesNotMatch(terminal.text(), /\u001b\[\?25|task \d of 3/);
    }
    const usual = onTerminal(project, args);
    assert.equal(await usual.code, 0);
    assert.ok(usual.text().includes('\u001b[?25'), 'the usual terminal gets the tree');
  });
});
