// Bad days on the way to a host: nobody there, somebody else there, somebody who does not speak or does not stop.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import { newKey } from '../../session/support/keys.ts';
import { startServer, type ServerOptions, type TestServer } from '../../session/support/server.ts';
import type { Project } from '../../cli/support/project.ts';
import type { Day, DayTable, Scene } from '../support/day.ts';
import { freePort } from '../../support/free-port.ts';

const COPY = `- hosts: all
  tasks:
    - {name: a file, file.copy: {dest: "{{ where }}/a", content: "new\\n"}}
    - {name: another, file.copy: {dest: "{{ where }}/b", content: "new\\n"}}
`;
const AS_ROOT = COPY.replace('- hosts: all\n', '- hosts: all\n  become: true\n');
const NOTHING = 'nothing is changed';

function inventoryOf(variables: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ all: { hosts: { n1: { ssh_user: 'tester', ssh_config: 'none', connect_timeout: 2, ...variables } } } });
}

/** Nothing, where there should be a host. */
interface Nowhere extends Scene {
  /** How many came. */
  readonly visits: () => number;
}

const nowhere = (day: Pick<Day<Nowhere>, 'name' | 'prepare'> & { readonly message: string }): Day => {
  const { message, ...rest } = day;
  const row: Day<Nowhere> = {
    ...rest,
    playbook: COPY,
    expect: { exitCode: 4, message, left: NOTHING },
    check: (_scene, _ended, project) => assert.ok(!project.has('a')),
  };
  return row;
};

/** With a key to log in with, so that it is not for the want of one. */
function leadTo(project: Project, port: number, address = '127.0.0.1'): string {
  project.write({ key: newKey().private, known_hosts: '' });
  return inventoryOf({ address, ssh_port: port, ssh_key: project.path('key'), ssh_known_hosts: project.path('known_hosts') });
}

/** A listener that does this with whoever comes. */
async function listener(project: Project, greet: (socket: Socket) => void): Promise<Nowhere> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket.on('error', () => undefined));
    socket.resume();
    greet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    inventory: leadTo(project, typeof address === 'object' && address ? address.port : 0),
    visits: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port whose queue is full: who knocks has no answer, as from a host that is down. */
