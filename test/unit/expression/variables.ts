// The variables that the tests of expressions share, and how an outcome is written down.
import { ExpressionError } from '../../../src/expression/expression-error.ts';
import { mapScope } from '../../../src/expression/scope.ts';

import { Secret, secret } from '../../../src/util/secret.ts';
import { Unknown, unknown } from '../../../src/util/unknown.ts';
import type { Value } from '../../../src/util/value.ts';

export const AT = { file: 'p.yml', line: 10, column: 5 };

export const SCOPE = mapScope({
  port: 9092,
  half: 1.5,
  name: 'kafka',
  nothing: null,
  yes: true,
  no: false,
  zero: 0,
  numbers: [1, 2],
  pair: { a: 1, b: { c: 'x' } },
  hostvars: { n1: { address: '10.0.0.1' }, n2: { address: '10.0.0.2' } },
  groups: { zookeeper: ['n1', 'n2'], empty: [] },
  template: '{{ name }}',
  password: secret('hunter2'),
  database: { user: 'app', password: secret('hunter2') },
  later: unknown('depends on task 3'),
  latest: unknown('depends on task 4'),
  registered: { rc: unknown('depends on task 5'), changed: true },
});

export type Outcome =
  { readonly secret: string } | { readonly unknown: readonly string[] } | { readonly error: string } | { readonly value: Value };

/** What came out, in a form that tables can hold; a secret is shown by its text here. */
export function outcomeOf(work: () => Value): Outcome {
  try {
    const value = work();
    if (value instanceof Secret) return { secret: value.reveal() };
    return value instanceof Unknown ? { unknown: value.because } : { value };
  } catch (error) {
    if (error instanceof ExpressionError) return { error: error.message };
    throw error;
  }
}
