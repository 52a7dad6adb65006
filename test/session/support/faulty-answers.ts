// Hosts that answer wrongly over SSH that is right: one piece of what a shell prints is spoilt, a greeting, an answer, or the output of a program aside.
import type { Readable } from 'node:stream';
import type { ServerChannel } from 'ssh2';
import type { Chance } from './chance.ts';
import type { Carry } from './server.ts';

export const ANSWER_FAULTS = [
  'close',
  'status',
  'signal',
  'half-end',
  'silence',
  'half-silence',
  'garbage-instead',
  'garbage-before',
  'garbage-line',
  'nuls',
  'flood',
  'flood-of-lines',
  'flood-of-errors',
  'sequence',
  'length',
  'statuses',
  'trailer',
  'twice',
  'verb',
  'token',
  'hello',
  'at',
  'unfit',
  'lost-bytes',
  'more-bytes',
  'flip',
] as const;
export type AnswerFaultKind = (typeof ANSWER_FAULTS)[number];

/** What is done to the piece of that number, from 1, or to it and all after it. */
export interface AnswerFault {
  readonly kind: AnswerFaultKind;
  readonly piece: number;
  readonly isLasting: boolean;
}

export function chooseAnswerFault(chance: Chance): AnswerFault {
  return { kind: chance.one(ANSWER_FAULTS), piece: chance.number(1, 9), isLasting: chance.happens(0.5) };
}

/** Faults after which a host may have said anything at all, in a form that is right. */
export const LIES: ReadonlySet<AnswerFaultKind> = new Set(['statuses', 'flip', 'lost-bytes', 'more-bytes', 'length']);

/** Where a piece ends: a greeting, an answer. */
const END = /(?: hello \d+ \S+| end \d+ \d+)\n/g;

/** Spoils what shells print, all those of a host together. `struck` counts. */
export function spoil(fault: AnswerFault, chance: Chance): { readonly carry: Carry; readonly struck: () => number } {
  let pieces = 0;
  let struck = 0;
  const isDue = (): boolean => {
    pieces += 1;
    const isNow = fault.isLasting ? pieces >= fault.piece : pieces === fault.piece;
    if (isNow) struck += 1;
    return isNow;
  };
  const carry: Carry = (output, channel) =>
    new Promise(resolve => {
      let held = '';
      let isOver = false;
      const pass = (piece: string): void => {
        if (isOver) return;
        if (isDue()) isOver = strike(fault.kind, piece, channel, chance);
        else channel.write(Buffer.from(piece, 'latin1'));
      };
      output.on('data', (chunk: Buffer) => {
        held += chunk.toString('latin1');
        let at = 0;
        for (const match of held.matchAll(END)) {
          pass(held.slice(at, match.index + match[0].length));
          at = match.index + match[0].length;
        }
        held = held.slice(at);
      });
      output.once('close', () => {
        if (held !== '') pass(held);
        if (!isOver) resolve();
      });
      drainOf(channel);
    });
  return { carry, struck: () => struck };
}

/** What a client writes to a channel that is over is nobody's. */
function drainOf(channel: ServerChannel): Readable {
  return channel.on('error', () => undefined);
}