async function deaf(project: Project): Promise<Nowhere> {
  const program = `require('net').createServer().listen(0, '127.0.0.1', 1, function () {
    require('fs').writeSync(1, this.address().port + '\\n'); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0) })`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(text.toString());
  const sockets = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await Promise.all(sockets.slice(0, 2).map(socket => once(socket, 'connect')));
  return {
    inventory: leadTo(project, port),
    visits: () => 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function pour(socket: Socket, text: string): void {
  const more = (): void => {
    if (socket.destroyed) return;
    if (socket.write(text)) setImmediate(more);
    else socket.once('drain', more);
  };
  more();
}

interface Served extends Scene {
  readonly server: TestServer;
}

type ServedDay = Omit<Day<Served>, 'prepare' | 'playbook' | 'check'> & {
  readonly options?: ServerOptions;
  readonly playbook?: string;
  readonly variables?: (server: TestServer, project: Project) => Readonly<Record<string, unknown>>;
  readonly begin?: (server: TestServer) => void;
  readonly check?: (server: TestServer, project: Project) => void;
};

/** A server in this process; on a good end, all is as described, and else nothing is changed. */
function served({ options, variables, begin, check, playbook = COPY, ...rest }: ServedDay): Day {
  const day: Day<Served> = {
    ...rest,
    playbook,
    async prepare(project) {
      const server = await startServer(options);
      begin?.(server);
      const ways = { address: '127.0.0.1', ssh_port: server.port, ssh_key: server.keyFile, ssh_known_hosts: server.knownHosts };
      return {
        server,
        inventory: inventoryOf({ ...ways, ...variables?.(server, project) }),
        [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
      };
    },
    check({ server }, _ended, project) {
      assert.deepEqual([project.has('a'), project.has('b')], Array(2).fill(rest.expect.exitCode === 0));
      check?.(server, project);
    },
  };
  return day;
}

export const TABLE: DayTable = {
  title: 'Reaching a host',
  days: [
    nowhere({
      name: 'the host is down: nothing answers',
      prepare: deaf,
      message:
        'n1 (127.0.0.1 port …) did not finish the login within 2 s, check the address, the firewall, and that sshd is not overloaded',
    }),
    nowhere({
      name: 'the port is closed',
      async prepare(project) {
        return { inventory: leadTo(project, await freePort()), visits: () => 0, [Symbol.asyncDispose]: () => Promise.resolve() };
      },
      message: 'cannot reach n1 (127.0.0.1 port …): connection refused, check that sshd listens on that port',
    }),
    nowhere({
      name: 'the name of the host is gone',
      prepare(project) {
        // A name that no query can be made of: nothing leaves this machine.
        return { inventory: leadTo(project, 22, 'gone..invalid'), visits: () => 0, [Symbol.asyncDispose]: () => Promise.resolve() };
      },
      message: 'cannot reach n1 (gone..invalid port 22): no such name, check its spelling or set address',
    }),
    nowhere({
      name: 'what listens there says nothing',
      prepare: project => listener(project, () => undefined),
      message: 'n1 (127.0.0.1 port …) did not finish the login within 2 s',
    }),
    nowhere({
      name: 'what listens there hangs up at once',
      prepare: project => listener(project, socket => socket.end()),
      message: 'n1 (127.0.0.1 port …) closes connections before a login, check that sshd is what listens there',
    }),
    nowhere({
      name: 'what listens there is a web server',
      prepare: project => listener(project, socket => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
      message: 'n1 (127.0.0.1 port …) closes connections before a login, check that sshd is what listens there',
    }),
    nowhere({
      name: 'a banner without end, as fast as it is read',
      prepare: project => listener(project, socket => pour(socket, 'wait\r\n'.repeat(1000))),
      message: 'cannot connect to n1 (127.0.0.1 port …): Max greeting lines exceeded, check that sshd answers there',
    }),
    nowhere({
      name: 'a banner without end, a line at a time',
      prepare: project =>
        listener(project, socket => {
          const timer = setInterval(() => socket.write('wait\r\n'), 50);
          socket.once('close', () => clearInterval(timer));
        }),
      message: 'n1 (127.0.0.1 port …) did not finish the login within 2 s',
    }),
    served({
      name: 'the host key is another one than is known',
      variables(server, project) {
        project.write({ known_hosts: `[127.0.0.1]:${server.port} ${newKey().line}\n` });
        return { ssh_known_hosts: project.path('known_hosts') };
      },
      expect: { exitCode: 4, message: 'the host key of n1 (127.0.0.1 port …) …known_hosts:1', left: 'nobody has logged in' },
      check(server, project) {
        assert.equal(server.logins, 0);
        assert.equal(project.read('known_hosts').split('\n').length, 2);
      },
    }),
    served({
      name: 'the key is refused',
      variables(_server, project) {
        project.write({ key: newKey().private });
        return { ssh_key: project.path('key') };
      },
      expect: { exitCode: 4, message: 'refused the login of tester, tried …/key, add the public key to', left: 'one login was tried' },
      check: server => assert.ok(server.logins <= 1 && server.connections === 0),
    }),
    served({
      name: 'the password is wrong',
      options: { methods: ['password'] },
      variables: () => ({ ssh_key: '/nonexistent', ssh_password: 'wrong' }),
      expect: {
        exitCode: 4,
        message: 'tried the password, check the password, which was tried once',
        left: 'it was given once, whatever the tasks',
      },
      check: server => assert.deepEqual(server.passwords, ['wrong']),
    }),
    served({
      name: 'the server opens no channel',
      begin: server => (server.faults.refuseChannels = Number.POSITIVE_INFINITY),
      expect: { exitCode: 4, message: 'n1 refused another channel for 2 s: …, raise MaxSessions in its sshd_config', left: NOTHING },
    }),
    served({
      name: 'the server refuses the first channel',
      begin: server => (server.faults.refuseChannels = 1),
      expect: { exitCode: 0, left: 'all as described' },
    }),
    served({
      name: 'the server refuses to run a command',
      begin: server => (server.faults.refuseCommands = Number.POSITIVE_INFINITY),
      expect: {
        exitCode: 4,
        message: 'n1 does not run commands for tester: …, look at ForceCommand and the login shell there',
        left: NOTHING,
      },
    }),
    served({
      name: 'there is no sudo',
      playbook: AS_ROOT,
      expect: {
        exitCode: 4,
        message: 'tester cannot become root on n1: …, install sudo there, name another become_method, or log in as root …',
        left: NOTHING,
      },
    }),
  ],
};
