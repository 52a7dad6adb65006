// Ctrl-C: the first stops what has not begun, the second ends what is running.

/** Two signals, fired in turn by SIGINT or SIGTERM. */
export interface Interruption extends Disposable {
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
}

/**
 * Listens to SIGINT and SIGTERM of this process until disposed.
 * @param heard told each time, so that a person sees that it was
 */
export function listenForInterruption(heard: (which: 'first' | 'second') => void): Interruption {
  const stop = new AbortController();
  const kill = new AbortController();
  const onSignal = (): void => {
    const which = stop.signal.aborted ? 'second' : 'first';
    heard(which);
    (which === 'first' ? stop : kill).abort(new Error('interrupted'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    stop: stop.signal,
    kill: kill.signal,
    [Symbol.dispose]() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
