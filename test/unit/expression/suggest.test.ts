// "Did you mean" suggests what is near and nothing else.
import assert from 'node:assert/strict';
import { nearestName } from '../../../src/expression/suggest.ts';

const CASES: readonly (readonly [name: string, names: readonly string[], nearest: string | undefined])[] = [
  ['onwer', ['mode', 'owner'], 'owner'],
  ['kafkaPort', ['kafka_port', 'kafka_host'], 'kafka_port'],
  ['adress', ['address'], 'address'],
  ['x', ['port', 'name'], undefined],
  ['kafka_heap', ['zookeeper_heap'], undefined],
];

describe('expression/suggest', () => {
  for (const [name, names, nearest] of CASES)
    it(`answers ${name} with ${nearest ?? 'nothing'}`, () => assert.equal(nearestName(name, names), nearest));
});
