// The schemas that were compiled when the program was built. None in the sources: build/validators.ts puts its own in this place.
import type { RawCheck } from './raw-check.ts';

/** The check of a schema by its digest; undefined for one that the build did not know. */
export const readyCheck: (digest: string) => RawCheck | undefined = () => undefined;
