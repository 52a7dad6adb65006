// A moment as the clock on the wall of this machine shows it.

/** `2026-11-30 03:45:01` of an ISO date. */
export function localTime(date: string): string {
  const moment = new Date(date);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
