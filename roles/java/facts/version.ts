// Fact: which Java is at a home. A JVM has to start to say it, so it is never read ahead.
import { defineFact, resource, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';

/** A Java by its home. */
export interface JavaVersion {
  /** Whether there is a Java that runs. */
  readonly runs: boolean;
  /** As it says itself: `11.0.13`, `1.8.0_312`; empty when there is none. */
  readonly version: string;
  /** 8, 11, 17, 21; 0 when there is none. */
  readonly major: number;
}

const NONE: JavaVersion = { runs: false, version: '', major: 0 };

export const javaVersion = defineFact({
  name: 'java.version',
  summary: 'the version and major version of the Java at a home',
  probe: ({ home }: { readonly home: string }) => sh`${home}/bin/java -version`,
  reads: ({ home }) => [resource.tree(home)],
  parse: (output): JavaVersion => parseVersion(output),
  absent: NONE,
  cost: 'slow',
});

// `java -version` speaks on stderr; up to 8 the major version stood behind "1.".
function parseVersion({ stderr, status }: ProbeOutput): JavaVersion {
  const version = /^\S+ version "([^"]+)"/m.exec(stderr)?.[1];
  if (status !== 0 || version === undefined) return NONE;
  const major = /^(?:1\.)?(\d+)/.exec(version)?.[1];
  return { runs: true, version, major: Number(major ?? 0) };
}
