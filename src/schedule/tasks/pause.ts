// Letting time pass, until somebody interrupts.
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits. @returns whether it was to the end */
export async function pause(seconds: number, stop: AbortSignal): Promise<boolean> {
  try {
    await sleep(seconds * 1000, undefined, { signal: stop });
    return true;
  } catch {
    return false;
  }
}
