// The transport for what ssh2 cannot do: the client of OpenSSH that this system has, one connection a host and login, channels over it.
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnreachableError } from '../../errors/errors.ts';
import {
  droppedConnection,
  lateChannel,
  lateForward,
  refusedChannels,
  refusedCommand,
  refusedForward,
} from '../host-keys/channel-errors.ts';
import { CLIENT, clientConfig, masterArguments, proxyCommandOver } from './openssh-arguments.ts';
import { openCommand, openForward } from './openssh-channel.ts';
import { explainLogin, isKeyRefused, lastWords, shownKey } from './openssh-errors.ts';
import { readShownKey } from './openssh-host-key.ts';
import { startMaster, type Master } from './openssh-master.ts';
import { timedOut } from '../ssh2/ssh2-errors.ts';
import type { Channel, ConnectionSpec, ProxyProgram, Transport } from '../types.ts';
import { LATE, unlessAborted, within } from '../wait.ts';

const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 250;
/** Milliseconds for a connection to be found lost, when one through it breaks. */
const LOSS = 1_000;

/**
 * Connects and logs in as the client does: with its keys, certificates and tickets, then with the password, once.
 * @param over the program that leads to the host, where it is behind another
 * @throws UnreachableError; the signal's reason when it is aborted
 */
export async function connectOpenssh(spec: ConnectionSpec, signal?: AbortSignal, over?: ProxyProgram): Promise<Transport> {
  signal?.throwIfAborted();
  const master = startMaster(clientConfig(spec), spec.password, place => [CLIENT, ...masterArguments(spec, place, over?.command)]);
  try {
    const login = Promise.race([master.ready.then(() => true), master.over.then(() => false)]);
    const isIn = await unlessAborted(within(login, spec.timeout), signal);
    if (isIn === LATE) throw timedOut(spec);
    if (isIn) return new OpensshTransport(spec, master);
    const { lines } = master.words;
    const shown = isKeyRefused(lines) ? await readShownKey(spec, shownKey(lines), over?.command, signal) : undefined;
    const error = explainLogin(spec, lines, shown);
    throw error.reason === 'connect' && (await over?.isLost()) === true ? lostWay(spec, error) : error;
  } catch (error) {
    await master.end();
    throw error;
  }
}

class OpensshTransport implements Transport {
  readonly host: string;
  readonly user: string;
  readonly hostKey?: string;
  readonly proxy: ProxyProgram;
  readonly #spec: ConnectionSpec;
  readonly #master: Master;
  #isClosed = false;

  constructor(spec: ConnectionSpec, master: Master) {
    this.host = spec.host;
    this.user = spec.user;
    const key = shownKey(master.words.lines);
    if (key) this.hostKey = key.fingerprint;
    this.proxy = { command: proxyCommandOver(master.socket), isLost: async () => (await within(master.over, LOSS)) !== LATE };
    this.#spec = spec;
    this.#master = master;
  }

  get alive(): boolean {
    return !this.#isClosed && !this.#master.isOver;
  }

  /** A slot that was just freed may not be free yet on the server, so a refusal is tried again for a while. */
  async open(commandLine: string, signal?: AbortSignal): Promise<Channel> {
    const deadline = Date.now() + this.#spec.timeout;
    let refusal: string | undefined;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      signal?.throwIfAborted();
      if (!this.alive) throw this.#dropped();
      const opened = await openCommand(this.#master, commandLine, deadline - Date.now(), signal);
      switch (opened.kind) {
        case 'open':
          return opened.channel;
        case 'late':
          throw refusal === undefined ? lateChannel(this.#spec) : refusedChannels(this.#spec, refusal);
        case 'dropped':
          throw this.#dropped();
        case 'none':
          throw refusedCommand(this.#spec, opened.words);
        case 'refused':
          refusal = opened.words;
          if (Date.now() + pause > deadline) throw refusedChannels(this.#spec, refusal);
          break;
        default:
          opened satisfies never;
      }
      await sleep(pause, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  }

  async forward(address: string, port: number, signal?: AbortSignal): Promise<Duplex> {
    if (!this.alive) throw this.#dropped();
    const opened = await openForward(this.#master, `[${address}]:${port}`, this.#spec.timeout, signal);
    switch (opened.kind) {
      case 'open':
        return opened.channel;
      case 'late':
        throw lateForward(this.#spec, address, port);
      case 'dropped':
        throw this.#dropped();
      case 'none':
      case 'refused':
        throw refusedForward(this.#spec, address, port, opened.words);
      default:
        return opened satisfies never;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await this.#master.end();
  }

  #dropped(): UnreachableError {
    return droppedConnection(this.#spec, this.#isClosed ? 'it was closed' : lastWords(this.#master.words.lines, 1));
  }
}

/** The way to the host broke while it was used. */
function lostWay({ host }: ConnectionSpec, { message }: UnreachableError): UnreachableError {
  return new UnreachableError(host, 'dropped', message);
}
