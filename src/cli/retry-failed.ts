// `--retry-failed`: the hosts that the last run of this playbook and inventory has not brought to the described state.
import { resolve } from 'node:path';
import { InputError } from '../errors/errors.ts';
import { findRun, latestRuns } from '../journal/find-runs.ts';
import { hasFailed, hostsToRetry } from '../journal/hosts-to-retry.ts';
import { outlineOf } from '../journal/outline.ts';
import type { RunOutline } from '../journal/types.ts';
import { LAST } from '../journal/words.ts';
import { findInventory } from '../load/inventory/find-inventory.ts';
import type { RunRequest } from './compile-request.ts';
import { localTime } from './local-time.ts';

/** Between the names of several inventories. */
const AND = ' and ';

/** A request for some hosts, and the words that say for which. */
export interface Retry {
  readonly request: RunRequest;
  readonly words: string;
}

/** The request for those hosts only. @param word names the run: `last`, or an id @throws InputError when there is none */
export function retryFailed(request: RunRequest, word: string): Retry {
  const outline = word === LAST ? lastRunOf(request) : runNamed(word, request);
  const { id, since } = outline.head;
  const name = `run ${id} of ${outline.started.playbook}, ${localTime(since)}`;
  if (outline.standing.kind === 'running')
    throw new InputError([{ what: `${name}, has not ended yet`, advice: 'wait for its end, or end it' }]);
  const hosts = hostsToRetry(outline);
  if (hosts.length === 0)
    throw new InputError([{ what: `no host failed in ${name}`, advice: 'leave --retry-failed out to run on all hosts' }]);
  const why = hosts.every(host => hasFailed(outline, host)) ? 'failed there' : 'was cut short';
  return { request: { ...request, limit: hosts.join(',') }, words: `only ${hosts.join(', ')}: ${name}, ${why}` };
}

/** Dry runs and proofs have left nothing undone. */
function lastRunOf(request: RunRequest): RunOutline {
  for (const outline of latestRuns()) if (outline.started.mode === 'run' && isOf(outline, request)) return outline;
  throw new InputError([
    { what: `no run of ${request.playbook} on ${shown(request)} is kept`, advice: 'tsplay runs lists those that are' },
  ]);
}

function runNamed(word: string, request: RunRequest): RunOutline {
  const outline = outlineOf(findRun(word));
  if (outline === undefined || !isOf(outline, request))
    throw new InputError([
      {
        what: `run ${word} is not one of ${request.playbook} on ${shown(request)}`,
        ...(outline && { got: `${outline.started.playbook} on ${outline.started.inventory}` }),
        advice: 'tsplay runs lists them',
      },
    ]);
  return outline;
}

/** Whether it was a run of the same playbook on the same inventory, whatever they were called. */
function isOf({ head, started }: RunOutline, { playbook, inventory, cwd }: RunRequest): boolean {
  if (resolve(head.cwd, started.playbook) !== resolve(cwd, playbook)) return false;
  if (inventory === undefined) return started.inventory === 'none';
  return placesOf(started.inventory.split(AND), head.cwd) === placesOf([inventory].flat(), cwd);
}

function placesOf(names: readonly string[], cwd: string): string {
  const places = names.map(name => (name.includes(',') ? undefined : findInventory(name, cwd, () => undefined)?.path) ?? name);
  return places.join(AND);
}

function shown({ inventory }: RunRequest): string {
  return inventory === undefined ? 'no inventory' : [inventory].flat().join(AND);
}
