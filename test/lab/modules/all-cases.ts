// The cases of all modules, wherever they are written down.
import { ACCOUNT_CASES } from './account-cases.ts';
import { ARCHIVE_CASES } from './archive-cases.ts';
import { FILE_CASES } from './file-cases.ts';
import { FILE_MORE_CASES, FILE_SEQUENCES, FILE_WATCHING_CASES } from './file-more-cases.ts';
import { HOST_CASES } from './host-cases.ts';
import { SEQUENCES } from './sequences.ts';
import { SYSTEM_CASES, SYSTEM_SEQUENCES } from './system-cases.ts';
import { SYSTEMD_CASES } from './systemd-cases.ts';
import type { MendingCase, Sequence, WatchingCase } from './types.ts';
import { WATCHING_CASES } from './watching-cases.ts';

/** Modules that mend, each by itself. */
export const MENDING: readonly MendingCase[] = [
  ...FILE_CASES,
  ...FILE_MORE_CASES,
  ...ARCHIVE_CASES,
  ...ACCOUNT_CASES,
  ...SYSTEMD_CASES,
  ...HOST_CASES,
  ...SYSTEM_CASES,
];

/** Modules that look, wait or say. */
export const WATCHING: readonly WatchingCase[] = [...WATCHING_CASES, ...FILE_WATCHING_CASES];

/** Tasks that build on each other. */
export const JOINT: readonly Sequence[] = [...SEQUENCES, ...FILE_SEQUENCES, ...SYSTEM_SEQUENCES];
