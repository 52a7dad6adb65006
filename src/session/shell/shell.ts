// One running shell on a host: its channel, its greeting, and the frame that is under way.
import { UnreachableError } from '../../errors/errors.ts';
import { AnswerReader, type LoopEvent } from './answer.ts';
import { openShellChannel, refusedShell, type Identity } from './identity.ts';
import type { LoopPlace } from './aside-programs.ts';
import { loopProgram } from './shell-loop.ts';
import type { Channel, CommandResult } from '../types.ts';
import { LATE, within } from '../wait.ts';

/** A frame whose answer is awaited. */
export interface Pending {
  readonly sequence: number;
  /** The results, or the error that ended the shell. */
  readonly answer: Promise<readonly CommandResult[]>;
}

interface Waiter {
  readonly sequence: number;
  /** How many commands the frame has. */
  readonly commands: number;
  readonly resolve: (results: readonly CommandResult[]) => void;
  readonly reject: (error: UnreachableError) => void;
}

/** Hex text that nobody can guess. */
export type RandomName = () => string;

const WORDS_KEPT = 4096;
const ENDING = 2000;

/** Opens a channel and starts the loop in it, which clears up after the shell before; does not wait for its greeting. @throws UnreachableError */
export async function startShell(identity: Identity, random: RandomName, before?: Shell, signal?: AbortSignal): Promise<Shell> {
  const channel = await openShellChannel(identity, signal);
  return new Shell(identity, channel, random, before?.directory);
}

/** Ended by {@link Shell.end} or {@link Shell.abandon}. */
export class Shell {
  /** Where the loop lives, once it has greeted. Rejects when it cannot. */
  readonly place: Promise<LoopPlace>;
  readonly marker: string;
  /** Called when the loop says that it is at a command of the frame, counted from 1. */
  onProgress: ((index: number) => void) | undefined;
  readonly #identity: Identity;
  readonly #channel: Channel;
  readonly #reader: AnswerReader;
  #greeted = false;
  #directory: string | undefined;
  #greet!: { readonly resolve: (place: LoopPlace) => void; readonly reject: (error: UnreachableError) => void };
  #waiter: Waiter | undefined;
  #words = '';
  /** What came before the greeting. */
  #printed = '';
  #failure: UnreachableError | undefined;
  #heard = 0;
  #isGivenUp = false;

