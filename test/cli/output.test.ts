// What is printed, and for whom: lines for a pipe, events for a program, test cases for CI; and which tasks and hosts take part.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventsOf, finishOf, ofKind, statuses } from './support/events.ts';
import { MAIN } from './support/program.ts';
import { localHosts, Project } from './support/project.ts';
import { until } from '../support/until.ts';

const PLAY = [
  '- name: files',
  '  hosts: all',
  '  tasks:',
  '    - {name: a folder, file.directory: {path: "{{ where }}/{{ inventory_hostname }}"}, tags: [folders]}',
  '    - {name: a file, file.copy: {dest: "{{ where }}/{{ inventory_hostname }}/a", content: x}, tags: [files, late], notify: tell}',
  '    - {name: words, debug: {msg: "{{ greeting }}"}, tags: [never, words]}',
  '    - {name: untagged, debug: {msg: "{{ greeting }}"}}',
  '  handlers:',
  '    - {name: tell, debug: {msg: told}}',
  '',
].join('\n');

function project(): Project {
  return new Project({ 'hosts.yml': `${localHosts('n1', 'n2', 'n3')}web: {hosts: {n1: , n3: }}\n`, 'play.yml': PLAY });
}

describe('cli: output', () => {
  it('prints an event a line with --output json, each as the reporters have it', async () => {
    using here = project();
    const args = [
      'run',
      'play.yml',
      '-i',
      'hosts.yml',
      '-e',
      `where=${here.directory}`,
      '-e',
      'greeting=hello',
      '--output',
      'json',
      '-l',
      'n1',
    ];
    const { code, stdout, stderr } = await here.run(...args);
    assert.deepEqual([code, stderr], [0, '']);
    const events = eventsOf(stdout);
    assert.deepEqual(
      events.map(event => event.kind),
      [
        'run-started',
        'play-started',
        ...['task-started', 'change', 'task-result'],
        ...['task-started', 'change', 'notified', 'task-result'],
        ...['task-started', 'task-result'],
        ...['task-started', 'task-result'],
        'run-finished',
      ],
    );
    assert.deepEqual(statuses(events), ['n1 a folder: changed', 'n1 a file: changed', 'n1 untagged: ok', 'n1 tell: ok']);
    assert.deepEqual(
      ofKind(events, 'change').map(({ change }) => change),
      [
        { attribute: 'state', from: 'absent', to: 'directory' },
        { attribute: 'content', from: 'absent', to: 'sha256:2d711642b726' },
      ],
    );
    const { recap, exitCode, notDone } = finishOf(events);
    assert.deepEqual(recap, [{ host: 'n1', ok: 2, changed: 2, skipped: 0, failed: 0, unreachable: 0, unknown: 0, ignored: 0, rescued: 0 }]);
    assert.deepEqual([exitCode, notDone], [0, []]);
  });

  it('says in the last event what the process exits with', async () => {
    using here = project();
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${here.directory}`, '-e', 'greeting=hello', '--output', 'json'];
    const { code, stdout } = await here.run(...args, '--check', '--exit-code');
    assert.equal(finishOf(eventsOf(stdout)).exitCode, 3);
    assert.equal(code, 3);
  });

  it('says so for several playbooks in one output: what is pending in one is pending to the end', async () => {
    using here = project();
    here.write({ 'calm.yml': '- {name: calm, hosts: n1, tasks: [{name: words, debug: {msg: calm}}]}\n' });
    const args = ['run', 'play.yml', 'calm.yml', '-i', 'hosts.yml', '-e', `where=${here.directory}`, '-e', 'greeting=hello'];
    const checked = (...more: readonly string[]) => here.run(...args, '--check', ...more);
    const [json, lenient, junit, plain] = await Promise.all([
      checked('--exit-code', '--output', 'json'),
      checked('--output', 'json'),
      checked('--exit-code', '--output', 'junit'),
      checked('--exit-code'),
    ]);
    const codes = (stdout: string): readonly number[] => ofKind(eventsOf(stdout), 'run-finished').map(({ exitCode }) => exitCode);
    assert.deepEqual([json.code, ...codes(json.stdout)], [3, 3, 3]);
    assert.deepEqual([lenient.code, ...codes(lenient.stdout)], [0, 0, 0]);
    assert.equal(junit.code, 3);
    assert.equal(junit.stdout.match(/<\?xml/g)?.length, 1);
    assert.match(junit.stdout, /^<testsuites name="play\.yml calm\.yml" /m);
    assert.match(junit.stdout, /<testsuite name="calm" [^>]*>\n {4}<properties><property name="exitCode" value="3"\/><\/properties>$/m);
    assert.match(
      plain.stdout,
      /^changes are pending: 4 tasks on 3 hosts, would change=6,[^]*\n\nRUN \[calm\.yml\][^]*\nchanges are pending: 1 task on 1 host, would change=0, /m,
    );
  });

  it('writes test cases with --output junit', async () => {
    using here = project();
    const { stdout } = await here.run(
      'run',
      'play.yml',
      '-i',
      'hosts.yml',
      '-t',
      'words',
      '-e',
      'greeting=a<b',
      '--output',
      'junit',
      '-l',
      'n2',
    );
    assert.match(stdout, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="play\.yml" tests="1" failures="0"/);
    assert.match(stdout, /<testcase classname="n2" name="words" file="play\.yml" line="6"/);
    assert.match(stdout, /<property name="exitCode" value="0"\/>/);
  });

  it('is plain and without colour when piped, whatever is asked of the live view', async () => {
    using here = project();
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-t', 'words', '-e', 'greeting=hello', '-l', 'n1'];
    const [usual, live, coloured] = await Promise.all([
      here.run(...args),
      here.run(...args, '--output', 'live'),
      here.run(...args, '--color', 'always'),
    ]);
    const lines = (text: string): readonly string[] => text.split('\n').slice(0, 5);
    assert.deepEqual(lines(usual.stdout), [
      'RUN [play.yml] on 1 host of hosts.yml',
      '',
      'PLAY [files] n1',
      'TASK [words]',
      '  ok: [n1] hello',
    ]);
    assert.deepEqual(lines(live.stdout), lines(usual.stdout));
    assert.match(coloured.stdout, /\u001b\[1mRUN/);
  });

  it('takes the tasks that tags leave and the hosts that the limit leaves', async () => {
    using here = project();
    const of = async (...more: readonly string[]): Promise<readonly string[]> => {
      const common = [
        'run',
        'play.yml',
        '-i',
        'hosts.yml',
        '-e',
        `where=${here.directory}`,
        '-e',
        'greeting=hello',
        '--check',
        '--output',
        'json',
      ];
      return statuses(eventsOf((await here.run(...common, ...more)).stdout));
    };
    assert.deepEqual(await of('-t', 'folders', '-l', 'web', '-f', '1'), ['n1 a folder: changed', 'n3 a folder: changed']);
    assert.deepEqual(await of('-t', 'folders,words', '-l', 'all:!n2:!n3'), ['n1 a folder: changed', 'n1 words: ok']);
    assert.deepEqual(await of('--skip-tags', 'late,folders', '-l', 'n3'), ['n3 untagged: ok']);
    assert.deepEqual(await of('-l', 'n2', '--tags', 'tagged', '--skip-tags', 'late'), ['n2 a folder: changed']);
  });

  it('gives -e above every other source, typed where it is JSON', async () => {
    using here = project();
    here.write({ 'group_vars/all.yml': 'greeting: from the group\nport: 1\n', 'more.yml': 'port: 4\n' });
    here.write({ 'port.yml': '- hosts: n1\n  tasks:\n    - debug: {msg: "{{ add port 1 }} {{ greeting }}"}\n' });
    const says = async (...extra: readonly string[]): Promise<string | undefined> =>
      /ok: \[n1\] (.*)$/m.exec((await here.run('run', 'port.yml', '-i', 'hosts.yml', ...extra)).stdout)?.[1];
    assert.equal(await says(), '2 from the group');
    assert.equal(await says('-e', '{"port": 2}', '-e', 'greeting="two words"'), '3 two words');
    assert.equal(await says('-e', '{"port": 2}', '-e', '@more.yml'), '5 from the group');
  });

  it('runs hosts one after the other with -f 1', async () => {
    using here = project();
    here.write({ 'slow.yml': "- hosts: all\n  tasks:\n    - {name: note, command: sh -c 'echo + >> log; sleep 0.1; echo - >> log'}\n" });
    const { code } = await here.run('run', 'slow.yml', '-i', 'hosts.yml', '-f', '1');
    assert.equal(code, 0);
    assert.equal(here.read('log').replaceAll('\n', ''), '+-+-+-');
  });

  it('lists tasks and hosts and does nothing', async () => {
    using here = project();
    const args = ['run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${here.directory}`, '-e', 'greeting=hello'];
    const [tasks, some, hosts, syntax] = await Promise.all([
      here.run(...args, '--list-tasks'),
      here.run(...args, '--list-tasks', '-t', 'late'),
      here.run(...args, '--list-hosts', '-l', 'web'),
      here.run(...args, '--syntax-check'),
    ]);
    assert.equal(
      tasks.stdout,
      'files\n  a folder  (file.directory)  [folders]\n  a file  (file.copy)  [files, late]\n  untagged  (debug)\n',
    );
    assert.equal(some.stdout, 'files\n  a file  (file.copy)  [files, late]\n');
    assert.equal(hosts.stdout, 'files\n  n1\n  n3\n');
    assert.equal(syntax.stdout, '');
    assert.deepEqual(
      [tasks, some, hosts, syntax].map(({ code, stderr }) => [code, stderr]),
      [tasks, some, hosts, syntax].map(() => [0, '']),
    );
    assert.equal(here.has('n1'), false);
  });

  it('goes on when a reader leaves', async () => {
    using here = project();
    here.write({
      'loop.yml': `- hosts: n1\n  tasks:\n    - {debug: {msg: "{{ item }}"}, loop: [${[...Array(3000).keys()].join(', ')}]}\n    - file.copy: {dest: "{{ where }}/done", content: x}\n`,
    });
    const program = `"${process.execPath}" "${MAIN}" run loop.yml -i hosts.yml -v -e "where=$PWD" 2>err; echo $? >code`;
    const piped = spawn('sh', ['-c', `{ ${program}; } | head -n 1`], { cwd: here.directory, stdio: 'ignore' });
    await once(piped, 'close');
    await until('the program has ended', () => here.has('code') && here.read('code') !== '');
    assert.deepEqual([here.read('code'), here.read('err'), here.has('done')], ['0\n', '', true]);
  });
});
