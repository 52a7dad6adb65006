// Module: proves that login shells see the wanted JAVA_HOME. It changes nothing.
import { defineModule, unmet } from '../../../src/index.ts';
import { loginHome } from '../facts/login-home.ts';

export const javaLogin = defineModule({
  name: 'java.login',
  summary: 'Prove that JAVA_HOME is set in login shells',
  params: {
    type: 'object',
    properties: { home: { type: 'string', kind: 'path', description: 'the JAVA_HOME they should see' } },
    required: ['home'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'A person who logs in finds Java',
      yaml: `- name: login shells know java
  java.login: { home: /usr/local/java }
`,
    },
  ],
  facts: () => ({ login: loginHome({}) }),
  changes: (p, { login }) => {
    if (login.java_home === p.home) return [];
    return [unmet(`login shells see JAVA_HOME=${login.java_home || '(not set)'}, wanted ${p.home}`)];
  },
  says: p => `login shells see JAVA_HOME=${p.home}`,
});