  constructor(identity: Identity, channel: Channel, random: RandomName, stale?: string) {
    const token = random();
    this.marker = `.${random()}.`;
    this.#identity = identity;
    this.#channel = channel;
    this.#reader = new AnswerReader(token, this.marker);
    this.place = new Promise((resolve, reject) => (this.#greet = { resolve, reject }));
    this.place.catch(() => undefined);
    this.#listen();
    this.#write(Buffer.from(loopProgram({ token, marker: this.marker, directory: `.tsplay-${random()}`, stale })));
  }

  /** Whether it can take no further frame. */
  get over(): boolean {
    return this.#failure !== undefined;
  }

  /** Its directory on the host, once it has greeted. */
  get directory(): string | undefined {
    return this.#directory;
  }

  /** How many bytes it has said. */
  get heard(): number {
    return this.#heard;
  }

  /** Sends one encoded frame of so many commands. One at a time. */
  send(sequence: number, frame: Buffer, commands: number): Pending {
    const answer = new Promise<readonly CommandResult[]>((resolve, reject) => {
      if (this.#failure) reject(this.#failure);
      else this.#waiter = { sequence, commands, resolve, reject };
    });
    answer.catch(() => undefined);
    this.#identity.counters.roundTrips++;
    this.#write(frame);
    return { sequence, answer };
  }

  /** Lets the loop end by itself, which removes what it made on the host. */
  async end(): Promise<void> {
    this.#failure ??= this.#error('dropped', 'the session is closed');
    if (this.#isGivenUp) return;
    this.#channel.stdin.end();
    if ((await within(this.#channel.closed, ENDING)) === LATE) this.#channel.destroy();
  }

  /** Gives the channel up at once. */
  abandon(): void {
    this.#fail(this.#error('dropped', 'the session was given up'));
  }

  #listen(): void {
    const { stdin, stdout, stderr, closed } = this.#channel;
    stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    stderr.on('data', (chunk: Buffer) => (this.#words = (this.#words + chunk.toString()).slice(-WORDS_KEPT)));
    // What makes writing fail ends the channel as well, and `closed` tells that.
    for (const stream of [stdin, stdout, stderr]) stream.on('error', () => undefined);
    closed.then(
      ({ status }) =>
        this.#fail(this.#greeted ? this.#dropped(status) : refusedShell(this.#identity, status, this.#words.trim() || this.#printed)),
      (error: unknown) => this.#fail(this.#error('dropped', error instanceof Error ? error.message : 'the channel broke')),
    );
  }

  #write(bytes: Buffer): void {
    this.#identity.counters.bytesOut += bytes.length;
    if (this.#channel.stdin.writable) this.#channel.stdin.write(bytes);
  }

  #receive(chunk: Buffer): void {
    this.#identity.counters.bytesIn += chunk.length;
    this.#heard += chunk.length;
    if (!this.#greeted) this.#printed = (this.#printed + chunk.toString()).slice(-WORDS_KEPT);
    if (this.#failure) return;
    for (const event of this.#reader.push(chunk)) this.#handle(event);
  }

  #handle(event: LoopEvent): void {
    switch (event.kind) {
      case 'hello':
        this.#greeted = true;
        this.#words = '';
        this.#directory = event.directory;
        this.#greet.resolve({ pid: event.pid, directory: event.directory });
        break;
      case 'unfit':
        this.#fail(
          this.#error('protocol', UNFIT.get(event.lacks) ?? `the host has no ${event.lacks}, which every session needs: install it there`),
        );
        break;
      case 'at':
        if (event.sequence === this.#waiter?.sequence && event.index <= this.#waiter.commands) this.onProgress?.(event.index);
        break;
      case 'done':
        this.#answer(event.sequence, event.results);
        break;
      case 'full':
        this.#fail(
          this.#error('dropped', `no room for what commands print in ${this.#directory ?? 'its directory'}: make room on the disk there`),
        );
        break;
      case 'garbage':
        this.#fail(this.#error('protocol', `the shell answered with ${event.what}, look at what runs there beside tsplay`));
        break;
      case 'excess':
        this.#fail(this.#error('protocol', `its shell says more than can be taken, ${event.what}: have the command write to a file`));
        break;
      default:
        event satisfies never;
    }
  }

  #answer(sequence: number, results: readonly CommandResult[]): void {
    const waiter = this.#waiter;
    if (waiter?.sequence !== sequence) this.#fail(this.#error('protocol', `an answer to frame ${sequence}, which was not asked`));
    else if (waiter.commands !== results.length)
      this.#fail(this.#error('protocol', `${results.length} results for a frame of ${waiter.commands} commands`));
    else {
      this.#waiter = undefined;
      waiter.resolve(results);
    }
  }

  #fail(error: UnreachableError): void {
    this.#failure ??= error;
    this.#greet.reject(this.#failure);
    this.#waiter?.reject(this.#failure);
    this.#waiter = undefined;
    this.#isGivenUp = true;
    // What it still says is nobody's: a host that does not stop is left to wait.
    this.#channel.stdout.pause();
    this.#channel.stderr.pause();
    this.#channel.destroy();
  }

  #dropped(status: number | undefined): UnreachableError {
    if (!this.#identity.transport.alive) return this.#error('dropped', 'the connection was lost while a frame was under way');
    const words = this.#words.trim().replaceAll(/\s*\n\s*/g, '; ');
    return this.#error(
      'dropped',
      `the shell ended with ${status === undefined ? 'no status' : `status ${status}`} while a frame was under way${words && `: ${words}`}`,
    );
  }

  #error(reason: 'dropped' | 'protocol', what: string): UnreachableError {
    const { host } = this.#identity.transport;
    return new UnreachableError(host, reason, `${host}: ${what}`);
  }
}

const UNFIT: ReadonlyMap<string, string> = new Map([
  ['printf', 'its sh has no printf of its own, install dash, bash or BusyBox as sh'],
  ['directory', 'no place for the outputs of commands, make one of /dev/shm, /tmp, /var/tmp writable'],
]);
