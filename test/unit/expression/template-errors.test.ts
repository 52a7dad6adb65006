// Everything a template can be wrong in, with exact words and places.
import assert from 'node:assert/strict';
import { formatProblem } from '../../../src/errors/problem.ts';
import { checkTemplate, renderTemplate } from '../../../src/expression/render-template.ts';
import { AT, outcomeOf, SCOPE } from './variables.ts';

/** Seen without any variable. */
const FAULTS: readonly (readonly [text: string, problem: string])[] = [
  ['{{uper name}}', 'p.yml:10:5  there is no helper "uper", did you mean "upper"?'],
  ['{{add (uper name) 1}}', 'p.yml:10:11  there is no helper "uper", did you mean "upper"?'],
  ['{{upper name name}}', 'p.yml:10:5  upper is given 2 arguments, write {{upper text}}'],
  ['{{replace name "a"}}', 'p.yml:10:5  replace lacks its argument by, write {{replace text part by}}'],
  ['{{join numbers sep=","}}', 'p.yml:10:5  join has no argument sep, write {{join list [separator]}}'],
  ['{{join numbers "," separator=","}}', 'p.yml:10:5  join is given separator twice, write {{join list [separator]}}'],
  ['{{add port "1"}}', 'p.yml:10:16  add: right must be a number, got the string "1", write (int …) around it'],
  ['{{upper (length name)}}', 'p.yml:10:13  upper: text must be a string, length gives a whole number'],
  ['{{map numbers "uper"}}', 'p.yml:10:19  there is no helper "uper", did you mean "upper"?'],
  ['{{json pair indent="2"}}', 'p.yml:10:24  json: indent must be a whole number, got the string "2", write (int …) around it'],
  ['{{#foo}}{{/foo}}', 'p.yml:10:5  there is no block {{#foo}}, write {{#if foo}}, {{#unless foo}}, {{#each foo}} or {{#with foo}}'],
  ['{{#eech x}}{{/eech}}', 'p.yml:10:5  there is no block {{#eech}}, did you mean "each"?'],
  ['{{#eq a b}}{{/eq}}', 'p.yml:10:5  there is no block {{#eq}}, write {{#if (eq …)}}'],
  ['{{if port}}', 'p.yml:10:5  there is no helper "if", write {{#if …}}'],
  ['{{#if}}{{/if}}', 'p.yml:10:5  {{#if}} takes one argument, write {{#if name}}'],
  ['{{#if a b}}{{/if}}', 'p.yml:10:5  {{#if}} takes one argument, put a call in parentheses: {{#if (helper a b)}}'],
  ['{{> p}}', 'p.yml:10:5  partials are not supported, write the text in the template itself'],
  ['{{#*inline "x"}}{{/inline}}', 'p.yml:10:5  inline partials are not supported, write the text in the template itself'],
  ['{{* x}}', 'p.yml:10:5  decorators are not supported, remove the *'],
  ['{{undefined}}', 'p.yml:10:7  undefined is not a value, write null'],
  ['{{#if a}}x', 'p.yml:10:5  {{#if}} is never closed, close it with {{/if}}'],
  ['{{#if a}}{{/each}}', 'p.yml:10:8  {{#if}} is closed by {{/each}}, close it with {{/if}}'],
  ['{{/if}}', 'p.yml:10:5  this closes a block that was not opened, remove it, or open the block with {{#…}}'],
  ['{{else}}', 'p.yml:10:5  {{else}} stands outside a block'],
  ['{{ x', 'p.yml:10:5  a {{ is never closed, close it with }}'],
  ['{{ }}', 'p.yml:10:8  there is nothing between {{ and }}, write the name of a variable'],
  ['{{ a/../b }}', 'p.yml:10:8  the path a/.. cannot be followed, write ../ and this at the beginning of a path only'],
  ['{{ a ? b }}', 'p.yml:10:5  there is no helper "a"'],
  ["{{ port | default('x') }}", 'p.yml:10:13  {{ port | default(\'x\') }} is not a template expression, write {{default port "x"}}'],
  ['{{ name | to_json }}', 'p.yml:10:13  {{ name | to_json }} is not a template expression, write {{json name}}'],
  ['{{ x is defined }}', 'p.yml:10:5  there is no helper "x", write {{has x}}'],
  [
    "{{ hostvars['n1'].address }}",
    "p.yml:10:8  {{ hostvars['n1'].address }} is not a template expression, write {{hostvars.[n1].address}}",
  ],
  ['{{ list[0] }}', 'p.yml:10:8  {{ list[0] }} is not a template expression, write {{list.[0]}}'],
  ['{{ list.0 }}', 'p.yml:10:13  {{ list.0 }} is not a template expression, write {{list.[0]}}'],
  ['{{ port + 1 }}', 'p.yml:10:13  {{ port + 1 }} is not a template expression, write {{add port 1}}'],
  ['{{ a if b else c }}', 'p.yml:10:5  there is no helper "a", write {{ternary b a c}}'],
  ['{{ a in b }}', 'p.yml:10:5  there is no helper "a", write {{contains b a}}'],
  ['{{#if port > 1}}a{{/if}}', 'p.yml:10:16  {{if port > 1}} is not a template expression, write {{#if (gt port 1)}}'],
  ['{{#if x is defined}}a{{/if}}', 'p.yml:10:5  {{#if}} takes one argument, write {{#if (has x)}}'],
  ['a\n{% if x %}', 'p.yml:11:5  {% if %} is Jinja, templates are Handlebars, write {{#if x}}'],
];