/** @returns whether nothing else is said, not even the end */
function strike(kind: AnswerFaultKind, piece: string, channel: ServerChannel, chance: Chance): boolean {
  const half = piece.slice(0, chance.number(0, piece.length));
  const token = /([0-9a-f]{32}) (?:hello|done)/.exec(piece)?.[1] ?? 'none';
  const say = (text: string | Buffer): false => {
    channel.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
    return false;
  };
  const endAs = (end: () => void): true => {
    end();
    channel.end();
    return true;
  };
  switch (kind) {
    case 'close':
      channel.close();
      return true;
    case 'status':
      return endAs(() => channel.exit(chance.number(0, 255)));
    case 'signal':
      return endAs(() => channel.exit('KILL'));
    case 'half-end':
      return endAs(() => say(half));
    case 'silence':
      return true;
    case 'half-silence':
      say(half);
      return true;
    case 'garbage-instead':
      return say(chance.bytes(chance.number(1, 3000)));
    case 'garbage-before':
      return say(Buffer.concat([chance.bytes(chance.number(1, 300)), Buffer.from(piece, 'latin1')]));
    case 'garbage-line':
      return say(`${chance.bytes(20).toString('latin1')}\n${piece}`);
    case 'nuls':
      return say('\0'.repeat(chance.number(1, 100_000)) + piece);
    case 'flood': {
      const garbage = chance.bytes(32_768).toString('latin1').replaceAll('\n', ' ');
      pour(channel, Buffer.from(garbage, 'latin1'));
      return true;
    }
    case 'flood-of-lines':
      say(half);
      pour(channel, Buffer.from('and on\n'.repeat(4000)));
      return true;
    case 'flood-of-errors':
      pour(channel.stderr as unknown as ServerChannel, Buffer.from('and on\n'.repeat(4000)), channel);
      return true;
    case 'sequence':
      return say(piece.replaceAll(/ (hello|done|end) \d+/g, ` $1 ${chance.one(['0', '7', '-1', '99999999999999999999', 'x', ''])}`));
    case 'length':
      return say(spoilLength(piece, chance));
    case 'statuses':
      return say(
        piece.replace(/( done \d+) [^:]*:/, `$1 ${chance.one(['', '0 ', '0 0 0 0 0 0 0 0 0 0 0 0 ', 'x ', '-1 ', 'T ', '1e9 '])}:`),
      );
    case 'trailer':
      return say(piece.replace(/ end (\d+) \d+\n/, chance.one([' end $1 7\n', ' end $1 x\n', ' end 0 0\n', '', '\n'])));
    case 'twice':
      return say(piece + piece);
    case 'verb':
      return say(piece.replace(/ (hello|done) /, chance.one([' dona ', ' ', ' end ', ' cut ', ' lost ', '\0'])));
    case 'token':
      return say(piece.replaceAll(token, '0'.repeat(32)));
    case 'hello':
      return say(`${token} hello ${chance.one(['1 /', '0 ', 'x', '-7 /tmp/../..', '4 $(reboot)'])}\n${piece}`);
    case 'at':
      return say(`${token} at ${chance.one(['1 -1', '1 99', '2 NaN', '', '1', '1 2 3', '2 1e9', '3 2'])}\n${piece}`);
    case 'unfit':
      return say(`${token} unfit ${chance.one(['printf', 'directory', '', 'constructor', '__proto__'])}\n`);
    case 'lost-bytes': {
      const at = chance.number(0, piece.length);
      return say(piece.slice(0, at) + piece.slice(at + chance.number(1, 50)));
    }
    case 'more-bytes': {
      const at = chance.number(0, piece.length);
      return say(piece.slice(0, at) + chance.bytes(chance.number(1, 5000)).toString('latin1') + piece.slice(at));
    }
    case 'flip': {
      const flipped = Buffer.from(piece, 'latin1');
      const at = chance.number(0, piece.length - 1);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.number(0, 7));
      return say(flipped);
    }
  }
}

/** One of the numbers behind the colon of an answer's first line becomes another. */
function spoilLength(piece: string, chance: Chance): string {
  return piece.replace(/( done [^\n]*?:)([^\n]*)\n/, (_, head: string, lengths: string) => {
    const words = lengths.split(' ');
    const at = chance.number(0, words.length - 1);
    words[at] = chance.one(['0', '1', '70000', '-5', 'x', '1e300', '9007199254740993', '2000000000', '', '0x10', '3.5']);
    return `${head}${words.join(' ')}\n`;
  });
}

/** Writes for ever, as fast as it is read. */
function pour(to: Pick<ServerChannel, 'write' | 'once'>, bytes: Buffer, channel = to as ServerChannel): void {
  let isOver = false;
  channel.once('close', () => (isOver = true));
  const more = (): void => {
    if (isOver || !channel.writable) return;
    if (to.write(bytes)) setImmediate(more);
    else to.once('drain', more);
  };
  more();
}
