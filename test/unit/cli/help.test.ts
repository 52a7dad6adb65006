import assert from 'node:assert/strict';
import { COMMANDS, GROUPS, type CommandGroup, type CommandName } from '../../../src/cli/arguments/tables.ts';
import { renderHelp } from '../../../src/cli/help/render-help.ts';
import { assertStored } from '../report/support/expected.ts';

describe('cli/help', () => {
  for (const about of [undefined, ...(Object.keys(GROUPS) as CommandGroup[]), ...(Object.keys(COMMANDS) as CommandName[])] as const) {
    it(`shows ${about ?? 'everything'}`, () => {
      const text = renderHelp(about);
      assertStored(`cli/expected/${(about ?? 'tsplay').replace(' ', '-')}.txt`, text);
      for (const line of text.split('\n')) assert.ok(line.length <= 100, line);
    });
  }
});
