// What `tsplay verify` proves of Java: every wanted version runs under its link, and login shells find the default one.
import { task } from '../../src/index.ts';
import type { RoleTask } from '../../src/index.ts';
import { javaHome } from './home.ts';
import { javaLogin } from './modules/login.ts';
import { javaVersionModule } from './modules/version.ts';
import type { WantedJava } from './versions.ts';

export function verify(versions: readonly WantedJava[], standard: number): readonly RoleTask[] {
  return [
    ...versions.map(({ major }) => task(`java ${major} runs`, javaVersionModule, { home: javaHome(major), major })),
    task('java runs by default', javaVersionModule, { home: javaHome(), major: standard }),
    task('login shells see JAVA_HOME', javaLogin, { home: javaHome() }),
  ];
}
