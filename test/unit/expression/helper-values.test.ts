// What is unknown, secret or missing travels through helpers, in templates and in conditions alike.
import assert from 'node:assert/strict';
import { evaluateCel } from '../../../src/expression/evaluate-condition.ts';
import { renderTemplate } from '../../../src/expression/render-template.ts';
import { type Outcome, outcomeOf, SCOPE } from './variables.ts';

const AS_MUCH: readonly (readonly [template: string, condition: string, outcome: Outcome])[] = [
  ['{{hash password "md5"}}', 'hash(password, "md5")', { secret: '2ab96390c7dbe3439de74d0c9b0b1767' }],
  ['{{b64encode database.password}}', 'b64encode(database.password)', { secret: 'aHVudGVyMg==' }],
  ['{{join (map (list name password) "upper") "-"}}', 'join(map([name, password], "upper"), "-")', { secret: 'KAFKA-HUNTER2' }],
  ['{{json database}}', 'json(database)', { secret: '{"user":"app","password":"hunter2"}' }],
  ['{{upper later}}', 'upper(later)', { unknown: ['depends on task 3'] }],
  ['{{lookup (list name later) 1}}', 'later', { unknown: ['depends on task 3'] }],
  ['{{union numbers (list later)}}', 'union(numbers, [later])', { unknown: ['depends on task 3'] }],
  ['{{select (list 1 later) "gt" 0}}', 'select([1, later], "gt", 0)', { unknown: ['depends on task 3'] }],
  ['{{lookup registered "changed"}}', 'lookup(registered, "changed")', { value: true }],
  ['{{first (list name later)}}', 'first([name])', { value: 'kafka' }],
  ['{{default (first groups.empty) "none"}}', 'default(first(groups.empty), "none")', { value: 'none' }],
  ['{{default (regex_search name "z+") "none"}}', 'default(regex_search(name, "z+"), "none")', { value: 'none' }],
  ['{{required port "say which"}}', 'required(port, "say which")', { value: 9092 }],
  ['{{required typo "say which"}}', 'required(typo, "say which")', { error: 'say which' }],
  ['{{int password}}', 'float(password)', { error: 'cannot be worked out' }],
  ['{{from_json password}}', 'from_json(password)', { error: 'cannot be worked out' }],
  ['{{regex_search password "x+"}}', 'regex_search(password, "x+")', { error: 'cannot be worked out' }],
  ['{{add (length groups.zookeeper) 1}}', 'size(groups.zookeeper) + length(numbers) - 1', { value: 3 }],
];

describe('expression/helper-values', () => {
  for (const [template, condition, outcome] of AS_MUCH) {
    const check = (got: Outcome): void => {
      if ('error' in outcome) assert.ok('error' in got && got.error.includes(outcome.error), JSON.stringify(got));
      else assert.deepEqual(got, outcome);
      assert.ok('secret' in got || !JSON.stringify(got).toLowerCase().includes('hunter2'), 'a secret shows');
    };
    it(`gives ${JSON.stringify(outcome)} for ${template}`, () => check(outcomeOf(() => renderTemplate(template, SCOPE))));
    it(`gives ${JSON.stringify(outcome)} for ${condition}`, () => check(outcomeOf(() => evaluateCel(condition, SCOPE))));
  }

  it('lets && and || decide before a helper fails', () => {
    assert.equal(evaluateCel('no && upper(port) == "x"', SCOPE), false);
    assert.equal(evaluateCel('yes || upper(later) == "x"', SCOPE), true);
  });

  it('goes through the items of a loop', () =>
    assert.deepEqual(evaluateCel('groups.zookeeper.map(n, upper(n)).filter(n, startsWith(n, "N"))', SCOPE), ['N1', 'N2']));

  it('draws the same number for a host and a file, another for another host', () => {
    const drawn = (host: string): unknown =>
      renderTemplate('{{random 1000000}}', {
        lookup: name => (name === 'inventory_hostname' ? { found: true, value: host } : { found: false }),
        names: () => [],
      });
    assert.equal(drawn('n1'), drawn('n1'));
    assert.notEqual(drawn('n1'), drawn('n2'));
  });
});
