// Every example of every helper is run, in a template and as a condition, and every helper has one.
import assert from 'node:assert/strict';
import { evaluateCel } from '../../../src/expression/evaluate-condition.ts';
import { HELPERS } from '../../../src/expression/helpers/table.ts';
import { inCondition } from '../../../src/expression/in-condition.ts';
import { checkTemplate, renderTemplate } from '../../../src/expression/render-template.ts';
import { mapScope } from '../../../src/expression/scope.ts';

describe('expression/helpers', () => {
  for (const helper of HELPERS.values()) {
    it(`${helper.name} does what its examples say`, () => {
      assert.ok(helper.examples.length > 0);
      assert.match(helper.summary, /^[A-Z0-9`].*\.$/);
      for (const { template, with: variables = {}, gives, elsewhere } of helper.examples) {
        assert.ok(template.includes(helper.name), template);
        if (elsewhere === true) continue;
        assert.deepEqual(checkTemplate(template), [], template);
        assert.deepEqual(renderTemplate(template, mapScope(variables)), gives, template);
      }
    });

    it(`${helper.name} does the same in a condition, or says what conditions have instead`, () => {
      const conditions = helper.examples
        .filter(({ elsewhere }) => elsewhere !== true)
        .map(example => ({ ...example, text: inCondition(example.template) }));
      assert.ok(
        helper.inCondition !== undefined ||
          helper.examples.every(({ elsewhere }) => elsewhere) ||
          conditions.some(({ text }) => text !== undefined),
      );
      for (const { text, with: variables = {}, gives } of conditions)
        if (text !== undefined) assert.deepEqual(evaluateCel(text, mapScope(variables)), gives, text);
    });
  }
});
