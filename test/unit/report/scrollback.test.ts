import assert from 'node:assert/strict';
import { splitTerminal } from '../../../src/report/scrollback.ts';
import { memorySink } from './support/events.ts';
import { screenOf } from './support/screen.ts';

const ERASE_TWO = '\u001b[2K\u001b[1A\u001b[2K\u001b[1A\u001b[2K\u001b[G';

describe('report/scrollback', () => {
  it('puts lines above a frame, and draws the frame again', () => {
    const sink = memorySink();
    const { above, stream } = splitTerminal(sink);
    stream.write('\u001b[?25l');
    stream.write('frame\nof two\n');
    above.write('stays\n');
    assert.equal(screenOf(sink.text()), 'stays\nframe\nof two\n');
    stream.write(`${ERASE_TWO}next\n`);
    above.write('stays too\n');
    assert.equal(screenOf(sink.text()), 'stays\nstays too\nnext\n');
  });

  it('writes straight through when there is no frame', () => {
    const sink = memorySink();
    const { above, stream } = splitTerminal(sink);
    stream.write('\u001b[?25l');
    above.write('a\n');
    stream.write('frame\nof two\n');
    stream.write(ERASE_TWO);
    stream.write('\u001b[?25h');
    above.write('b\n');
    assert.equal(sink.text(), `\u001b[?25la\nframe\nof two\n${ERASE_TWO}\u001b[?25hb\n`);
  });
});
