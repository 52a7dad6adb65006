// Files and the environment of the controller, as expressions look at them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatProblem } from '../../../src/errors/problem.ts';
import { evaluateCel } from '../../../src/expression/evaluate-condition.ts';
import { checkTemplate, renderTemplate } from '../../../src/expression/render-template.ts';
import { mapScope } from '../../../src/expression/scope.ts';
import { outcomeOf } from './variables.ts';

describe('expression/controller-files', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'controller-files-'));
    for (const name of ['files', 'templates', 'roles/web/tasks', 'roles/web/files']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'files/key.pub'), 'ssh-ed25519 AAAA ann\n\n');
    writeFileSync(join(folder, 'files/binary'), Buffer.from([0xff, 0xfe, 0x00]));
    writeFileSync(join(folder, 'roles/web/files/key.pub'), 'of the role');
    writeFileSync(join(folder, 'beside.txt'), 'beside');
    writeFileSync(join(folder, 'templates/motd.hbs'), 'welcome to {{upper name}}\n');
    writeFileSync(join(folder, 'templates/broken.hbs'), 'a\n{{ typo }}\n');
    writeFileSync(join(folder, 'templates/itself.hbs'), 'a {{template "itself.hbs"}}');
    writeFileSync(join(folder, 'templates/jinja.hbs'), 'a\n{% if x %}\n');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const scope = mapScope({ name: 'n1', wanted: 'key.pub' });
  const inPlaybook = (text: string) => outcomeOf(() => renderTemplate(text, scope, { file: join(folder, 'site.yml'), line: 3, column: 5 }));
  const inRole = (text: string) =>
    outcomeOf(() => renderTemplate(text, scope, { file: join(folder, 'roles/web/tasks/main.yml'), line: 1, column: 1 }));

  it('finds files beside the playbook, without the line breaks at their end', () => {
    assert.deepEqual(inPlaybook('{{file "key.pub"}}'), { value: 'ssh-ed25519 AAAA ann' });
    assert.deepEqual(inPlaybook('{{file wanted}}'), { value: 'ssh-ed25519 AAAA ann' });
    assert.deepEqual(inPlaybook('{{file "beside.txt"}}'), { value: 'beside' });
  });

  it('finds files of a role first in its own folder', () => assert.deepEqual(inRole('{{file "key.pub"}}'), { value: 'of the role' }));

  it('is the same in a condition', () =>
    assert.equal(evaluateCel('startsWith(file("key.pub"), "ssh-")', scope, { file: join(folder, 'site.yml'), line: 1, column: 1 }), true));

  it('reads a file once', () => {
    assert.deepEqual(inPlaybook('{{file "beside.txt"}}'), { value: 'beside' });
    writeFileSync(join(folder, 'beside.txt'), 'changed');
    assert.deepEqual(inPlaybook('{{file "beside.txt"}}'), { value: 'beside' });
  });

  it('evaluates templates with the same variables, and places what is wrong in their own file', () => {
    assert.deepEqual(inPlaybook('{{template "motd.hbs"}}'), { value: 'welcome to N1\n' });
    const broken = inPlaybook('{{template "broken.hbs"}}');
    assert.ok('error' in broken && broken.error.endsWith('templates/broken.hbs:2:4  undefined variable "typo"'), JSON.stringify(broken));
  });

  it('refuses a template that is part of itself', () => {
    const outcome = inPlaybook('{{template "itself.hbs"}}');
    assert.ok('error' in outcome && outcome.error.includes('this template is part of itself'), JSON.stringify(outcome));
  });

  it('takes the first file that is there', () =>
    assert.deepEqual(inPlaybook('{{file (first_found (list "n1.txt" "key.pub"))}}'), { value: 'ssh-ed25519 AAAA ann' }));

  it('lets default take over where a file or a variable of the environment is not there', () => {
    assert.deepEqual(inPlaybook('{{default (file "none") "x"}}'), { value: 'x' });
    assert.deepEqual(inPlaybook('{{default (first_found (list "none")) "x"}}'), { value: 'x' });
    assert.deepEqual(inPlaybook('{{default (env "NOT_THERE_AT_ALL") "x"}}'), { value: 'x' });
  });

  it('says what is wrong with a file that is named, before any variable is known', () => {
    const faults = (text: string): readonly string[] =>
      checkTemplate(text, { file: join(folder, 'site.yml'), line: 3, column: 5 }).map(problem =>
        formatProblem(problem).replaceAll(`${folder}/`, ''),
      );
    assert.deepEqual(faults('{{file "none"}}'), [
      'site.yml:3:5  file: there is no file "none", put it into files/ beside the playbook or role',
    ]);
    assert.deepEqual(faults('x {{upper (file "binary")}}'), [
      'site.yml:3:15  file: the file "binary" is not UTF-8 text, send it with file.copy',
    ]);
    assert.deepEqual(faults('{{template "jinja.hbs"}}'), [
      'templates/jinja.hbs:2:1  {% if %} is Jinja, templates are Handlebars, write {{#if x}}',
    ]);
    assert.deepEqual(faults('{{default (file "none") "x"}}{{#if (has (file "none"))}}{{/if}}{{file wanted}}'), []);
  });
});
