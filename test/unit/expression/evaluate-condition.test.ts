// Conditions: answers, unknown as the third of them, and exact words and places for what is wrong.
import assert from 'node:assert/strict';
import { formatProblem } from '../../../src/errors/problem.ts';
import { checkCondition, evaluateCel, evaluateCondition } from '../../../src/expression/evaluate-condition.ts';
import { renderTemplate } from '../../../src/expression/render-template.ts';
import { type Found, mapScope } from '../../../src/expression/scope.ts';
import { Secret } from '../../../src/util/secret.ts';
import { AT, type Outcome, outcomeOf, SCOPE } from './variables.ts';

const TRUE: readonly string[] = [
  'port + 1 == 9093',
  'port == 9092.0',
  'half * 2 == 3.0',
  'port > 1.5',
  'size(groups.zookeeper) >= 2',
  'name == "kafka" && "n1" in groups.zookeeper',
  "groups['zookeeper'][0] == 'n1'",
  'groups.zookeeper.all(h, hostvars[h].address != "")',
  'groups.zookeeper.all(h, has(hostvars[h].address))',
  'groups.zookeeper.exists(h, h == "n1")',
  'groups.zookeeper.filter(h, h != "n1") == ["n2"]',
  'name.matches("^k") && name.startsWith("ka")',
  'nothing == null && name != null',
  'pair.b == {"c": "x"}',
  'type(port) == int',
  'has(port) && !has(typo) && has(pair.b.c) && !has(pair.q.c) && !has(typo.x) && has(nothing)',
  'default(typo, 5) == 5 && default(pair.b.z, "q") == "q" && default(nothing, 1) == 1 && default(port, 1) == 9092',
  'password == "hunter2"',
  'registered.changed && has(registered.rc)',
  'later || yes',
  'yes || typo',
  'yes ? yes : later',
  'cel.bind(n, size(numbers), n == 2 && n < 3)',
];

const FALSE: readonly string[] = ['later && no', 'no && later', 'no && typo', '!yes', 'port == "9092"', 'groups.empty.exists(h, h == "x")'];

const UNKNOWN: readonly (readonly [text: string, because: readonly string[]])[] = [
  ['later', ['depends on task 3']],
  ['later && yes', ['depends on task 3']],
  ['later || no', ['depends on task 3']],
  ['later && latest', ['depends on task 3', 'depends on task 4']],
  ['registered.rc == 0', ['depends on task 5']],
  ['later.rc == 0 || no', ['depends on task 3']],
  ['!later', ['depends on task 3']],
  ['later ? yes : no', ['depends on task 3']],
  ['has(later.x)', ['depends on task 3']],
  ['later + 1 == 5', ['depends on task 3']],
];

const VALUES: readonly (readonly [text: string, outcome: Outcome])[] = [
  ['port + 1', { value: 9093 }],
  ['half', { value: 1.5 }],
  ['7 / 2', { value: 3 }],
  ['"p" + string(port)', { value: 'p9092' }],
  ['numbers.map(n, n * 2) + [6]', { value: [2, 4, 6] }],
  ['hostvars.n1', { value: { address: '10.0.0.1' } }],
  ['{"a": [port, half]}', { value: { a: [9092, 1.5] } }],
  ['later', { unknown: ['depends on task 3'] }],
  ['password', { secret: 'hunter2' }],
  ['password + "!"', { secret: 'hunter2!' }],
  ['database.user', { value: 'app' }],
  ['size(password)', { value: 7 }],
  ['b"ab"', { error: 'p.yml:10:5  the result is no value that can be used, convert it: string(…)' }],
  ['1.0 / 0.0', { error: 'p.yml:10:5  the result is not a number that can be used' }],
];

/** Seen without any variable. */
const FAULTS: readonly (readonly [text: string, problem: string])[] = [
  ['', 'p.yml:10:5  the expression is empty'],
  ['port ==', 'p.yml:10:12  the expression ends too early, something is missing at the end'],
  ['(port', 'p.yml:10:10  ) is missing at the end'],
  ['name in ["a"', 'p.yml:10:17  ] is missing at the end'],
  ['name == "a', 'p.yml:10:13  a quote is never closed'],
  ['port # 1', 'p.yml:10:10  "#" cannot stand here'],
  ['package == 1', 'p.yml:10:5  "package" is a reserved word of CEL, call the variable something else'],
  ['foo(1)', 'p.yml:10:5  there is no function foo()'],
  ['siz(numbers) > 1', 'p.yml:10:5  there is no function siz(), did you mean "size"?'],
  ['size(5) > 1', 'p.yml:10:5  size() does not take a whole number'],
  ['has(5)', 'p.yml:10:9  this cannot be asked about, write has(name) or has(name.key)'],
  ['"a"', 'p.yml:10:5  a condition must be true or false, compare it with something'],
  ['1 + "a" == 2', 'p.yml:10:5  + cannot be applied to a whole number and a string, convert one of them: string(…) or int(…)'],
  ['x is defined', 'p.yml:10:7  a condition is written in CEL, write has(x)'],
  ['x is not defined', 'p.yml:10:7  a condition is written in CEL, write !has(x)'],
  ['port is defined and name == "a"', 'p.yml:10:10  a condition is written in CEL, write has(port) && name == "a"'],
  ['not yes', 'p.yml:10:9  a condition is written in CEL, write !yes'],
  ['port | default(5) == 5', 'p.yml:10:10  a condition is written in CEL, write default(port, 5) == 5'],
  ['yes and no or later', 'p.yml:10:9  a condition is written in CEL, write yes && no || later'],
  ['port = 9092', 'p.yml:10:10  a condition is written in CEL, write port == 9092'],
  ['"{{ name }}" == "kafka"', 'p.yml:10:6  a condition is written in CEL, write name == "kafka"'],
  ['upper(5) == "5"', 'p.yml:10:11  upper: text must be a string, got the number 5'],
  ['join(groups.zookeeper, ",", 1) == ""', 'p.yml:10:5  join is given 3 arguments, write join(list, [separator])'],
  ['size(upper(name)) == length("a", "b")', 'p.yml:10:26  length is given 2 arguments, write length(value)'],
  ['uper(name) == ""', 'p.yml:10:5  there is no function uper(), did you mean "upper"?'],
  ['ternary(yes, 1, name) == 1', 'p.yml:10:5  a condition is written in CEL, write (yes ? 1 : name) == 1'],
  ['"n1" not in groups.zookeeper', 'p.yml:10:10  a condition is written in CEL, write !("n1" in groups.zookeeper)'],
  ['registered is changed', 'p.yml:10:16  a condition is written in CEL, write registered.changed'],
  ['{{ port }} == 1', 'p.yml:10:5  a condition is written in CEL, write port == 1'],
];

