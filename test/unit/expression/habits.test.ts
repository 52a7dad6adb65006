// What a person writes who comes from Jinja, and the line that the answer tells them to write: in templates, in tags, in conditions.
import assert from 'node:assert/strict';
import { checkCondition } from '../../../src/expression/evaluate-condition.ts';
import { insteadOf, referencesInCondition, referencesInTemplate } from '../../../src/expression/references.ts';
import { checkTemplate } from '../../../src/expression/render-template.ts';
import { parseTemplate } from '../../../src/expression/template/parse-template.ts';
import { CONDITIONS, NAMES, TEMPLATES, TEXTS } from './habits.ts';

const INSTEAD = /^write (.*)$/;

describe('expression/habits', () => {
  for (const [habit, instead] of TEMPLATES) {
    it(`answers {{ ${habit} }} with {{${instead}}}`, () => {
      assert.deepEqual(
        checkTemplate(`{{ ${habit} }}`).map(({ advice }) => advice),
        [`write {{${instead}}}`],
      );
      assert.deepEqual(parseTemplate(`{{${instead}}}`).faults, []);
    });
  }

  for (const [habit, instead] of TEXTS)
    it(`answers ${habit}`, () =>
      assert.deepEqual(
        checkTemplate(habit).map(({ advice }) => advice?.replace(INSTEAD, '$1')),
        instead,
      ));

  for (const [habit, instead] of CONDITIONS) {
    it(`answers the condition ${habit} with ${instead}`, () => {
      assert.deepEqual(
        checkCondition(habit).map(({ advice }) => advice),
        [`write ${instead}`],
      );
      assert.deepEqual(checkCondition(instead), []);
    });
  }

  for (const [kind, habit, instead] of NAMES) {
    it(`answers the name in ${habit} with ${instead}`, () => {
      const [reference] = kind === 'template' ? referencesInTemplate(habit) : referencesInCondition(habit);
      assert.ok(reference);
      assert.equal(insteadOf(kind, habit, reference), instead);
    });
  }

  it('places every tag where it stands', () =>
    assert.deepEqual(
      checkTemplate('a\n {% if x %}\n{% endif %}', { file: 'a.hbs', line: 1, column: 1 }).map(({ at }) => [at?.line, at?.column]),
      [
        [2, 2],
        [3, 1],
      ],
    ));

  it('makes up no line for what has no counterpart', () => {
    assert.deepEqual(
      checkTemplate("{{ x | password_hash('sha512') }}").map(({ advice }) => advice),
      ['write {{ name }} or {{ helper argument … }}'],
    );
  });
});
