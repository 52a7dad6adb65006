// Every example of every helper is run, and every helper has one.
import assert from 'node:assert/strict';
import { HELPERS } from '../../../src/expression/helpers/table.ts';
import { renderTemplate } from '../../../src/expression/render-template.ts';
import { mapScope } from '../../../src/expression/scope.ts';

describe('expression/helpers', () => {
  for (const helper of HELPERS.values()) {
    it(`${helper.name} does what its examples say`, () => {
      assert.ok(helper.examples.length > 0);
      assert.match(helper.summary, /^[A-Z].*\.$/);
      for (const example of helper.examples) {
        assert.ok(example.template.includes(helper.name), example.template);
        assert.deepEqual(renderTemplate(example.template, mapScope(example.with ?? {})), example.gives, example.template);
      }
    });
  }
});
