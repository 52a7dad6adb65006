// What a host's shell says on the wire, read back into events: noise before the greeting is skipped, everything after it is framed by length.
import type { CommandResult } from '../types.ts';

/** What the loop says, in the order it says it. */
export type LoopEvent =
  | { readonly kind: 'hello'; readonly pid: number; readonly directory: string }
  /** The host's sh cannot serve. */
  | { readonly kind: 'unfit'; readonly lacks: string }
  /** Command number `index` of the frame has started. */
  | { readonly kind: 'at'; readonly sequence: number; readonly index: number }
  | { readonly kind: 'done'; readonly sequence: number; readonly results: readonly CommandResult[] }
  /** What commands printed is lost, or they could not run: there was no room for it. */
  | { readonly kind: 'full' }
  | { readonly kind: 'garbage'; readonly what: string }
  /** More than anybody wants to hold; `what` says of what. */
  | { readonly kind: 'excess'; readonly what: string };

interface Body {
  readonly sequence: number;
  readonly statuses: readonly string[];
  readonly lengths: readonly number[];
}

const NEWLINE = 10;
const LONGEST_TRAILER = 120;
const MEBIBYTE = 1024 * 1024;

/** Bytes of what a host may say: before its shell greets, in one line, in the outputs of one frame, and beyond those that it announced. */
const MOST = { noise: 16 * MEBIBYTE, line: 4 * MEBIBYTE, outputs: 256 * MEBIBYTE, growth: 16 * MEBIBYTE } as const;

/** Takes the bytes of one shell as they come and gives events. */
export class AnswerReader {
  readonly #token: string;
  readonly #marker: Buffer;
  #chunks: Buffer[] = [];
  #size = 0;
  #noise = 0;
  #isOver = false;
  #isGrown = false;
  #greeted: boolean;
  #body: Body | undefined;

  /** `greeted`: the stream has no greeting of its own, only answers. */
  constructor(token: string, marker: string, greeted = false) {
    this.#token = token;
    this.#marker = Buffer.from(marker);
    this.#greeted = greeted;
  }