/** Seen when the values are there. */
const FAILURES: readonly (readonly [text: string, problem: string])[] = [
  ['{{ prot }}', 'p.yml:10:8  undefined variable "prot", did you mean "port"?'],
  ['{{upper prot}}', 'p.yml:10:13  undefined variable "prot", did you mean "port"?'],
  ['{{#if prot}}{{/if}}', 'p.yml:10:11  undefined variable "prot", did you mean "port"?'],
  ['a\n  {{ pair.x }}', 'p.yml:11:10  "pair" has no "x", did you mean "a"?'],
  ['{{hostvars.n1.adress}}', 'p.yml:10:7  "hostvars.n1" has no "adress", did you mean "address"?'],
  ['{{groups.kafka}}', 'p.yml:10:7  "groups" has no "kafka", it has zookeeper, empty'],
  ['{{groups.zookeeper.[7]}}', 'p.yml:10:7  "groups.zookeeper" has no item 7, it is a list of 2 items, counted from 0'],
  [
    '{{groups.zookeeper.length}}',
    'p.yml:10:7  "groups.zookeeper" is a list and has no "length", write (length …), or size(…) in a condition',
  ],
  ['{{constructor}}', 'p.yml:10:7  undefined variable "constructor"'],
  ['{{pair.__proto__}}', 'p.yml:10:7  "pair" has no "__proto__", it has a, b'],
  ['{{name.length}}', 'p.yml:10:7  "name" is the string "kafka" and has no "length"'],
  ['{{password.x}}', 'p.yml:10:7  "password" is a secret and has no "x"'],
  ['{{nothing.x}}', 'p.yml:10:7  "nothing" is null and has no "x"'],
  ['x{{nothing}}', 'p.yml:10:6  "nothing": null cannot stand in text, write {{default … ""}}'],
  ['x{{pair}}', 'p.yml:10:6  "pair": a map cannot stand in text, write {{json …}}, or name one of its keys'],
  ['x{{numbers}}', 'p.yml:10:6  "numbers": a list of 2 items cannot stand in text, write {{join …}}, {{json …}} or {{#each …}}'],
  ['{{#each groups.zookeeper}}\n{{port}}\n{{/each}}', 'p.yml:11:7  "this" is the string "n1" and has no "port", write @root.port'],
  ['{{#each port}}{{/each}}', 'p.yml:10:5  {{#each}} goes through a list or a map, got the number 9092'],
  ['{{upper port}}', 'p.yml:10:5  upper: text must be a string, got the number 9092'],
  ['{{div 1 0}}', 'p.yml:10:5  div: division by zero'],
  ['{{first groups.empty}}', 'p.yml:10:5  first: the list is empty'],
  ['{{lookup hostvars "n3"}}', 'p.yml:10:5  "this" has no "n3", did you mean "n1"?'],
  ['{{required nothing "give a name"}}', 'p.yml:10:5  give a name'],
  ['{{upper}}', 'p.yml:10:5  upper is a helper and lacks its arguments'],
  ['{{ this }}', 'p.yml:10:8  this has no value outside {{#each}} and {{#with}}, name a variable'],
  ['{{ ../x }}', 'p.yml:10:8  ../x leads out of the template, write fewer ../'],
  ['{{@index}}', 'p.yml:10:7  @index is known inside {{#each}} only'],
  ['{{@frist}}', 'p.yml:10:7  there is no @frist, did you mean "first"?'],
];

describe('expression/template-errors', () => {
  for (const [text, problem] of FAULTS) {
    it(`finds ${JSON.stringify(text)} wrong before any variable is known`, () => {
      assert.deepEqual(checkTemplate(text, AT).map(formatProblem), [problem]);
      assert.deepEqual(
        outcomeOf(() => renderTemplate(text, SCOPE, AT)),
        { error: problem },
      );
    });
  }

  for (const [text, problem] of FAILURES) {
    it(`fails ${JSON.stringify(text)}`, () => {
      assert.deepEqual(checkTemplate(text, AT), []);
      assert.deepEqual(
        outcomeOf(() => renderTemplate(text, SCOPE, AT)),
        { error: problem },
      );
    });
  }

  it('lists all faults of a text', () => {
    assert.deepEqual(checkTemplate('{{uper a}}\n{{> b}}', AT).map(formatProblem), [
      'p.yml:10:5  there is no helper "uper", did you mean "upper"?',
      'p.yml:11:5  partials are not supported, write the text in the template itself',
    ]);
  });

  it('leaves braces of other languages alone', () => {
    for (const text of ['curl -w "%{http_code}"', '${#array[@]}', 'awk {%d}']) assert.equal(renderTemplate(text, SCOPE), text);
  });
});
