// Hosts and groups that tasks make: in the inventory at once, with turns from the next play on, the same in a dry run.
import assert from 'node:assert/strict';
import { InputError } from '../../src/errors/errors.ts';
import { compileWritten, recap, runWritten, trace, type Written } from './support/playbook.ts';

async function both(written: Written): Promise<Awaited<ReturnType<typeof runWritten>>> {
  const check = await runWritten(written, { mode: 'check' });
  const run = await runWritten(written);
  assert.deepEqual([trace(check), recap(check)], [trace(run), recap(run)]);
  return run;
}

async function refusal(play: string): Promise<string> {
  const error = await compileWritten({ play }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof InputError);
  return error.message;
}

describe('hosts and groups that come while a playbook runs', () => {
  it('have their turns from the next play on, with their variables and those of their groups', async () => {
    const run = await both({
      play: `- hosts: n1, n2
  tasks:
    - {name: add, loop: [m2, m1], add_host: {name: "{{ item }}", groups: "web, made", port: 80, ansible_host: 192.0.2.1}, register: added}
    - {name: now, debug: {msg: "{{ join groups.made ',' }} {{ join play_hosts ',' }}"}}
- hosts: web
  tasks:
    - {name: says, debug: {msg: "{{ kind }} {{ default port 'none' }} {{ join group_names ',' }} {{ default hostvars.[m1].address '' }}"}}
- hosts: made
  order: sorted
  serial: 1
  tasks:
    - {name: again, debug: {msg: "{{ inventory_hostname }}"}, notify: never}
    - {name: calls, command: {argv: ["true"]}, notify: told}
  handlers:
    - {name: told, debug: {msg: x}}
    - {name: never, debug: {msg: x}}
`,
      hosts: 'all: {hosts: {n1: , n2: }}\nweb: {hosts: {n2: }, vars: {kind: website}}\n',
    });
    assert.deepEqual(trace(run), [
      'n1 add (m2): ok',
      'n1 add (m1): ok',
      'n1 now: ok',
      'n2 now: ok',
      'n2 says: ok',
      'm2 says: ok',
      'm1 says: ok',
      'm1 again: ok',
      'm1 calls: changed',
      'm1 told: ok',
      'm2 again: ok',
      'm2 calls: changed',
      'm2 told: ok',
    ]);
    const words = run.results.filter(({ task }) => task.name === 'says' || task.name === 'now').map(({ message }) => message);
    assert.deepEqual(words, [
      'm2,m1 n1,n2',
      'm2,m1 n1,n2',
      'website none web 192.0.2.1',
      'website 80 made,web 192.0.2.1',
      'website 80 made,web 192.0.2.1',
    ]);
  });

  it('are groups of hosts by what they are, whose files of variables are read', async () => {
    const run = await both({
      play: `- hosts: all
  tasks: [{name: by, group_by: {key: "kind {{ kind }}", parents: kinds}}]
- {hosts: kind-b, tasks: [{name: of b, debug: {msg: "{{ words }} {{ own }}"}}]}
- {hosts: kinds, tasks: [{name: all of them, debug: {msg: x}}]}
- {hosts: kind-z, tasks: [{name: of none, debug: {msg: x}}]}
`,
      hosts: 'all: {hosts: {n1: {kind: a}, n2: {kind: b, own: mine}}, vars: {words: of all}}\n',
      files: { 'group_vars/kind-b.yml': 'words: of b\nown: not mine\n' },
    });
    assert.deepEqual(trace(run), ['n1 by: ok', 'n2 by: ok', 'n2 of b: ok', 'n1 all of them: ok', 'n2 all of them: ok']);
    assert.equal(run.results[2]?.message, 'of b mine');
    assert.ok(run.events.some(event => event.kind === 'note' && event.text.includes('no host is in kind-z by now')));
  });

  it('come into groups that stand in others, which then have them too, with their variables and in their order', async () => {
    const run = await both({
      play: `- hosts: n1
  tasks:
    - {name: add, add_host: {name: m1, groups: web}}
    - {name: by, group_by: {key: web, parents: [over, n]}}
    - {name: now, debug: {msg: "{{ join groups.zone ',' }} {{ join groups.over ',' }} {{ join groups.all ',' }} {{ join groups.ungrouped ',' }}"}}
- hosts: zone
  tasks: [{name: says, debug: {msg: "{{ word }} {{ join group_names ',' }}"}}]
`,
      hosts: `all: {hosts: {n1: , n4: }}
zone: {children: {web: , db: }, vars: {word: of zone}}
web: {hosts: {n2: }}
db: {hosts: {n3: {word: own}}}
`,
      files: { 'group_vars/over.yml': 'word: of over\n' },
    });
    const words = run.results.filter(({ task }) => task.module === 'debug').map(({ host, message }) => `${host} ${message ?? ''}`);
    assert.deepEqual(words, [
      'n1 n2,m1,n1,n3 n2,m1,n1 n1,n4,m1,n2,n3 n4',
      'n2 of over n,over,web,zone',
      'm1 of over n,over,web,zone',
      'n1 of over n,over,web,zone',
      'n3 own db,zone',
    ]);
  });

  it('cannot be called or be given what an inventory would not take', async () => {
    const run = await runWritten({
      play: `- hosts: n1
  ignore_errors: true
  tasks:
    - {name: a, add_host: {name: "{{ x }}"}, vars: {x: "m 1"}}
    - {name: b, add_host: {name: m1, groups: "{{ x }}"}, vars: {x: "1 a"}}
    - {name: c, add_host: {name: m1, ssh_port: "{{ x }}"}, vars: {x: high}}
    - {name: d, group_by: {key: "{{ x }}"}, vars: {x: "a/b"}}
    - {name: e, group_by: {key: a, parents: b}}
    - {name: f, group_by: {key: b, parents: "{{ x }}"}, vars: {x: a}}
`,
    });
    assert.deepEqual(
      run.results.map(({ message }) => message?.split(',')[0]),
      [
        '"m 1" cannot be the name of a host',
        '"1 a" cannot be the name of a group',
        '"ssh_port" must be a whole number',
        '"a/b" cannot be the name of a group',
        undefined,
        'the group b cannot stand in a',
      ],
    );
  });

  it('are expected by the plays behind them alone, and by nothing that looks at its hosts before the run', async () => {
    assert.match(
      await refusal('- {hosts: web, tasks: []}\n- {hosts: n1, tasks: [{add_host: {name: m1, groups: web}}]}\n'),
      /"web" matches no host or group/,
    );
    assert.match(
      await refusal('- {hosts: n1, tasks: [{add_host: {name: m1, groups: web}}]}\n- {hosts: wbe, tasks: []}\n'),
      /"wbe" matches no host or group/,
    );
    assert.match(
      await refusal('- {hosts: n1, tasks: [{add_host: {name: m1}}]}\n- {hosts: all, roles: [java]}\n'),
      /play.yml:2:24 {2}role java looks at the variables of its hosts before the run/,
    );
    assert.match(
      await refusal(
        '- {hosts: n1, tasks: [{add_host: {name: m1}}]}\n- {hosts: all, vars_files: ["{{ inventory_hostname }}.yml"], tasks: []}\n',
      ),
      /play.yml:2:30 {2}this file of variables is read before the run/,
    );
    assert.match(
      await refusal('- {hosts: n1, tasks: [{debug: {msg: "{{ later }}"}}, {add_host: {name: m1}}]}\n'),
      /nothing defines "later"/,
    );
  });
});
