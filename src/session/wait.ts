// Waiting with an end: races between a promise, a span of time and an abort that leave no timer or listener behind.

/** The longest span that Node's timers take: longer ones would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** What {@link within} gives when the span passed first. */
export const LATE = Symbol('late');

/** The promise's value, or {@link LATE} when it has not settled after `milliseconds`. */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>(resolve => {
    timer = setTimeout(() => resolve(LATE), Math.min(Math.max(milliseconds, 0), LONGEST));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The promise's value, unless the signal is aborted first. The promise itself goes on and may still reject: nobody hears it then.
 * @throws the signal's reason
 */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  promise.catch(() => undefined);
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(abortReason(signal));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

/** Why a signal was aborted, as something that can be thrown. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error(`aborted: ${String(signal.reason)}`);
}

/** Milliseconds as people say them: `0.5 s`, `30 s`. */
export function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
