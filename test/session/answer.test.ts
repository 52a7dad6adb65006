// What a host's shell says, where it is not what a shell says: nothing of it is waited for or kept for ever.
import assert from 'node:assert/strict';
import { AnswerReader, type LoopEvent } from '../../src/session/shell/answer.ts';

const TOKEN = 'a'.repeat(32);
const MARKER = '.mark.';
const CHUNK = Buffer.alloc(65_536, 'x');

function newReader(isGreeted = true): AnswerReader {
  const reader = new AnswerReader(TOKEN, MARKER);
  if (isGreeted) reader.push(Buffer.from(`${TOKEN} hello 7 /dev/shm/x\n`));
  return reader;
}

/** Pushes until there is an event; nothing comes of so much: undefined. */
function pushUntil(reader: AnswerReader, chunk: Buffer, most: number): LoopEvent | undefined {
  for (let bytes = 0; bytes <= most; bytes += chunk.length) {
    const [event] = reader.push(chunk);
    if (event) return event;
  }
  return undefined;
}

describe('answers', () => {
  it('may come behind much noise, and not behind noise without an end', () => {
    const noisy = newReader(false);
    assert.equal(pushUntil(noisy, CHUNK, 8_000_000), undefined);
    assert.deepEqual(noisy.push(Buffer.from(`${TOKEN} hello 7 /dev/shm/x\n`)), [{ kind: 'hello', pid: 7, directory: '/dev/shm/x' }]);
    assert.deepEqual(pushUntil(newReader(false), CHUNK, 50_000_000), { kind: 'excess', what: 'words before the shell begins' });
  });

  it('greet in whatever pieces', () => {
    const reader = newReader(false);
    const events = Array.from(`noise ${TOKEN} hello 7 /dev/shm/x\n`).flatMap(letter => reader.push(Buffer.from(letter)));
    assert.deepEqual(events, [{ kind: 'hello', pid: 7, directory: '/dev/shm/x' }]);
  });

  it('have lines and outputs that end', () => {
    assert.deepEqual(pushUntil(newReader(), CHUNK, 50_000_000), { kind: 'excess', what: 'a line without an end' });
    const long = newReader();
    assert.deepEqual(long.push(Buffer.from(`${TOKEN} done 1 0 : 300000000 o 0 e 300000000 total\n`)), [
      { kind: 'excess', what: 'outputs of 287 MiB' },
    ]);
    assert.deepEqual(long.push(CHUNK), [], 'whatever follows is passed over');
    const grown = newReader();
    grown.push(Buffer.from(`${TOKEN} done 1 0 : 1 o 0 e 1 total\n`));
    const started = performance.now();
    assert.deepEqual(pushUntil(grown, CHUNK.subarray(0, 4096), 50_000_000), {
      kind: 'excess',
      what: 'an output that grew while it was sent',
    });
    assert.ok(performance.now() - started < 5000, 'each piece is looked at once');
  });

  for (const words of ['', '0', '0 :', '0 : 1 o', 'x : 1 o 0 e 1 total', '0 : -1 o 0 e', '0 : 1e9 o 0 e', '0 0 : 1 o 0 e 1 total'])
    it(`are not believed with the lengths "${words}"`, () => {
      assert.deepEqual(newReader().push(Buffer.from(`${TOKEN} done 1 ${words}\n`)), [
        { kind: 'garbage', what: 'lengths that make no sense' },
      ]);
    });

  it('are whole when an output grew, however they are cut', () => {
    const reader = newReader();
    const answer = `${TOKEN} done 1 0 : 1 o 0 e 1 total\n${MARKER}abc${MARKER}${MARKER}${TOKEN} end 1 0\n`;
    const [event, ...more] = Array.from(answer).flatMap(letter => reader.push(Buffer.from(letter)));
    assert.equal(more.length, 0);
    assert.equal(event?.kind === 'done' && Buffer.from(event.results[0]?.stdout ?? []).toString(), 'a');
  });
});
