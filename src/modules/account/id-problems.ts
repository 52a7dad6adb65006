// An id that another account has: the host would refuse it.
import { unmet } from '../steps.ts';
import type { Unmet } from '../steps.ts';

/** @param holder the name the id is shown under; the id itself where nobody has it */
export function idProblems(kind: 'user' | 'group', name: string, id: number | undefined, holder: string | undefined): readonly Unmet[] {
  if (id === undefined || holder === undefined || holder === String(id) || holder === name) return [];
  const what = kind === 'user' ? 'uid' : 'gid';
  return [unmet(`${what} ${id} belongs to ${kind} "${holder}"; say another ${what}, or give "${holder}" another one first`)];
}
