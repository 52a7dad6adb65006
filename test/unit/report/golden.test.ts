// Reporters over stored runs: what each writes is stored beside them.
import { createJsonReporter } from '../../../src/report/json.ts';
import { createJunitReporter } from '../../../src/report/junit.ts';
import { createPlainReporter } from '../../../src/report/plain.ts';
import { assertStored } from './support/expected.ts';
import { loadEvents, report, storedRuns } from './support/events.ts';

describe('report/plain', () => {
  for (const name of storedRuns) {
    it(`tells ${name}`, async () => {
      assertStored(
        `report/expected/${name}.txt`,
        await report(stream => createPlainReporter({ stream, colour: false, verbosity: 0 }), loadEvents(name)),
      );
    });
    it(`tells ${name} at -vv`, async () => {
      assertStored(
        `report/expected/${name}.verbose.txt`,
        await report(stream => createPlainReporter({ stream, colour: false, verbosity: 2 }), loadEvents(name)),
      );
    });
  }
  it('colours when told to', async () => {
    assertStored(
      'report/expected/failed.colour.txt',
      await report(stream => createPlainReporter({ stream, colour: true, verbosity: 0 }), loadEvents('failed')),
    );
  });
});

describe('report/json', () => {
  it('writes a line for each event, the first with the version', async () => {
    assertStored('report/expected/check.jsonl', await report(stream => createJsonReporter({ stream }), loadEvents('check')));
  });
});

describe('report/junit', () => {
  for (const name of ['first', 'failed']) {
    it(`writes ${name}`, async () => {
      assertStored(`report/expected/${name}.xml`, await report(stream => createJunitReporter({ stream }), loadEvents(name)));
    });
  }
});
