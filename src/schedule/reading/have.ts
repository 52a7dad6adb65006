// What a module is handed: the answers under its own names, with a note of the assumptions it really looked at.
import type { FactRef } from '../../facts/contract.ts';
import type { AnyParams, FactRequest, Have, HostModule } from '../../modules/contract.ts';
import { WeakPairs } from '../../util/weak-pairs.ts';
import type { HostRun } from '../state/host-run.ts';
import type { Question } from './read-facts.ts';
import { guardUnknown } from '../state/unknown-guard.ts';

const requests = new WeakPairs<HostModule<AnyParams, FactRequest>, AnyParams, FactRequest>();

/** What a module asks for. The same parameters, the same questions. */
export function requestOf(module: HostModule<AnyParams, FactRequest>, params: AnyParams): FactRequest {
  const known = requests.get(module, params);
  return known ?? requests.keep(module, params, module.facts(params));
}

/** Every fact of a request as a question to its host. */
export function questionsOf(request: FactRequest, host: HostRun, hosts: ReadonlyMap<string, HostRun>): readonly Question[] {
  return refsOf(request).map(ref => ({ ref, host: ref.host === undefined ? host : (hosts.get(ref.host) ?? host) }));
}

/** All refs of a request. */
export function refsOf(request: FactRequest): readonly FactRef<unknown>[] {
  return Object.values(request).flatMap(entry => (entry === undefined ? [] : isRefList(entry) ? entry : [entry]));
}

/**
 * The answers to a request that was read. Looking at one that is unknown throws DependsOnUnknown.
 * @param assumes collects what the looked-at answers rest on
 */
export function answersTo(
  request: FactRequest,
  host: HostRun,
  hosts: ReadonlyMap<string, HostRun>,
  user: string | undefined,
  assumes: Set<string>,
): Have<FactRequest> {
  const one = (ref: FactRef<unknown>): unknown => {
    const owner = ref.host === undefined ? host : (hosts.get(ref.host) ?? host);
    const reading = owner.facts.peek(ref, user ?? '');
    if (reading === undefined) throw new Error(`fact ${ref.key} of ${owner.name} was not read before it was looked at`);
    reading.assumes.forEach(assumption => assumes.add(assumption));
    return guardUnknown(reading.value);
  };
  const have = {};
  for (const [name, entry] of Object.entries(request)) {
    const get = (): unknown => (entry === undefined ? undefined : isRefList(entry) ? entry.map(one) : one(entry));
    Object.defineProperty(have, name, { enumerable: true, get });
  }
  return have;
}

function isRefList(entry: FactRef<unknown> | readonly FactRef<unknown>[]): entry is readonly FactRef<unknown>[] {
  return Array.isArray(entry);
}
