// Keywords of tasks, each in a dry run and in a run: what is foretold is what is done.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recap, runWritten, trace } from './support/playbook.ts';

type Ran = Awaited<ReturnType<typeof runWritten>>;

const play = (tasks: string, more = ''): string => `- hosts: n1\n  tasks:\n${tasks.replaceAll(/^(?=.)/gm, '    ')}${more}`;

describe('keywords of tasks', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tsplay-keywords-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const both = async (text: string): Promise<{ readonly check: Ran; readonly run: Ran }> => {
    const check = await runWritten({ play: text }, { mode: 'check' });
    return { check, run: await runWritten({ play: text }) };
  };
  const same = async (text: string): Promise<Ran> => {
    const { check, run } = await both(text);
    assert.deepEqual([trace(check), recap(check), check.exitCode], [trace(run), recap(run), run.exitCode]);
    return run;
  };

  it('changed_when: a list means and, false is no change, and its handlers stay quiet', async () => {
    const run = await same(
      play(
        `- {name: quiet, command: echo hi, changed_when: false, notify: handler}
- {name: loud, debug: {msg: x}, register: r, changed_when: ["true", "r.msg == 'x'"], notify: handler}
- {name: half, debug: {msg: x}, changed_when: ["true", "false"]}
`,
        '  handlers:\n    - {name: handler, debug: {msg: x}}\n',
      ),
    );
    assert.deepEqual(trace(run), ['n1 quiet: ok', 'n1 loud: changed', 'n1 half: ok', 'n1 handler: ok']);
  });

  it('changed_when that rests on an output is unknown until the command has run', async () => {
    const text = play(`- {name: ask, command: echo hi, register: r, changed_when: "r.stdout_lines[0] == 'hi'"}\n`);
    const { check, run } = await both(text);
    assert.deepEqual([trace(check), trace(run)], [['n1 ask: unknown'], ['n1 ask: changed']]);
  });

  it('failed_when fails what went well, and lets pass what did not', async () => {
    const { check, run } = await both(
      play(`- {name: odd, command: sh -c 'echo out; exit 3', register: r, failed_when: r.status != 3}
- {name: then, debug: {msg: "{{ r.stdout }} {{ r.status }} {{ r.failed }}"}}
- {name: bad, command: echo no, register: r, failed_when: ["r.status == 0", "r.stdout_lines[0] == 'no'"], ignore_errors: true}
- {name: last, assert: {that: [r.failed, r.failed_when_result]}}
`),
    );
    assert.deepEqual(trace(run), ['n1 odd: changed', 'n1 then: ok', 'n1 bad: failed, ignored', 'n1 last: ok']);
    assert.equal(run.results[1]?.message, 'out\n 3 false');
    assert.deepEqual(trace(check), ['n1 odd: changed', 'n1 then: unknown', 'n1 bad: changed', 'n1 last: unknown']);
    assert.match(check.results[0]?.assumes.join() ?? '', /failed_when does not hold/);
  });

  it('a failure that is none of the result stays one, whatever failed_when says', async () => {
    const run = await same(play('- {name: bad, file.stat: {path: "{{ x.y }}"}, vars: {x: {}}, failed_when: false}\n'));
    assert.deepEqual(trace(run), ['n1 bad: failed']);
  });

  it('until tries again; a dry run takes for granted that it comes to hold', async () => {
    const counter = join(folder, 'n');
    const text = play(`- name: poll
  command: sh -c 'echo x >> ${counter}; wc -l < ${counter}'
  register: r
  until: int(r.stdout_lines[0]) >= 3
  retries: 5
  delay: 0
- {name: says, debug: {msg: "{{ r.attempts }}"}}
`);
    const { check, run } = await both(text);
    assert.deepEqual(
      [trace(check), trace(run)],
      [
        ['n1 poll: changed', 'n1 says: unknown'],
        ['n1 poll: changed', 'n1 says: ok'],
      ],
    );
    assert.equal(run.results[1]?.message, '3');
    assert.equal(run.events.filter(event => event.kind === 'waiting').length, 2);
    assert.match(check.results[0]?.assumes.join() ?? '', /it comes to hold/);
  });

  it('until in vain has failed, and retries alone wait for success', async () => {
    const run = await runWritten({
      play: play(`- {name: vain, command: "true", until: false, retries: 2, delay: 0, register: r, ignore_errors: true}
- {name: says, debug: {msg: "{{ r.attempts }} {{ r.failed }}"}}
- {name: never asked, command: "true", until: false, retries: 0}
- {name: again, command: sh -c 'echo x >> ${folder}/n; test $(wc -l < ${folder}/n) = 2', retries: 3, delay: 0}
`),
    });
    assert.deepEqual(trace(run), ['n1 vain: failed, ignored', 'n1 says: ok', 'n1 never asked: changed', 'n1 again: changed']);
    assert.equal(run.results[1]?.message, '2 true');
    assert.match(run.results[0]?.message ?? '', /^tried 3 times in vain for: false/);
  });

  it('a loop that cannot be told is skipped where its condition does not hold', async () => {
    const run = await same(play('- {name: t, debug: {msg: x}, loop: "{{ x.y }}", vars: {x: {}}, when: false}\n'));
    assert.deepEqual(trace(run), ['n1 t: skipped']);
  });

  it('until knows which attempt it is', async () => {
    const run = await runWritten({
      play: play('- {name: third, debug: {msg: x}, until: r.attempts == 3, retries: 2, delay: 0, register: r}\n'),
    });
    assert.deepEqual(trace(run), ['n1 third: ok']);
  });

  it('loop_control names, counts, labels, looks around and breaks', async () => {
    const run = await same(
      play(`- name: outer
  loop: [[a, b], [c]]
  loop_control: {loop_var: pair, index_var: i, extended: true}
  debug: {msg: "{{ i }} {{ length pair }} {{ ansible_loop.index }}/{{ ansible_loop.length }} {{ json (default ansible_loop.nextitem 'none') }}"}
- name: labelled
  loop: [{name: one, secret: x}, {name: two, secret: y}, {name: three, secret: z}]
  loop_control: {label: "{{ item.name }}", break_when: item.name == 'two', pause: 0}
  debug: {msg: "{{ item.name }}"}
- loop: [1, 2]
  loop_control: {loop_var: n}
  block: [{name: inner, loop: [x, y], debug: {msg: "{{ n }}{{ item }}"}}]
`),
    );
    assert.deepEqual(
      run.results.map(({ item, message }) => `${item ?? ''} ${message ?? ''}`),
      ['["a","b"] 0 2 1/2 ["c"]', '["c"] 1 1 2/2 "none"', 'one one', 'two two', '1 / x 1x', '1 / y 1y', '2 / x 2x', '2 / y 2y'],
    );
    const places = run.results.slice(4).map(({ index }) => index);
    assert.equal(new Set(places).size, 4);
  });

  it('environment is handed down, the nearer one counts', async () => {
    const run = await runWritten({
      play: `- hosts: n1
  environment: {A: play, B: play, N: 1}
  tasks:
    - environment: [{B: block}, {C: block}]
      block:
        - {name: say, command: sh -c 'echo $A $B $C $D $N', environment: {C: task}, register: r}
        - {name: own, command: {argv: [sh, -c, "echo $C"], environment: {C: own}}, register: s}
    - {name: says, debug: {msg: "{{ r.stdout }}{{ s.stdout }}"}}
`,
    });
    assert.equal(run.results.at(-1)?.message, 'play block task 1\nown\n');
  });

  it('module_defaults and args are parameters; the nearer ones count', async () => {
    await same(`- hosts: n1
  module_defaults: {file.copy: {mode: "0600", content: play}}
  tasks:
    - module_defaults: {file.copy: {content: block}}
      block: [{name: one, file.copy: {dest: ${folder}/one}}]
    - {name: two, file.copy: {dest: ${folder}/two}, args: {mode: "0644"}}
`);
    assert.deepEqual([readFileSync(join(folder, 'one'), 'utf8'), readFileSync(join(folder, 'two'), 'utf8')], ['block', 'play']);
  });

  it('listen has handlers run for a topic, and an expression names them for each item', async () => {
    const run = await same(`- hosts: n1
  tasks:
    - {name: one, file.copy: {dest: ${folder}/a, content: x}, notify: topic}
    - {name: two, file.copy: {dest: "${folder}/{{ item }}", content: x}, loop: [p, q], notify: "restart {{ item }}"}
  handlers:
    - {name: restart q, debug: {msg: x}}
    - {name: listens, debug: {msg: x}, listen: [topic, other]}
    - {name: restart r, debug: {msg: x}}
    - {name: restart p, debug: {msg: x}}
`);
    assert.deepEqual(trace(run).slice(3), ['n1 restart q: ok', 'n1 listens: ok', 'n1 restart p: ok']);
  });

  it('check_mode: true foretells only, and leaves what the run knows as it is', async () => {
    const run = await same(
      play(`- {name: only said, file.copy: {dest: ${folder}/a, content: x}, check_mode: true}
- {name: look, file.stat: {path: ${folder}/a}, register: r, check_mode: false}
- {name: says, debug: {msg: "{{ r.exists }}"}}
`),
    );
    assert.equal(existsSync(join(folder, 'a')), false);
    assert.equal(run.results[2]?.message, 'false');
  });

  it('no_log shows nothing of what a task does', async () => {
    const { check, run } = await both(
      play(`- {name: hidden, file.copy: {dest: ${folder}/a, content: hush}, loop: [hush], no_log: true}
- {name: said, debug: {msg: hush}, no_log: true}
`),
    );
    for (const { events } of [check, run]) assert.doesNotMatch(JSON.stringify(events), /hush/);
    assert.equal(readFileSync(join(folder, 'a'), 'utf8'), 'hush');
  });

  it('diff is shown or not, whatever the command line says', async () => {
    writeFileSync(join(folder, 'a'), 'old\n');
    const text = play(`- {name: a, file.copy: {dest: ${folder}/a, content: "new\\n"}, diff: true}\n`);
    const { results } = await runWritten({ play: text }, { mode: 'check' });
    assert.match(results[0]?.changes.map(({ diff }) => diff).join('') ?? '', /\+new/);
    const without = await runWritten({ play: text.replace('diff: true', 'diff: false') }, { mode: 'check', diff: true });
    assert.ok(without.results[0]?.changes.every(({ diff }) => diff === undefined));
  });

  it('timeout ends a step', async () => {
    const run = await runWritten({ play: play('- {name: long, command: sleep 60, timeout: 1}\n') });
    assert.match(run.results[0]?.message ?? '', /^still running after 1 s, ended/);
  });
});
