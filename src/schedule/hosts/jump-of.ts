// The hosts that one is reached through: each with a way of its own, as its configuration says.
import { userInfo } from 'node:os';
import type { InputError } from '../../errors/errors.ts';
import type { ReasonFor } from '../../session/openssh/openssh-reason.ts';
import type { SshConfig } from '../../session/config/ssh-config.ts';
import type { ConnectionSpec } from '../../session/types.ts';
import { clientConfigOf } from './openssh-client.ts';
import { waysOf, type Own } from './ways-in.ts';

const MOST_JUMPS = 8;
const HOP = /^(?:ssh:\/\/)?(?:(?<user>[^@\s]+)@)?(?<name>\[[0-9A-Fa-f:.%]+\]|[^\s:@[\]]+)(?::(?<port>\d{1,5}))?\/?$/;

/** What hosts on the way have from the one behind them. */
export interface JumpGround {
  readonly own: Own;
  readonly config: SshConfig;
  readonly reasonFor: ReasonFor;
  /** How the host behind them is reached: the client of OpenSSH goes through itself alone. */
  readonly connection: ConnectionSpec['connection'];
  readonly problem: (what: string) => InputError;
}

/** The last of some hosts to pass through, with those before it. A single one may have a way of its own, as its configuration says. */
export function jumpOf(hops: readonly string[], ground: JumpGround, depth = 0): ConnectionSpec | undefined {
  const hop = hops.at(-1);
  if (hop === undefined) return undefined;
  if (depth === MOST_JUMPS) throw ground.problem(`a way of more than ${MOST_JUMPS} hosts, look for one that leads to itself`);
  const { name, user: named, port } = HOP.exec(hop)?.groups ?? {};
  if (name === undefined) throw ground.problem(`no list of hosts, write each as [USER@]NAME[:PORT]: ${hop}`);
  const { config, own, reasonFor } = ground;
  const asked = name.replace(/^\[(.*)\]$/, '$1');
  const options = config.optionsFor(name, named);
  // Its own keys where the configuration names some; else those of the host behind it.
  const keys = options.identityFiles === undefined ? own.keys : undefined;
  const base = {
    host: name,
    address: options.hostName ?? asked,
    port: port === undefined ? (options.port ?? 22) : Number(port),
    user: named ?? options.user ?? userInfo().username,
    ...waysOf({ ...own, keys }, options),
  };
  const isOpenssh = ground.connection === 'openssh' || reasonFor(base, options, hops.length > 1) !== undefined;
  const connection = isOpenssh ? 'openssh' : 'ssh2';
  const ofItsOwn = isOpenssh && options.matchExecAt !== undefined ? [] : (options.proxyJump ?? []);
  const before = hops.length > 1 ? hops.slice(0, -1) : ofItsOwn;
  const jump = jumpOf(before, { ...ground, connection }, depth + 1);
  const said = { port, user: named, keyFiles: keys, knownHosts: own.knownHosts, jump };
  return {
    ...base,
    connection,
    ...(isOpenssh && { config: clientConfigOf(asked, config.files, [], said) }),
    ...(jump && { jump }),
  };
}
