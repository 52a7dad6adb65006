// Module: proves that a home holds the wanted Java. It changes nothing.
import { defineModule, unmet } from '../../../src/index.ts';
import { javaVersion } from '../facts/version.ts';

export const javaVersionModule = defineModule({
  name: 'java.version',
  summary: 'Prove that the Java at a home runs and is of the wanted major version',
  params: {
    type: 'object',
    properties: {
      home: { type: 'string', kind: 'path', description: 'a JAVA_HOME' },
      major: { type: 'integer', minimum: 6, description: '8, 11, 17, 21, …' },
    },
    required: ['home', 'major'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Java 17 is there',
      yaml: `- name: java 17 runs
  java.version: { home: /usr/local/java-17, major: 17 }
`,
    },
  ],
  facts: p => ({ java: javaVersion({ home: p.home }) }),
  changes: (p, { java }) => {
    if (!java.runs) return [unmet(`no Java runs at ${p.home}, wanted Java ${p.major}`)];
    return java.major === p.major ? [] : [unmet(`the Java at ${p.home} is ${java.version}, wanted Java ${p.major}`)];
  },
  result: (_p, { java }) => ({ ...java }),
  says: (p, { java }) => `Java ${java.version} at ${p.home}`,
});
