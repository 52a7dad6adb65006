// Which variables a text refers to, and which of them may be missing.
import assert from 'node:assert/strict';
import { type Reference, referencesInCondition, referencesInTemplate } from '../../../src/expression/references.ts';
import { AT } from './variables.ts';

function lines(references: readonly Reference[]): readonly string[] {
  return references.map(
    ({ root, path, guarded, at }) => `${[root, ...path].join('.')}${guarded ? '?' : ''} ${at?.line ?? 0}:${at?.column ?? 0}`,
  );
}

const TEMPLATES: readonly (readonly [text: string, references: readonly string[]])[] = [
  ['no braces', []],
  ['{{ a.b }} {{upper c}}', ['a.b 10:8', 'c 10:23']],
  ['{{default a.b c}}', ['a.b? 10:15', 'c 10:19']],
  ['{{#if (has a)}}{{a}}{{/if}}', ['a? 10:16', 'a? 10:22']],
  ['{{#each a as |x|}}{{x.q}}{{inside}}{{../b}}{{@root.c.d}}{{@index}}{{/each}}{{x}}', ['a 10:13', 'b 10:42', 'c.d 10:50', 'x 10:82']],
  ['{{required a "give a"}}', ['a? 10:16']],
  ['{{join a separator=b}}', ['a 10:12', 'b 10:24']],
  ['{{ broken', []],
];

const CONDITIONS: readonly (readonly [text: string, references: readonly string[]])[] = [
  ['a.b["c"][0] == d', ['a.b.c.0 10:5', 'd 10:20']],
  ['has(a) && a.b > 1', ['a? 10:9', 'a.b? 10:15']],
  ['has(a.b) && c', ['a.b? 10:9', 'c 10:17']],
  ['default(a, b) == 1', ['a? 10:13', 'b 10:16']],
  ['l.all(x, x == y)', ['l 10:5', 'y 10:19']],
  ['type(a) == int', ['a 10:10']],
  ['type == list.map', ['type 10:5', 'list.map 10:13']],
  ['a ==', []],
];

describe('expression/references', () => {
  for (const [text, expected] of TEMPLATES)
    it(`reads the template ${text}`, () => assert.deepEqual(lines(referencesInTemplate(text, AT)), expected));
  for (const [text, expected] of CONDITIONS)
    it(`reads the condition ${text}`, () => assert.deepEqual(lines(referencesInCondition(text, AT)), expected));
});
