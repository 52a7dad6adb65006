// One round of the fuzzed server: a whole run against a host that does one thing wrong, and what may come of it.
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withRun } from '../../../src/cli/execute.ts';
import { requestFrom } from '../../../src/cli/commands/request.ts';
import type { Event } from '../../../src/report/events.ts';
import type { SessionLender } from '../../../src/schedule/state/engine.ts';
import { runProgram } from '../../../src/schedule/plays/run-program.ts';
import { connectSsh2 } from '../../../src/session/ssh2/ssh2-transport.ts';
import type { Command, ConnectionSpec } from '../../../src/session/types.ts';
import { LATE, within } from '../../../src/session/wait.ts';
import { Project } from '../../cli/support/project.ts';
import { until } from '../../support/until.ts';
import type { Chance } from './chance.ts';
import { newCounters } from './exchange.ts';
import { chooseAnswerFault, LIES, spoil } from './faulty-answers.ts';
import { chooseWireFault, FaultyProxy } from './faulty-proxy.ts';
import { PASSWORD } from './host-shells.ts';
import { startServer, type TestServer } from './server.ts';

/** Where a fault is: beneath SSH, in what shells say, or in how channels are opened. */
export type Level = 'wire' | 'answers';

/** What came of a round. */
export interface Round {
  readonly fault: string;
  readonly hasStruck: boolean;
  readonly exitCode: number;
  readonly messages: readonly string[];
  readonly milliseconds: number;
}

const PLAY = `- hosts: n1
  vars: {here: "{{ where }}/out"}
  tasks:
    - {name: folder, file.directory: {path: "{{ here }}"}}
    - {name: small, file.copy: {dest: "{{ here }}/small", content: "{{ facts.os.family }}"}, notify: told}
    - {name: large, file.copy: {dest: "{{ here }}/large", content: "{{ large }}"}}
    - {name: look, command: {argv: [sh, -c, "echo said; echo more >&2"], touches: []}, register: said}
    - {name: last, file.copy: {dest: "{{ here }}/last", content: "{{ said.stdout }}"}}
  handlers:
    - {name: told, command: {argv: [sh, -c, "echo told >{{ here }}/told"], touches: []}}
`;
const LARGE = 'x'.repeat(100_000);
const FILES: Readonly<Record<string, string>> = { large: LARGE, last: 'said\n', told: 'told\n' };

/** Nobody waits long here. A host that says nothing at all is given up within a few of these. */
const TIMES = { connect: 700, start: 700, grace: 150, command: 500, alive: { interval: 250, count: 2 } } as const;
/** A round that takes longer hangs. It leaves room for a machine that has much else to do. */
const DEADLINE = 30_000;

/** A host that rounds are played on, one after the other. */
export class FuzzedHost implements AsyncDisposable {
  readonly #project: Project;
  readonly #server: TestServer;
  readonly #sudo: boolean;

  private constructor(server: TestServer, project: Project, sudo: boolean) {
    this.#server = server;
    this.#project = project;
    this.#sudo = sudo;
  }

  static async start(isBehindSudo: boolean): Promise<FuzzedHost> {
    const server = await startServer({ shell: 'dash', sudo: isBehindSudo ? 'asks' : 'missing' });
    const login = {
      address: '127.0.0.1',
      ssh_user: 'tester',
      ssh_key: server.keyFile,
      ssh_known_hosts: server.knownHosts,
      ssh_config: 'none',
    };
    const become = isBehindSudo ? { become: true, become_password: PASSWORD } : {};
    const inventory = { all: { hosts: { n1: { ...login, ssh_port: server.port, ...become } } } };
    return new FuzzedHost(server, new Project({ 'hosts.yml': JSON.stringify(inventory), 'play.yml': PLAY }), isBehindSudo);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    this.#project[Symbol.dispose]();
  }

