// tsplay's playbook is the yardstick in other words: as many tasks, of the same names.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/project-root.ts';

function taskNames(file: string): readonly string[] {
  const text = readFileSync(join(projectRoot(), 'bench', file), 'utf8');
  return [...text.matchAll(/- name: (.+)$/gm)].map(match => match[1] ?? '');
}

describe('bench/62-tasks.yml', () => {
  it('has 62 tasks: those of Ansible, whose first has no name, and the last of pyinfra, for which Ansible gathers facts', () => {
    const own = taskNames('62-tasks.yml');
    assert.equal(own.length, 62);
    assert.deepEqual(own, ['dir', ...taskNames('peers/ansible-62-tasks.yml'), 'last']);
  });
});