/** Seen when the values are there. */
const FAILURES: readonly (readonly [text: string, problem: string])[] = [
  ['port', 'p.yml:10:5  a condition must be true or false, got the number 9092, compare it with something'],
  ['password', 'p.yml:10:5  a condition must be true or false, got a secret, compare it with something'],
  ['yes && prot', 'p.yml:10:12  undefined variable "prot", did you mean "port"?'],
  ['prot || yes', 'p.yml:10:5  undefined variable "prot", did you mean "port"?'],
  ['later && prot', 'p.yml:10:14  undefined variable "prot", did you mean "port"?'],
  ['yes &&\n  prot.x.y == 2', 'p.yml:11:7  undefined variable "prot", did you mean "port"?'],
  ['True', 'p.yml:10:5  undefined variable "True", write true'],
  ['hostvars.n1.adress == ""', 'p.yml:10:5  "hostvars.n1" has no "adress", did you mean "address"?'],
  ['numbers[7] == 1', 'p.yml:10:5  "numbers" has no item 7, it is a list of 2 items, counted from 0'],
  ['port.foo == 1', 'p.yml:10:5  "port" is the number 9092 and has no "foo"'],
  ['name + port == "x"', 'p.yml:10:5  + cannot be applied to a string and a whole number, convert one of them: string(…) or int(…)'],
  ['!name', 'p.yml:10:5  ! cannot be applied to a string, compare it with something'],
  ['name && yes', 'p.yml:10:5  && and || take true or false, got a string, compare it with something'],
  ['1 / 0 == 1', 'p.yml:10:5  division by zero'],
  ['pair[password] == 1', 'p.yml:10:5  this cannot be worked out with the secret values in it'],
  ['int(password) == 1', 'p.yml:10:5  this cannot be worked out with the secret values in it'],
];

describe('expression/evaluate-condition', () => {
  for (const text of TRUE) it(`holds: ${text}`, () => assert.equal(evaluateCondition(text, SCOPE, AT), true));
  for (const text of FALSE) it(`does not hold: ${text}`, () => assert.equal(evaluateCondition(text, SCOPE, AT), false));

  for (const [text, because] of UNKNOWN) {
    it(`is unknown: ${text}`, () =>
      assert.deepEqual(
        outcomeOf(() => evaluateCondition(text, SCOPE, AT)),
        { unknown: because },
      ));
  }

  for (const [text, outcome] of VALUES) {
    it(`evaluates ${text}`, () =>
      assert.deepEqual(
        outcomeOf(() => evaluateCel(text, SCOPE, AT)),
        outcome,
      ));
  }

  for (const [text, problem] of FAULTS) {
    it(`finds ${JSON.stringify(text)} wrong before any variable is known`, () =>
      assert.deepEqual(checkCondition(text, AT).map(formatProblem), [problem]));
  }

  for (const [text, problem] of FAILURES) {
    it(`fails ${JSON.stringify(text)}`, () => {
      assert.deepEqual(checkCondition(text, AT), []);
      assert.deepEqual(
        outcomeOf(() => evaluateCondition(text, SCOPE, AT)),
        { error: problem },
      );
    });
  }

  it('hides text that a secret went into, wherever it sits', () => {
    const list = evaluateCel('[password, "x"]', SCOPE);
    assert.ok(Array.isArray(list) && list.every(item => item instanceof Secret));
  });

  it('sees variables that have the names of CEL types', () => {
    const scope = mapScope({ type: 'x', list: [1], string: { int: 2 } });
    assert.equal(evaluateCondition('type == "x" && list[0] == 1 && string.int == 2 && has(list) && type(list) == list', scope, AT), true);
    assert.deepEqual(
      outcomeOf(() => evaluateCondition('map == 1', scope, AT)),
      { error: 'p.yml:10:5  undefined variable "map"' },
    );
  });

  it('does not let || swallow a variable that cannot be worked out, but lets default take over what it lacks', () => {
    const lazy = {
      names: () => ['broken', 'yes'],
      lookup: (name: string) =>
        (name === 'yes' ? { found: true, value: true } : { found: true, value: renderTemplate('{{ missing }}', SCOPE, AT) }) as Found,
    };
    const error = 'p.yml:10:8  undefined variable "missing"';
    assert.deepEqual(
      outcomeOf(() => evaluateCondition('broken || yes', lazy)),
      { error },
    );
    assert.equal(evaluateCondition('default(broken, 1) == 1', lazy), true);
  });
});
