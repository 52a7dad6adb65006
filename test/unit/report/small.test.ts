import assert from 'node:assert/strict';
import { chooseReporter } from '../../../src/report/choose.ts';
import { createPaint, usesColour } from '../../../src/report/colour.ts';
import { showDuration } from '../../../src/report/duration.ts';
import { showValue } from '../../../src/report/show-value.ts';
import { secret } from '../../../src/util/secret.ts';
import { unknown } from '../../../src/util/unknown.ts';
import type { Value } from '../../../src/util/value.ts';
import { loadEvents, memorySink } from './support/events.ts';
import { until } from './support/until.ts';

describe('report/show-value', () => {
  const cases: readonly (readonly [Value, string])[] = [
    ['0644', '0644'],
    ['two words', 'two words'],
    ['', '""'],
    [' edge', '" edge"'],
    ['a → b', '"a → b"'],
    ['a\nb\n', '2 lines'],
    ['a\n', '"a\\n"'],
    ['\u001b[31mred', '"\\u001b[31mred"'],
    [null, '(none)'],
    [true, 'true'],
    [12, '12'],
    [['a', 1], '["a",1]'],
    [{ a: secret('hunter22') }, '{"a":"***"}'],
    [secret('hunter22'), '***'],
    [unknown('depends on x', 'depends on y'), '(unknown: depends on x; depends on y)'],
    [{ $unknown: [] }, '(unknown)'],
    ['x'.repeat(100), `${'x'.repeat(71)}…`],
  ];
  for (const [value, text] of cases) it(`shows ${JSON.stringify(value)} as ${text}`, () => assert.equal(showValue(value), text));
});

describe('report/duration', () => {
  for (const [milliseconds, text] of [
    [0, '0.00 s'],
    [80, '0.08 s'],
    [1234, '1.2 s'],
    [9949, '9.9 s'],
    [9999, '10 s'],
    [59_600, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [3_725_000, '1 h 02 min'],
  ] as const) {
    it(`says ${milliseconds} as ${text}`, () => assert.equal(showDuration(milliseconds), text));
  }
});

describe('report/colour', () => {
  it('is used on a terminal, unless told otherwise', () => {
    const terminal = { isTTY: true };
    assert.equal(usesColour('auto', terminal, {}), true);
    assert.equal(usesColour('auto', {}, {}), false);
    assert.equal(usesColour('auto', terminal, { NO_COLOR: '1' }), false);
    assert.equal(usesColour('auto', terminal, { NO_COLOR: '' }), true);
    assert.equal(usesColour('auto', terminal, { TERM: 'dumb' }), false);
    assert.equal(usesColour('always', {}, { NO_COLOR: '1' }), true);
    assert.equal(usesColour('never', terminal, {}), false);
  });

  it('ends what it begins', () => {
    assert.equal(createPaint(true)('red', 'x'), '\u001b[31mx\u001b[39m');
    assert.equal(createPaint(false)('red', 'x'), 'x');
  });
});

describe('report/choose', () => {
  const written = async (
    output: Parameters<typeof chooseReporter>[0],
    isTTY: boolean,
    env: Readonly<Record<string, string>>,
  ): Promise<string> => {
    const sink = { ...memorySink(), isTTY };
    const reporter = chooseReporter(output, { stream: sink, colour: false, verbosity: 0 }, env);
    for (const event of loadEvents('converged')) reporter.emit(event);
    await reporter.close();
    return sink.text();
  };

  it('takes live on a terminal', async () => {
    const sink = { ...memorySink(), isTTY: true };
    const reporter = chooseReporter(undefined, { stream: sink, colour: false, verbosity: 0 }, {});
    await until(() => sink.text().includes('\u001b[?25l'));
    await reporter.close();
  });

  it('takes plain in a pipe, in CI and on a dumb terminal', async () => {
    for (const text of [
      await written(undefined, false, {}),
      await written(undefined, true, { CI: 'true' }),
      await written(undefined, true, { TERM: 'dumb' }),
      await written('live', false, {}),
    ]) {
      assert.match(text, /^RUN \[/);
      assert.ok(!text.includes('\u001b'));
    }
  });

  it('takes what was asked for', async () => {
    assert.match(await written('json', true, {}), /^\{"schema":"tsplay.events\/1","kind":"run-started"/);
    assert.match(await written('junit', false, {}), /^<\?xml/);
  });
});
