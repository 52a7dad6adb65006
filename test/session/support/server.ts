// An SSH server in this process, whose host has the sh a test asks for and which breaks in the ways a test asks for.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type Algorithms, type AuthenticationType, type AuthContext, type Connection, type Prompt, type ServerChannel } from 'ssh2';
import type { ConnectionSpec } from '../../../src/session/types.ts';
import { hostEnvironment, PASSWORD, type ShellName, type SudoKind } from './host-shells.ts';
import { newKey, newKeyOf, type TestKey } from './keys.ts';

/** What the server does wrong; a test changes these while it runs. */
export interface Faults {
  /** So many openings of a channel are refused before one is accepted. */
  refuseChannels: number;
  /** Openings of channels are not answered. */
  hangChannels: boolean;
  /** Connections are accepted and nothing is said on them. */
  silent: boolean;
  /** Every login is refused. */
  refuseLogins: boolean;
  /** Connections to others are not made for anybody. */
  refuseForwards: boolean;
  /** So many commands are refused, in the channel that was opened for them, before one is run. */
  refuseCommands: number;
  /** Printed on both outputs before a command runs, as a talkative .bashrc does. */
  noise: string;
  /** How the output of a command gets to its channel; whole if absent. */
  carry: Carry | undefined;
}

/** Brings the output of a command to its channel. Once it resolves, the end of the command is told too. */
export type Carry = (output: Readable, channel: ServerChannel) => Promise<void>;

export interface ServerOptions {
  readonly shell?: ShellName;
  readonly sudo?: SudoKind;
  /** How one logs in; with the key if absent. The password is {@link PASSWORD}. */
  readonly methods?: readonly AuthenticationType[];
  /** All that it offers is old. */
  readonly isOld?: boolean;
  /** Words that what is run begins with: they make a real account of it. */
  readonly enter?: readonly string[];
  /** What is wanted beside a key that fits. */
  readonly also?: AuthenticationType;
  /** What keyboard-interactive asks, round by round, before it takes any answers with the {@link PASSWORD} among them. */
  readonly rounds?: readonly (readonly Prompt[])[];
  /** Shown beside its own. */
  readonly moreHostKeys?: readonly TestKey[];
  /** Public keys that fit beside its own. */
  readonly accepts?: readonly Buffer[];
}

/** What servers offered twenty years ago. */
const OLD: Algorithms = {
  kex: ['diffie-hellman-group14-sha1'],
  cipher: ['aes128-cbc', '3des-cbc'],
  hmac: ['hmac-sha1'],
  serverHostKey: ['ssh-rsa'],
};

/** A running server with a key that fits and a known_hosts file that knows it. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** A private directory, removed with the server; HOME of what runs. */
  readonly directory: string;
  readonly knownHosts: string;
  readonly keyFile: string;
  /** The host's public key, as `type base64`. */
  readonly hostKey: string;
  readonly faults: Faults;
  /** Every command line that was asked for. */
  readonly commandLines: readonly string[];
  /** The ports of this machine that it connected to for somebody. */
  readonly forwards: readonly number[];
  /** How many logins were tried. */
  readonly logins: number;
  /** The answers to each round of keyboard-interactive. */
  readonly answers: readonly (readonly string[])[];
  /** Every password that was given, by either way. */
  readonly passwords: readonly string[];
  /** How many are connected. */
  readonly connections: number;
  /** How many command lines run. */
  readonly running: number;
  /** How to connect to it. */
  spec(changes?: Partial<ConnectionSpec>): ConnectionSpec;
  /** Breaks every connection without a word. */
  drop(): void;
}

