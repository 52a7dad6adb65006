// Asking a cluster: every member in one frame each; then, where the answers call for it, one of them for all.
import { UnreachableError } from '../../errors/errors.ts';
import { resource } from '../../facts/resource.ts';
import { isAbsent } from '../../modules/contract.ts';
import type { Absent, ClusterView, FactRequest, Have, HaveAll, WholeRequest } from '../../modules/contract.ts';
import type { ClusterWork } from './cluster-work.ts';
import { isCheck } from '../state/engine.ts';
import { answersTo, questionsOf, refsOf } from '../reading/have.ts';
import type { HostRun } from '../state/host-run.ts';
import { readFacts } from '../reading/read-facts.ts';
import { TaskFailure } from '../state/task-failure.ts';

/** What the members answered, and the one who spoke for all. */
export interface Answers {
  readonly have: HaveAll<FactRequest>;
  readonly view: ClusterView<FactRequest>;
}

/** What is asked for besides. */
export interface AskOptions {
  /** Collects what the answers rest on, as far as they are looked at. */
  readonly assumes: Set<string>;
  /** The roll is over: what cannot be learnt of the whole any more must not keep it from being put back. */
  readonly isClosing?: boolean;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Asks. A member that cannot be reached is a value to decide on. @throws TaskFailure when an answer makes no sense */
export async function askCluster(work: ClusterWork, options: AskOptions): Promise<Answers> {
  for (;;) {
    const answers = await askOnce(work, options);
    // A link that broke while the whole was asked about has what its member said before forgotten.
    if (!isForgotten(work, answers)) return answers;
  }
}

function isForgotten({ engine, module, params, user }: ClusterWork, { have }: Answers): boolean {
  return [...have].some(([name, answer]) => {
    const facts = engine.hosts.get(name)?.facts;
    if (facts === undefined || isAbsent(answer)) return false;
    return refsOf(module.facts(params, name)).some(ref => ref.host === undefined && facts.peek(ref, user ?? '') === undefined);
  });
}

async function askOnce(work: ClusterWork, { assumes, isClosing = false }: AskOptions): Promise<Answers> {
  const { module, params, members } = work;
  const answers = await Promise.all(
    members.map(async name => [name, await askMember(work, name, module.facts(params, name), assumes)] as const),
  );
  const have = new Map(answers);
  const view: ClusterView<FactRequest> = { whole: undefined, speaker: undefined, leftOut: NOBODY, isClosing };
  const wanted = module.whole?.(params, have);
  if (wanted === undefined) return { have, view };
  try {
    return { have, view: { ...view, whole: await askSpeaker(work, wanted, assumes), speaker: wanted.speaker } };
  } catch (error) {
    if (isClosing && error instanceof TaskFailure) return { have, view };
    throw error;
  }
}

/**
 * One member's change shows on the others too: in a run every member is asked anew, and so is whoever speaks for all.
 * @param answered who has answered behind the change already
 */
export function forgetAnswers({ engine, module, params, members }: ClusterWork, answered?: HostRun): void {
  if (isCheck(engine)) return;
  for (const name of members) {
    if (name === answered?.name) continue;
    const own = refsOf(module.facts(params, name));
    engine.hosts.get(name)?.facts.disturb([resource.cluster('*')], own);
  }
}

async function askSpeaker(
  work: ClusterWork,
  { speaker, facts }: WholeRequest<FactRequest>,
  assumes: Set<string>,
): Promise<Have<FactRequest>> {
  const whole = await askMember(work, speaker, facts, assumes);
  if (isAbsent(whole)) throw new TaskFailure(whole.unreachable, speaker);
  return whole;
}

async function askMember(work: ClusterWork, name: string, request: FactRequest, assumes: Set<string>): Promise<Have<FactRequest> | Absent> {
  const { engine, user } = work;
  const host = engine.hosts.get(name);
  if (host === undefined) throw new TaskFailure(`${name} is a member, but the inventory has no such host`);
  if (host.standing === 'lost') return { unreachable: host.lostBecause };
  try {
    await readFacts(engine, questionsOf(request, host, engine.hosts), user);
  } catch (error) {
    if (error instanceof UnreachableError) return { unreachable: error.message };
    throw error instanceof TaskFailure ? new TaskFailure(error.message, name) : error;
  }
  return answersTo(request, host, engine.hosts, user, assumes);
}
