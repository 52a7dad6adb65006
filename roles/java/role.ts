// Role: one or more Javas side by side, one of them the default, for units and for people.
import { defineRole } from '../../src/index.ts';
import { loginHome } from './facts/login-home.ts';
import { javaVersion } from './facts/version.ts';
import { javaLogin } from './modules/login.ts';
import { javaVersionModule } from './modules/version.ts';
import { install } from './tasks/install.ts';
import { loginShells } from './tasks/login-shells.ts';
import { vars } from './vars.ts';
import { verify } from './verify.ts';
import { wantedJavas } from './versions.ts';

export default defineRole({
  name: 'java',
  summary: 'Javas side by side, from packages or archives, each under a link that stays',
  at: import.meta.url,
  vars,
  facts: [javaVersion, loginHome],
  modules: [javaVersionModule, javaLogin],
  tasks: given => {
    const { versions, standard } = wantedJavas(given);
    return [...versions.flatMap(java => install(java, java.major === standard)), ...loginShells()];
  },
  verify: given => {
    const { versions, standard } = wantedJavas(given);
    return verify(versions, standard);
  },
});
