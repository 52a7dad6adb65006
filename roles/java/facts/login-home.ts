// Fact: the JAVA_HOME that a login shell sees, with nothing inherited.
import { defineFact, resource, sh } from '../../../src/index.ts';

/** What a person finds after logging in. */
export interface LoginHome {
  /** Empty when it is not set. */
  readonly java_home: string;
}

export const loginHome = defineFact({
  name: 'java.login_home',
  summary: 'the JAVA_HOME of a login shell',
  probe: () => sh`env -i sh -lc 'echo "JAVA_HOME=$JAVA_HOME"'`,
  reads: () => [resource.path('/etc/profile'), resource.tree('/etc/profile.d')],
  parse: ({ stdout }): LoginHome => ({ java_home: /^JAVA_HOME=(.*)$/m.exec(stdout)?.[1] ?? '' }),
  absent: { java_home: '' },
  cost: 'slow',
});
