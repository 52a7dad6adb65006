// A second look at a host: who it is, and what facts read now, whatever was known of it before. One frame for each user.
import { hostMachineId } from '../../facts/host/machine-id.ts';
import type { FactRef } from '../../facts/contract.ts';
import type { Engine } from '../state/engine.ts';
import { HostRun } from '../state/host-run.ts';
import { readFacts } from './read-facts.ts';

/** A fact, as seen by a user; undefined is the login user. */
export interface Look {
  readonly ref: FactRef<unknown>;
  readonly user: string | undefined;
}

/** What was seen. */
export interface Seen {
  readonly hostKey: string | undefined;
  readonly machineId: string;
  /** In the order of the looks. */
  readonly values: readonly unknown[];
}

/** Looks at a host anew; what the run knows of it stays as it is. @throws UnreachableError; TaskFailure when an answer makes no sense */
export async function lookAgain(engine: Engine, name: string, looks: readonly Look[]): Promise<Seen> {
  const known = engine.hosts.get(name);
  if (known === undefined) throw new Error(`there is no host ${name}`);
  const host = new HostRun(known.entry);
  const id = hostMachineId({});
  const all: readonly Look[] = [{ ref: id, user: undefined }, ...looks];
  for (const user of new Set(all.map(look => look.user))) {
    const questions = all.filter(look => look.user === user).map(({ ref }) => ({ ref, host }));
    await readFacts(engine, questions, user);
  }
  const valueOf = ({ ref, user }: Look): unknown => host.facts.answerTo(ref, user ?? '');
  return {
    hostKey: await engine.sessions.hostKey(name),
    machineId: String(valueOf({ ref: id, user: undefined })),
    values: looks.map(valueOf),
  };
}
