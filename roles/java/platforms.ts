// What a distribution calls its Java packages, and where they put them. A new platform is a row here.
import { expr } from '../../src/index.ts';
import type { Expr } from '../../src/index.ts';

/** One family of distributions. */
export interface Platform {
  /** As in `facts.os.family`. */
  readonly family: string;
  readonly packageOf: (major: number) => string;
  /** The package's own home; may need the host to be known. */
  readonly homeOf: (major: number) => string | Expr<string>;
}

export const PLATFORMS: readonly Platform[] = [
  {
    family: 'debian',
    packageOf: major => `openjdk-${major}-jre-headless`,
    homeOf: major => expr<string>(`/usr/lib/jvm/java-${major}-openjdk-{{ facts.os.arch_alias }}`),
  },
  {
    family: 'redhat',
    packageOf: major => `java-${redhatName(major)}-openjdk-headless`,
    homeOf: major => `/usr/lib/jvm/jre-${redhatName(major)}`,
  },
];

/** Red Hat still counts Java 8 from 1. */
function redhatName(major: number): string {
  return major <= 8 ? `1.${major}.0` : String(major);
}