  /** Plays a round. @throws AssertionError when anything comes of it that must not */
  async play(level: Level, chance: Chance): Promise<Round> {
    for (const left of [this.#project.path('out'), join(this.#server.directory, '.state')]) rmSync(left, { recursive: true, force: true });
    const started = performance.now();
    const round = await within(level === 'wire' ? this.#onWire(chance) : this.#inAnswers(chance), DEADLINE);
    await this.#settle();
    assert.notEqual(round, LATE, `it hangs: no end after ${DEADLINE / 1000} s`);
    if (round === LATE) throw new Error();
    const { exitCode, messages, fault } = round;
    const told = `${fault}: exit code ${exitCode}: ${messages.join(' | ')}`;
    assert.ok([0, 2, 4].includes(exitCode), told);
    if (exitCode !== 0) assert.ok(messages.length > 0, told);
    for (const message of messages) assert.match(message, /^(?!.*(?:\bundefined\b|\bNaN\b|\[object |\n {4}at )).{10,}/s, told);
    if (exitCode === 0 && !round.mayLie)
      for (const [name, content] of Object.entries(FILES)) assert.equal(this.#read(name), content, `${told}: ${name}`);
    if (round.mustPass) assert.equal(exitCode, 0, told);
    return { ...round, milliseconds: performance.now() - started };
  }

  async #onWire(chance: Chance): Promise<Omit<Round, 'milliseconds'> & Demands> {
    const fault = chooseWireFault(chance);
    await using proxy = await new FaultyProxy(this.#server.port, fault, chance).listen();
    const isHarmless = fault.kind === 'crumbs';
    const ran = await this.#run(proxy.port, isHarmless);
    return { ...ran, fault: JSON.stringify(fault), hasStruck: proxy.struck > 0, mustPass: isHarmless, mayLie: false };
  }

  async #inAnswers(chance: Chance): Promise<Omit<Round, 'milliseconds'> & Demands> {
    const fault = chooseAnswerFault(chance);
    const spoilt = spoil(fault, chance);
    const { faults, port } = this.#server;
    faults.carry = spoilt.carry;
    const isRude = chance.happens(0.1);
    if (isRude) faults.refuseCommands = chance.number(1, 3);
    if (chance.happens(0.1)) faults.refuseChannels = chance.number(1, 50);
    try {
      const ran = await this.#run(port, false);
      const hasStruck = spoilt.struck() > 0 || isRude;
      return { ...ran, fault: JSON.stringify({ ...fault, isRude }), hasStruck, mustPass: false, mayLie: LIES.has(fault.kind) };
    } finally {
      faults.carry = undefined;
      faults.refuseCommands = 0;
      faults.refuseChannels = 0;
    }
  }

  /** What the host still does for a controller that is gone must not reach into the next round. */
  async #settle(): Promise<void> {
    this.#server.drop();
    await until('nothing of the round runs on the host', () => this.#server.running === 0);
  }

  #read(name: string): string {
    return readFileSync(this.#project.path(`out/${name}`), 'utf8');
  }

  /** @param isPatient nothing is wrong: only a machine that is slow is waited for */
  async #run(port: number, isPatient: boolean): Promise<Pick<Round, 'exitCode' | 'messages'>> {
    const events: Event[] = [];
    const never = new AbortController().signal;
    const extraVars = [JSON.stringify({ where: this.#project.directory, large: LARGE })];
    const cwd = this.#project.directory;
    const request = { ...requestFrom({ inventory: ['hosts.yml'], extraVars, waitLock: 20 }, 'play.yml', 'run'), cwd };
    const connect = (spec: ConnectionSpec, signal?: AbortSignal): ReturnType<typeof connectSsh2> =>
      connectSsh2(
        { ...spec, port, knownHosts: [this.#knownHosts(port)], ...(!isPatient && { timeout: TIMES.connect, alive: TIMES.alive }) },
        signal,
      );
    const context = {
      emit: (event: Event) => void events.push(event),
      stop: never,
      kill: never,
      connect,
      ...(!isPatient && { limits: { start: TIMES.start, grace: TIMES.grace } }),
    };
    const { exitCode } = await withRun(request, context, ({ engine }) => {
      const sessions = isPatient ? engine.sessions : impatient(engine.sessions);
      return runProgram({ ...engine, sessions }, newCounters(), () => ({ user: 'tester', become: this.#sudo, becomeUser: 'root' }));
    });
    const bad = events.flatMap(event =>
      event.kind === 'task-result' && (event.status === 'failed' || event.status === 'unreachable') ? [event.message ?? ''] : [],
    );
    return { exitCode, messages: bad };
  }

  /** The server's key under the port of what stands before it. */
  #knownHosts(port: number): string {
    const name = `known-${port}`;
    this.#project.write({ [name]: `[127.0.0.1]:${port} ${this.#server.hostKey}\n` });
    return this.#project.path(name);
  }
}

interface Demands {
  /** Nothing was wrong that has to be told. */
  readonly mustPass: boolean;
  /** The host may have said what is not so, in a form that is right. */
  readonly mayLie: boolean;
}

/** No command is given more time than a round has. */
function impatient(sessions: SessionLender): SessionLender {
  return {
    ...sessions,
    session: async (host, user) => {
      const session = await sessions.session(host, user);
      const hurry = (command: Command): Command => ({ ...command, timeout: Math.min(command.timeout, TIMES.command) });
      return {
        host: session.host,
        user: session.user,
        exchange: (commands, signal) => session.exchange(commands.map(hurry), signal),
        upload: (...body) => session.upload(...body),
        reopen: () => session.reopen(),
        [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
      };
    },
  };
}
