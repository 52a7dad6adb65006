// `tsplay drift` from outside: who has moved away from its description, worst first, and nothing is written.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { localHosts, Project } from './support/project.ts';

const files = (name: string): string => `- hosts: all
  vars: {here: "{{ where }}/{{ inventory_hostname }}"}
  tasks:
    - {name: a folder, file.directory: {path: "{{ here }}"}}
    - {name: ${name} one, file.copy: {dest: "{{ here }}/${name}1", content: "1\\n"}}
    - {name: ${name} two, file.copy: {dest: "{{ here }}/${name}2", content: "2\\n"}}
`;

describe('cli: drift', function () {
  this.timeout(60_000);
  it('ranks hosts over several playbooks, writes nothing, and exits 3; with nothing moved it exits 0', async () => {
    using here = new Project({ 'hosts.yml': localHosts('n1', 'n2', 'n3'), 'a.yml': files('a'), 'b.yml': files('b') });
    const args = ['a.yml', 'b.yml', '-i', 'hosts.yml', '-e', `where=${here.directory}`] as const;
    assert.equal((await here.run('run', ...args)).code, 0);
    const still = await here.run('drift', ...args);
    assert.equal(still.code, 0, still.stdout);
    assert.equal(still.stdout, 'as described: n1, n2, n3\n\nnothing has moved on 3 hosts\n');
    here.write({ 'n1/a1': 'edited\n', 'n2/b1': 'edited\n' });
    rmSync(here.path('n2/b2'));
    const { code, stdout } = await here.run('drift', ...args);
    assert.equal(code, 3);
    assert.match(
      stdout,
      /^n2: 2 attributes in 2 tasks\n {2}TASK \[b one\] file\.copy at b\.yml:5:\d+\n {6}content: is sha256:\S+, should be sha256:/,
    );
    assert.match(
      stdout,
      /\n {2}TASK \[b two\].*\n {6}content: is absent, should be sha256:\S+\n\nn1: 1 attribute in 1 task\n {2}TASK \[a one\]/,
    );
    assert.match(stdout, /\n\nas described: n3\n\ndrifted: 2 of 3 hosts\n$/);
    assert.equal(here.read('n1/a1'), 'edited\n');
    assert.equal(here.has('n2/b2'), false);
    const json = await here.run('drift', ...args, '--output', 'json');
    assert.equal(json.code, 3);
    assert.match(json.stdout, /"kind":"run-finished".*"exitCode":3/);
  });
});
