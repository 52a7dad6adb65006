// Templates: what comes out, with its type, and with secret and unknown on board.
import assert from 'node:assert/strict';
import { renderTemplate, renderValue } from '../../../src/expression/render-template.ts';
import { Secret } from '../../../src/util/secret.ts';
import { AT, type Outcome, outcomeOf, SCOPE } from './variables.ts';

const CASES: readonly (readonly [text: string, outcome: Outcome])[] = [
  ['no braces', { value: 'no braces' }],
  ['{{ port }}', { value: 9092 }],
  ['{{{ port }}}', { value: 9092 }],
  ['{{ nothing }}', { value: null }],
  ['{{ numbers }}', { value: [1, 2] }],
  ['{{ "text" }}', { value: 'text' }],
  ['{{port}} ', { value: '9092 ' }],
  ['{{port}}{{! a comment }}', { value: '9092' }],
  ['a {{~ name ~}} b', { value: 'akafkab' }],
  ['{{yes}}/{{half}}', { value: 'true/1.5' }],
  ['<{{pair.b.c}}> & "{{name}}"', { value: '<x> & "kafka"' }],
  ['\\{{ name }}', { value: '{{ name }}' }],
  ['{{ template }}', { value: '{{ name }}' }],
  ['{{ hostvars.[n1].address }}:{{port}}', { value: '10.0.0.1:9092' }],
  ['{{ groups.zookeeper.[0] }}', { value: 'n1' }],
  ['{{ groups.zookeeper.[-1] }}', { value: 'n2' }],
  ['{{add port 10000}}', { value: 19092 }],
  ['{{default a.b.c "x"}}', { value: 'x' }],
  ['{{default (upper typo) "x"}}', { value: 'x' }],
  ['{{default nothing 5}}', { value: 5 }],
  ['{{#if no}}a{{else if yes}}b{{else}}c{{/if}}', { value: 'b' }],
  ['{{#if zero}}a{{/if}}{{#if groups.empty}}b{{/if}}{{#if pair}}c{{/if}}', { value: 'c' }],
  ['{{#unless no}}a{{/unless}}', { value: 'a' }],
  ['{{#if (eq name "kafka")}}y{{/if}}', { value: 'y' }],
  ['{{#if (has typo)}}a{{else}}b{{/if}}', { value: 'b' }],
  ['{{#with pair.b}}{{c}}{{../port}}{{/with}}', { value: 'x9092' }],
  ['{{#with pair.b as |it|}}{{it.c}}{{/with}}', { value: 'x' }],
  ['{{#with nothing}}a{{else}}b{{/with}}', { value: 'b' }],
  ['{{#each groups.zookeeper as |host i|}}{{i}}={{host}}{{#unless @last}},{{/unless}}{{/each}}', { value: '0=n1,1=n2' }],
  [
    '{{#each groups.zookeeper}}server.{{add @index 1}}={{lookup @root.hostvars this "address"}}\n{{/each}}',
    { value: 'server.1=10.0.0.1\nserver.2=10.0.0.2\n' },
  ],
  ['{{#each pair}}{{@key}}{{#if @first}}!{{/if}}{{/each}}', { value: 'a!b' }],
  ['{{#each numbers}}{{#each ../groups.zookeeper}}{{@../index}}{{@index}} {{/each}}{{/each}}', { value: '00 01 10 11 ' }],
  ['{{#each groups.empty}}a{{else}}none{{/each}}', { value: 'none' }],
  ['{{#each nothing}}a{{else}}none{{/each}}', { value: 'none' }],
  ['a\n{{#if yes}}\nb\n{{/if}}\nc\n', { value: 'a\nb\nc\n' }],
  ['{{join (pluck (extract hostvars groups.zookeeper) "address") ","}}', { value: '10.0.0.1,10.0.0.2' }],
  ['{{json pair indent=2}}', { value: '{\n  "a": 1,\n  "b": {\n    "c": "x"\n  }\n}' }],
  ['{{ password }}', { secret: 'hunter2' }],
  ['p={{ password }}', { secret: 'p=hunter2' }],
  ['{{upper password}}', { secret: 'HUNTER2' }],
  ['{{json database}}', { secret: '{"user":"app","password":"hunter2"}' }],
  ['{{length password}}', { value: 7 }],
  ['{{#if password}}set{{/if}}', { value: 'set' }],
  ['{{ later }}', { unknown: ['depends on task 3'] }],
  ['{{ later.stdout }}', { unknown: ['depends on task 3'] }],
  ['{{upper later}}', { unknown: ['depends on task 3'] }],
  ['{{later}} {{latest}} {{password}}', { unknown: ['depends on task 3', 'depends on task 4'] }],
  ['a{{#if later}}b{{/if}}', { unknown: ['depends on task 3'] }],
  ['{{#each later}}b{{/each}}', { unknown: ['depends on task 3'] }],
  ['{{json registered}}', { unknown: ['depends on task 5'] }],
  ['{{length registered}}', { value: 2 }],
  ['{{has registered.rc}}', { value: true }],
  ['{{has later.rc}}', { unknown: ['depends on task 3'] }],
  ['{{and no later}}', { value: false }],
  ['{{or later yes}}', { value: true }],
  ['{{and yes later}}', { unknown: ['depends on task 3'] }],
  ['{{default later 5}}', { unknown: ['depends on task 3'] }],
];

describe('expression/render-template', () => {
  for (const [text, outcome] of CASES) {
    it(`renders ${JSON.stringify(text)}`, () =>
      assert.deepEqual(
        outcomeOf(() => renderTemplate(text, SCOPE, AT)),
        outcome,
      ));
  }

  it('renders every string in a value', () => {
    const rendered = renderValue({ a: ['{{ port }}', 1], b: { c: '{{name}}-x' } }, SCOPE);
    assert.deepEqual(rendered, { a: [9092, 1], b: { c: 'kafka-x' } });
    assert.ok(Object.isFrozen(rendered));
  });

  it('hands each piece to a filter that can tell {{{ }}} from {{ }}', () => {
    const piece = (value: unknown, raw: boolean): string => (raw ? String(value) : `'${String(value)}'`);
    assert.equal(renderTemplate('{{name}}', SCOPE, AT, { piece }), "'kafka'");
    assert.equal(renderTemplate('echo {{name}} {{{name}}}', SCOPE, AT, { piece }), "echo 'kafka' kafka");
  });

  it('never shows a secret that is part of what fails', () => {
    for (const text of [
      '{{int password}}',
      '{{sort (concat numbers (split password))}}',
      '{{lookup pair password}}',
      '{{upper (extract pair (split password))}}',
    ]) {
      const outcome = JSON.stringify(outcomeOf(() => renderTemplate(text, SCOPE, AT)));
      assert.ok(!outcome.includes('hunter2'), outcome);
    }
  });

  it('keeps secrets inside a list secret', () => {
    const list = renderTemplate('{{split password "t"}}', SCOPE);
    assert.ok(Array.isArray(list) && list.every(item => item instanceof Secret));
  });
});
