// Task: login shells find the default Java. Units do not read this; they name the Java they want themselves.
import { fileTemplate, task } from '../../../src/index.ts';
import type { RoleTask } from '../../../src/index.ts';
import { javaHome } from '../home.ts';

export function loginShells(): readonly RoleTask[] {
  const where = { src: 'java.sh.hbs', dest: '/etc/profile.d/java.sh', owner: 'root', group: 'root', mode: '0644' } as const;
  return [task('login shells know java', fileTemplate, where, { vars: { default_home: javaHome() } })];
}
