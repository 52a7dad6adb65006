// The clock that spans are taken with.

/** Milliseconds since the process began. Node loads half a dozen files of its own for `performance`, before a host is dialled. */
export function now(): number {
  return process.uptime() * 1000;
}
