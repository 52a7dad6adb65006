// V8 optimizes what runs often, on threads of its own. A run with nothing to do is over before that pays, and its hosts' answers wait for them.
import { setFlagsFromString } from 'node:v8';

/** Milliseconds after which a run is long enough to be worth it. */
const SHORT = 1_000;

/**
 * Leaves optimizing to runs that take a while. The flag is back before the process ends: what V8 keeps of a program is only good for the
 * flags that it was made with.
 */
export function optimizeLater(): void {
  const optimize = (): void => setFlagsFromString('--opt');
  setFlagsFromString('--no-opt');
  setTimeout(optimize, SHORT).unref();
  process.prependOnceListener('exit', optimize);
}
