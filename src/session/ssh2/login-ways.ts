// The ways to log in, one after the other, those that will work first: a server counts every key and bans for every password.
import type {
  AgentAuthMethod,
  KeyboardInteractiveAuthMethod,
  NoAuthMethod,
  ParsedKey,
  PasswordAuthMethod,
  PublicKeyAuthMethod,
} from 'ssh2';
import { AgentWith, listAgentKeys } from './agent-keys.ts';
import { answerPrompts } from './answer-prompts.ts';
import type { LoginKey } from './login-keys.ts';
import type { Ask } from '../question.ts';
import type { ConnectionSpec } from '../types.ts';

type Login = PublicKeyAuthMethod | AgentAuthMethod | NoAuthMethod | PasswordAuthMethod | KeyboardInteractiveAuthMethod;

/** What is said of a login that fails. */
export interface LoginNotes {
  readonly tried: string[];
  /** Why keys were not tried. */
  readonly problems: string[];
}

/** What is needed to log in. */
export interface LoginGround {
  readonly spec: ConnectionSpec;
  readonly keys: readonly LoginKey[];
  readonly ask: Ask | undefined;
  readonly notes: LoginNotes;
  /** Ends the login at a prompt. */
  readonly refuse: (prompt: string | undefined) => void;
}

/** @param left what the server still takes, once it has said so; @param isPartial whether the last way was taken, and another is wanted */
type NextLogin = (left: readonly string[] | null, isPartial: boolean | null) => Promise<Login | false>;

const ANSWERS = 'what was typed';

/** Gives one way to log in after the other, then `false`; notes each. */
export function loginWays({ spec, keys, ask, notes, refuse }: LoginGround): NextLogin {
  const username = spec.user;
  const keyWays = waysOfKeys(spec, keys, notes);
  let { password } = spec;
  let isAsked = false;
  const noted: Ask | undefined =
    ask &&
    (question => {
      if (!notes.tried.includes(ANSWERS)) notes.tried.push(ANSWERS);
      return ask(question);
    });
  const takePassword = (): ConnectionSpec['password'] => {
    const taken = password;
    if (taken) notes.tried.push('the password');
    password = undefined;
    return taken;
  };
  return async (left, isPartial) => {
    if (left === null || left.includes('publickey')) {
      const way = await keyWays.next();
      if (way.done !== true) return way.value;
    }
    if (left === null) return password === undefined ? false : { type: 'none', username };
    // In the order of OpenSSH: who asks for more than a password asks here. Without one only where a key was taken and was not enough.
    if (left.includes('keyboard-interactive') && (isPartial === true || (password !== undefined && !isAsked))) {
      isAsked = true;
      return {
        type: 'keyboard-interactive',
        username,
        prompt: answerPrompts({ host: spec.host, password: takePassword, ask: noted, refuse }),
      };
    }
    if (!left.includes('password')) return false;
    const text = takePassword()?.reveal();
    return text === undefined ? false : { type: 'password', username, password: text };
  };
}

/** Each key file by itself or through the agent, then whatever else the agent holds. The agent is asked when it is first needed. */
async function* waysOfKeys(spec: ConnectionSpec, keys: readonly LoginKey[], notes: LoginNotes): AsyncGenerator<Login, void> {
  const { agent, user: username } = spec;
  let held: Promise<readonly ParsedKey[]> | undefined;
  const holds = async (): Promise<readonly ParsedKey[]> => (agent === undefined ? [] : await (held ??= listed(agent, notes)));
  for (const { file, key, publicKey, problem } of keys) {
    if (key) {
      notes.tried.push(file);
      yield { type: 'publickey', username, key };
      continue;
    }
    const same = publicKey && (await holds()).find(candidate => candidate.getPublicSSH().equals(publicKey));
    if (same && agent !== undefined) {
      notes.tried.push(`${file} through the agent`);
      yield { type: 'agent', username, agent: new AgentWith(agent, [same]) };
    } else if (problem !== undefined) notes.problems.push(problem);
  }
  if (agent === undefined || spec.identitiesOnly === true) return;
  const own = keys.flatMap(({ publicKey }) => publicKey ?? []);
  const others = (await holds()).filter(key => !own.some(publicKey => key.getPublicSSH().equals(publicKey)));
  if (others.length === 0) return;
  notes.tried.push(`the agent at ${agent}`);
  yield { type: 'agent', username, agent: new AgentWith(agent, others) };
}

async function listed(agent: string, { problems }: LoginNotes): Promise<readonly ParsedKey[]> {
  try {
    return await listAgentKeys(agent);
  } catch {
    problems.push(`the agent at ${agent} does not answer (start one with "eval $(ssh-agent)", or unset SSH_AUTH_SOCK)`);
    return [];
  }
}