  /** Whatever comes after an `excess` is passed over. */
  push(chunk: Buffer): LoopEvent[] {
    if (this.#isOver) return [];
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const events: LoopEvent[] = [];
    for (let event = this.#next(); event !== undefined; event = this.#isOver ? undefined : this.#next()) {
      events.push(event);
      this.#isOver = event.kind === 'excess';
    }
    if (this.#isOver) this.#keep(Buffer.alloc(0));
    return events;
  }

  #next(): LoopEvent | undefined {
    return this.#body ? this.#readBody(this.#body) : this.#readLine();
  }

  #readLine(): LoopEvent | undefined {
    const bytes = this.#joined();
    const start = this.#greeted ? 0 : bytes.indexOf(this.#token);
    if (start === -1) return this.#skipNoise(bytes);
    const end = bytes.indexOf(NEWLINE, start);
    if (end === -1) return bytes.length - start > MOST.line ? excess('a line without an end') : undefined;
    this.#keep(bytes.subarray(end + 1));
    const [token, verb = '', ...words] = bytes.toString('utf8', start, end).split(' ');
    if (!this.#greeted && verb !== 'hello' && verb !== 'unfit') return this.#next();
    return token === this.#token ? this.#readVerb(verb, words) : garbage(bytes.subarray(start, end));
  }

  /** Only what could be the beginning of the token is kept. */
  #skipNoise(bytes: Buffer): LoopEvent | undefined {
    const rest = bytes.subarray(Math.max(0, bytes.length - this.#token.length + 1));
    this.#noise += bytes.length - rest.length;
    this.#keep(Buffer.from(rest));
    return this.#noise > MOST.noise ? excess('words before the shell begins') : undefined;
  }

  #readVerb(verb: string, words: readonly string[]): LoopEvent | undefined {
    const number = Number(words[0]);
    switch (verb) {
      case 'hello': {
        const directory = words.slice(1).join(' ');
        if (this.#greeted || !isCount(words[0]) || !directory.startsWith('/'))
          return { kind: 'garbage', what: 'a greeting that makes no sense' };
        this.#greeted = true;
        return { kind: 'hello', pid: number, directory };
      }
      case 'unfit': {
        const [lacks] = words;
        if (this.#greeted || lacks === undefined || !/^[a-z]+$/.test(lacks))
          return { kind: 'garbage', what: 'a greeting that makes no sense' };
        return { kind: 'unfit', lacks };
      }
      case 'at':
        if (!isCount(words[0]) || !isCount(words[1])) return { kind: 'garbage', what: 'a place in a frame that makes no sense' };
        return { kind: 'at', sequence: number, index: Number(words[1]) };
      case 'done': {
        const body = readHeader(words);
        if (body === undefined) return { kind: 'garbage', what: 'lengths that make no sense' };
        if (sumOf(body.lengths) > MOST.outputs) return excess(`outputs of ${Math.ceil(sumOf(body.lengths) / MEBIBYTE)} MiB`);
        this.#body = body;
        return this.#next();
      }
      case 'cut':
        return { kind: 'garbage', what: 'a frame arrived incomplete' };
      case 'full':
        return { kind: 'full' };
      case 'lost':
        return { kind: 'garbage', what: "the session's directory was removed or its file system is full" };
      default:
        return { kind: 'garbage', what: `an unknown word, ${JSON.stringify(verb)}` };
    }
  }

  #readBody(body: Body): LoopEvent | undefined {
    const outputs = sumOf(body.lengths) + this.#marker.length * (body.lengths.length + 1);
    const trailer = `${this.#token} end ${body.sequence} `;
    if (this.#size < outputs + trailer.length + 2) return this.#readShort(trailer);
    const growth = this.#size - outputs > MOST.growth ? excess('an output that grew while it was sent') : undefined;
    if (this.#isGrown && !this.#isEndedBy(trailer)) return growth;
    const bytes = this.#joined();
    // An output may have grown after it was measured: then the trailer stands further on, and the markers show where each output begins.
    const end = bytes.indexOf(trailer, outputs);
    const close = end === -1 ? -1 : bytes.indexOf(NEWLINE, end);
    this.#isGrown = close === -1;
    if (close === -1) return growth;
    const results = splitOutputs(bytes.subarray(0, end), body, this.#marker);
    this.#body = undefined;
    this.#keep(bytes.subarray(close + 1));
    return results
      ? { kind: 'done', sequence: body.sequence, results }
      : { kind: 'garbage', what: 'outputs that do not fit their lengths' };
  }

  /** Fewer bytes than announced may be all there is, when an output was removed between measuring and sending. */
  #readShort(trailer: string): LoopEvent | undefined {
    if (!this.#isEndedBy(trailer)) return undefined;
    this.#body = undefined;
    this.#keep(Buffer.alloc(0));
    return { kind: 'garbage', what: 'an answer shorter than announced' };
  }

  /** Whether a trailer is the last that came: nothing follows it until the next frame is sent. */
  #isEndedBy(trailer: string): boolean {
    let last = '';
    for (let at = this.#chunks.length - 1; at >= 0 && last.length < LONGEST_TRAILER; at--)
      last = (this.#chunks[at]?.subarray(-LONGEST_TRAILER).toString('latin1') ?? '') + last;
    const at = last.lastIndexOf(trailer);
    return at !== -1 && /^\d+\n$/.test(last.slice(at + trailer.length));
  }

  #joined(): Buffer {
    const bytes = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
    this.#chunks = [bytes];
    return bytes;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
  }
}

/** `SEQUENCE STATUS… : LENGTH NAME … TOTAL total`, as the loop prints what `wc -c` counted; undefined when it makes no sense. */
function readHeader([sequence, ...words]: readonly string[]): Body | undefined {
  const colon = words.indexOf(':');
  const statuses = words.slice(0, colon);
  const lengths = words
    .slice(colon + 1)
    .filter((_, index) => index % 2 === 0)
    .slice(0, 2 * colon);
  const isWhole = isCount(sequence) && colon > 0 && lengths.length === 2 * colon && lengths.every(isCount);
  return isWhole && statuses.every(isStatus) ? { sequence: Number(sequence), statuses, lengths: lengths.map(Number) } : undefined;
}

function isCount(word: string | undefined): word is string {
  return word !== undefined && /^\d{1,15}$/.test(word);
}

function isStatus(word: string): boolean {
  return /^(?:n|T?\d{1,3})$/.test(word);
}

function sumOf(lengths: readonly number[]): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

function splitOutputs(bytes: Buffer, { statuses, lengths }: Body, marker: Buffer): CommandResult[] | undefined {
  const outputs: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    const start = at + marker.length;
    at = bytes.indexOf(marker, start + length);
    if (at === -1) return undefined;
    outputs.push(bytes.subarray(start, start + length));
  }
  return statuses.map((status, index) => toResult(status, outputs[2 * index], outputs[2 * index + 1]));
}

const NOTHING = new Uint8Array(0);

/** A status as the loop notes it: a number, `T` and a number for a command that was ended, `n` for one that was not run. */
function toResult(status: string, stdout: Uint8Array = NOTHING, stderr: Uint8Array = NOTHING): CommandResult {
  if (status === 'n') return NOT_RUN;
  const outcome = status.startsWith('T') ? 'timed-out' : 'exited';
  return Object.freeze({ outcome, status: Number(status.replace('T', '')), stdout, stderr });
}

/** The result of a command that did not start. */
export const NOT_RUN: CommandResult = Object.freeze({ outcome: 'not-run', status: 0, stdout: NOTHING, stderr: NOTHING });

function excess(what: string): LoopEvent {
  return { kind: 'excess', what };
}

function garbage(bytes: Buffer): LoopEvent {
  return { kind: 'garbage', what: JSON.stringify(bytes.toString('latin1', 0, 80)) };
}
