// SSH servers in this process as the hosts of an inventory: the test's own keys and known hosts, nobody else's.
import { startServer, type ServerOptions, type TestServer } from '../../session/support/server.ts';

/** Servers by the name of their host. */
export interface Hosts<N extends string> extends AsyncDisposable {
  readonly servers: Readonly<Record<N, TestServer>>;
  /** The inventory that leads to them; `changes` replace variables of a host. */
  inventory(changes?: Partial<Record<N, Readonly<Record<string, string | number | boolean>>>>): string;
}

/** Starts a server for each name. */
export async function startHosts<N extends string>(...names: readonly N[]): Promise<Hosts<N>> {
  return startHostsWith({}, ...names);
}

/** The same, of servers that are otherwise than the usual. */
export async function startHostsWith<N extends string>(options: ServerOptions, ...names: readonly N[]): Promise<Hosts<N>> {
  const started = await Promise.all(names.map(async name => [name, await startServer(options)] as const));
  const servers = Object.fromEntries(started) as Record<N, TestServer>;
  return {
    servers,
    inventory(changes = {}) {
      const hosts = started.map(([name, server]) => [
        name,
        {
          address: '127.0.0.1',
          ssh_port: server.port,
          ssh_user: 'tester',
          ssh_key: server.keyFile,
          ssh_known_hosts: server.knownHosts,
          connect_timeout: 5,
          ...changes[name],
        },
      ]);
      return JSON.stringify({ all: { hosts: Object.fromEntries(hosts) as object } });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map(([, server]) => server[Symbol.asyncDispose]()));
    },
  };
}