/** Starts a server on a free port of the loopback address. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const server = new Running(options);
  await server.listen();
  return server;
}

class Running implements TestServer {
  readonly directory = mkdtempSync(join(tmpdir(), 'tsplay-test-'));
  readonly knownHosts = join(this.directory, 'known_hosts');
  readonly keyFile = join(this.directory, 'id_ed25519');
  readonly faults: Faults = {
    refuseChannels: 0,
    hangChannels: false,
    silent: false,
    refuseLogins: false,
    refuseForwards: false,
    refuseCommands: 0,
    noise: '',
    carry: undefined,
  };
  readonly commandLines: string[] = [];
  readonly forwards: number[] = [];
  readonly passwords: string[] = [];
  readonly answers: (readonly string[])[] = [];
  readonly #also: AuthenticationType | undefined;
  readonly #rounds: readonly (readonly Prompt[])[];
  readonly #methods: readonly AuthenticationType[];
  readonly #enter: readonly string[];
  readonly hostKey: string;
  port = 0;
  logins = 0;
  readonly #children = new Set<ChildProcess>();
  readonly #sockets = new Set<Socket>();
  readonly #environment: Record<string, string>;
  readonly #ssh: ssh2.Server;
  readonly #tcp: NetServer;

  constructor({ shell = 'dash', sudo = 'missing', methods = ['publickey'], isOld = false, enter = [], ...options }: ServerOptions) {
    this.#enter = enter;
    this.#methods = methods;
    this.#also = options.also;
    // A round without questions first, as some servers do it.
    this.#rounds = options.rounds ?? [[], [{ prompt: 'Password: ', echo: false }]];
    const host = isOld ? newKeyOf('rsa') : newKey();
    const login = newKey();
    writeFileSync(this.keyFile, login.private, { mode: 0o600 });
    this.hostKey = host.line;
    this.#environment = hostEnvironment(this.directory, shell, sudo);
    const accepted = [login.blob, ...(options.accepts ?? [])];
    const hostKeys = [host, ...(options.moreHostKeys ?? [])].map(key => key.private);
    this.#ssh = new ssh2.Server({ hostKeys, ...(isOld && { algorithms: OLD }) }, client => this.#serve(client, accepted));
    this.#tcp = createServer(socket => this.#connected(socket));
  }

  async listen(): Promise<void> {
    this.#tcp.listen(0, '127.0.0.1');
    await once(this.#tcp, 'listening');
    const address = this.#tcp.address();
    this.port = typeof address === 'object' && address ? address.port : 0;
    writeFileSync(this.knownHosts, `[127.0.0.1]:${this.port} ${this.hostKey}\n`);
  }

  get connections(): number {
    return this.#sockets.size;
  }

  get running(): number {
    return this.#children.size;
  }

  spec(changes: Partial<ConnectionSpec> = {}): ConnectionSpec {
    const { port, keyFile, knownHosts } = this;
    const login = { user: 'tester', keyFiles: [keyFile], knownHosts: [knownHosts], hostKeyPolicy: 'strict' as const };
    return { host: 'web1', connection: 'ssh2', address: '127.0.0.1', port, timeout: 5000, ...login, ...changes };
  }

  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.drop();
    this.#tcp.close();
    await once(this.#tcp, 'close');
    await Promise.all([...this.#children].map(endGroup));
    rmSync(this.directory, { recursive: true, force: true });
  }

  #connected(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
    if (!this.faults.silent) this.#ssh.injectSocket(socket);
  }

  #serve(client: Connection, accepted: readonly Buffer[]): void {
    client.on('error', () => undefined);
    let isKeyTaken = false;
    client.on('authentication', context => {
      const answer = (isRight: boolean): void => {
        this.logins++;
        if (isRight && !this.faults.refuseLogins) context.accept();
        else context.reject([...this.#methods]);
      };
      const methods = isKeyTaken && this.#also ? [this.#also] : this.#methods;
      if (!methods.includes(context.method)) {
        context.reject([...methods]);
        return;
      }
      if (context.method === 'password') {
        this.passwords.push(context.password);
        answer(context.password === PASSWORD);
        return;
      }
      if (context.method === 'keyboard-interactive') {
        this.#ask(context, this.#rounds, [], given => {
          this.passwords.push(given.find(text => text === PASSWORD) ?? given[0] ?? '');
          answer(isKeyTaken || given.includes(PASSWORD));
        });
        return;
      }
      const fits = context.method === 'publickey' && accepted.some(key => context.key.data.equals(key));
      if (context.method !== 'publickey' || context.signature) this.logins++;
      if (fits && context.signature && this.#also) {
        isKeyTaken = true;
        context.reject([this.#also], true);
      } else if (fits && !this.faults.refuseLogins) context.accept();
      else context.reject([...this.#methods]);
    });
    client.on('tcpip', (accept, reject, { destPort }) => {
      if (this.faults.refuseForwards) {
        reject();
        return;
      }
      this.forwards.push(destPort);
      const socket = connect(destPort, '127.0.0.1');
      socket.once('error', () => reject());
      socket.once('connect', () => {
        const channel = accept();
        socket.on('error', () => channel.destroy());
        channel.on('error', () => socket.destroy());
        socket.pipe(channel).pipe(socket);
      });
    });
    client.on('session', (accept, reject) => {
      if (this.faults.hangChannels) return;
      if (this.faults.refuseChannels > 0) {
        this.faults.refuseChannels--;
        reject();
        return;
      }
      accept().on('exec', (take, refuse, { command }) => {
        if (this.faults.refuseCommands > 0) {
          this.faults.refuseCommands--;
          refuse();
        } else this.#run(command, take());
      });
    });
  }

  #ask(
    context: AuthContext,
    rounds: readonly (readonly Prompt[])[],
    given: readonly string[],
    done: (given: readonly string[]) => void,
  ): void {
    const [round, ...rest] = rounds;
    if (context.method !== 'keyboard-interactive' || round === undefined) {
      done(given);
      return;
    }
    context.prompt([...round], answers => {
      this.answers.push(answers);
      this.#ask(context, rest, [...given, ...answers], done);
    });
  }

  #run(commandLine: string, channel: ServerChannel): void {
    this.commandLines.push(commandLine);
    channel.write(this.faults.noise);
    channel.stderr.write(this.faults.noise);
    const words = [...this.#enter, '/bin/sh', '-c', commandLine];
    const child = spawn(words[0] ?? '', words.slice(1), { detached: true, env: this.#environment, cwd: this.directory });
    this.#children.add(child);
    child.once('exit', () => this.#children.delete(child));
    child.stdin.on('error', () => undefined);
    channel.on('error', () => undefined);
    channel.pipe(child.stdin);
    const carried = (this.faults.carry ?? carryWhole)(child.stdout, channel);
    child.stderr.pipe(channel.stderr, { end: false });
    child.once('close', (status, signal) => {
      void carried.then(() => {
        if (signal === null) channel.exit(status ?? 0);
        else channel.exit(signal.replace('SIG', ''));
        channel.end();
      });
    });
    channel.once('close', () => {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    });
  }
}

function carryWhole(output: Readable, channel: ServerChannel): Promise<void> {
  output.pipe(channel, { end: false });
  return Promise.resolve();
}

/** Ends what a command line left running: asked first, so that a shell can clear up. */
async function endGroup(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, signal);
    await Promise.race([exited, new Promise(resolve => setTimeout(resolve, 2000).unref())]);
  }
}
