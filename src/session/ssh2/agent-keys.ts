// An ssh-agent: which keys it holds, and a view of it that shows only some of them.
import ssh2, { type ParsedKey } from 'ssh2';
import { LATE, within } from '../wait.ts';

/** An agent that asks a person first may take a while, but not to say what it has. */
const PATIENCE = 5_000;

/** The keys an agent holds, of kinds that can be used here. @throws Error when it does not answer */
export async function listAgentKeys(socket: string): Promise<readonly ParsedKey[]> {
  const listing = new Promise<readonly ParsedKey[]>((resolve, reject) => {
    new ssh2.OpenSSHAgent(socket).getIdentities((error, keys) => (error ? reject(error) : resolve((keys ?? []) as ParsedKey[])));
  });
  const keys = await within(listing, PATIENCE);
  if (keys === LATE) throw new Error('the agent does not answer');
  return keys;
}

/** The agent with nothing but these keys: a server counts every key it is offered. */
export class AgentWith extends ssh2.OpenSSHAgent {
  readonly #keys: readonly ParsedKey[];

  constructor(socket: string, keys: readonly ParsedKey[]) {
    super(socket);
    this.#keys = keys;
  }

  override getIdentities(callback: Parameters<ssh2.OpenSSHAgent['getIdentities']>[0]): void {
    callback(undefined, [...this.#keys]);
  }
}
