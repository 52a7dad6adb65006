// The steps of a cluster module on their way to its members: in waves, each of one kind.
import type { Step } from '../../modules/steps.ts';
import type { ChangeRecord } from '../../report/events.ts';
import { forgetAnswers } from './ask-cluster.ts';
import { carryOut } from '../changing/carry-out.ts';
import type { ClusterWork } from './cluster-work.ts';
import { refsOf } from '../reading/have.ts';
import type { HostRun } from '../state/host-run.ts';
import type { Deed } from '../changing/perform.ts';
import type { Printed } from '../changing/ran.ts';
import { takeTurn, wasBusy } from '../changing/take-turn.ts';
import { TaskFailure } from '../state/task-failure.ts';

/** Where what comes of the steps is kept. */
export interface Gathered {
  readonly changes: Map<string, ChangeRecord[]>;
  readonly outputs: Printed[];
  /** Told what foretold changes rest on. */
  readonly assume: (text: string) => void;
}

/** Carries steps out, or foretells them, wave by wave. @throws TaskFailure for the first that fails; the waves behind it are not sent */
export async function sendSteps(work: ClusterWork, steps: readonly Step[], gathered: Gathered): Promise<void> {
  for (const wave of wavesOf(work, steps)) await sendWave(work, wave, gathered);
}

/** How often the turn on members was taken after another run's. */
export function takeoversOf({ engine, members }: ClusterWork): number {
  return members.reduce((sum, name) => sum + (engine.hosts.get(name)?.takeovers ?? 0), 0);
}

/**
 * Takes the turn on every host that steps change. A refusal is an answer only where no other run was changing members when they
 * were read: there the turn is taken, too.
 * @param seen the takeovers when it was read
 * @returns whether what was read still holds
 * @throws TaskFailure when it is another run's
 */
export async function takeTurns(work: ClusterWork, steps: readonly Step[], seen: number): Promise<boolean> {
  const { engine, user, hosts } = work;
  if (engine.turn === undefined) return true;
  const changes = steps.filter(step => step.kind === 'change');
  const isRefusal = steps.some(step => step.kind === 'unmet');
  const takers = isRefusal ? hosts.filter(host => wasBusy(engine, host, user)) : [...byHost(work, changes).keys()];
  if (takers.length === 0) return true;
  const takeOne = async (host: HostRun): Promise<boolean> => {
    await engine.group?.take(engine, host, user);
    return takeTurn(engine, host, user);
  };
  const held = await Promise.all(takers.map(takeOne));
  if (held.every(Boolean) && seen === takeoversOf(work)) return true;
  forgetAnswers(work);
  return false;
}

/** Consecutive deeds of one kind go out together; the next kind waits for them. What one member does by itself needs no waiting for others. */
function wavesOf(work: ClusterWork, steps: readonly Step[]): readonly (readonly Deed[])[] {
  const waves: Deed[][] = [];
  for (const step of steps) {
    if (step.kind === 'unmet' || step.kind === 'assign' || step.kind === 'enlist') continue;
    const wave = waves.at(-1);
    if (wave !== undefined && wave[0]?.kind === step.kind) wave.push(step);
    else waves.push([step]);
  }
  return waves.reduce<readonly (readonly Deed[])[]>((joined, wave) => {
    const before = joined.at(-1) ?? [];
    const isAlone = new Set([...before, ...wave].map(deed => nameOf(work, deed))).size === 1;
    return isAlone && before.length > 0 ? [...joined.slice(0, -1), [...before, ...wave]] : [...joined, wave];
  }, []);
}

async function sendWave(work: ClusterWork, wave: readonly Deed[], { changes, outputs, assume }: Gathered): Promise<void> {
  const { engine, slot, user, notifies, module, params, members } = work;
  const hosts = byHost(work, wave);
  // Where one member acts alone, its next answers ride behind what it does: nobody else does anything meanwhile.
  const [alone] = hosts.size === 1 ? [...hosts.keys()] : [];
  const isAsked = alone !== undefined && members.includes(alone.name);
  const next = isAsked ? refsOf(module.facts(params, alone.name)).filter(ref => ref.host === undefined || ref.host === alone.name) : [];
  const outcomes = await Promise.allSettled(
    [...hosts].map(([host, deeds]) => {
      const changed = (record: ChangeRecord): void => void changes.set(host.name, [...(changes.get(host.name) ?? []), record]);
      return carryOut({ engine, slot, host, user, changed, assume, outputs, notifies }, deeds, next);
    }),
  );
  forgetAnswers(work, isAsked && outcomes[0]?.status === 'fulfilled' ? alone : undefined);
  const failed = outcomes.find(outcome => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** @throws TaskFailure before anything is sent when a step names a host that it may not */
function byHost(work: ClusterWork, wave: readonly Deed[]): ReadonlyMap<HostRun, readonly Deed[]> {
  const { engine, hosts } = work;
  const found = new Map<HostRun, Deed[]>();
  for (const deed of wave) {
    const host = engine.hosts.get(nameOf(work, deed));
    if (host === undefined) throw new TaskFailure(`a step names ${deed.on ?? 'no member'}, which the inventory does not have`);
    if (deed.kind === 'change' && !hosts.includes(host)) {
      throw new TaskFailure(
        `${host.name} needs a change too (${deed.attribute}), but it is not among the hosts of this run; run without --limit`,
        host.name,
      );
    }
    found.set(host, [...(found.get(host) ?? []), deed]);
  }
  return found;
}

/** Who does it: the first member where nobody is named. */
function nameOf({ members }: ClusterWork, { on }: Deed): string {
  return on ?? members[0] ?? '';
}
