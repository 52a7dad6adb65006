// Module: keeps a user of an Elasticsearch cluster whose security is on.
import { change, defineModule, run, secret, sh, unmet, withInput } from '../../../src/index.ts';
import type { Secret, Step } from '../../../src/index.ts';
import { without } from '../facts/answers.ts';
import { askAt, asking, AT, AUTHORIZATION } from '../facts/ask.ts';
import { esUsers } from '../facts/users.ts';
import type { User } from '../facts/users.ts';

export const esUser = defineModule({
  name: 'elasticsearch.user',
  summary: 'Keep a user of an Elasticsearch cluster; security has to be on',
  params: {
    type: 'object',
    properties: {
      at: AT,
      authorization: AUTHORIZATION,
      name: { type: 'string', pattern: '^[A-Za-z0-9_@.-]+$', description: 'what the user logs in as' },
      state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether there is one' },
      password: { type: 'string', secret: true, description: 'given to a new user; one that is there keeps its own' },
      roles: { type: 'array', items: { type: 'string' }, default: [], description: 'names of its roles' },
      full_name: { type: 'string', default: '', description: 'the name of the person' },
      email: { type: 'string', default: '', description: 'where the person is reached' },
      enabled: { type: 'boolean', default: true, description: 'whether it may log in' },
    },
    required: ['at', 'name'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Somebody who may look',
      yaml: `- name: grafana may read
  elasticsearch.user:
    at: { address: 192.168.1.184, port: 9200 }
    authorization: /opt/elasticsearch/config/authorization
    name: grafana
    password: "{{ grafana_password }}"
    roles: [viewer]
`,
    },
  ],
  facts: p => ({ found: esUsers(askAt(p)) }),
  changes: (p, { found }): readonly Step[] => {
    const where = `Elasticsearch at ${p.at.address}:${p.at.port}`;
    if (found.says !== '') return [unmet(`${where} does not list its users, is security on? ${found.says}`)];
    const have = found.users[p.name];
    const others = without(found.users, p.name);
    const [from, to] = [have, p.state === 'absent' ? undefined : wanted(p)];
    if (JSON.stringify(from) === JSON.stringify(to)) return [];
    if (to !== undefined && from === undefined && p.password === undefined)
      return [unmet(`user ${p.name} is not there yet, and a new one needs a password`)];
    const [method, password] = [to === undefined ? 'DELETE' : 'PUT', from === undefined ? p.password : undefined];
    const content = to === undefined ? '' : contentOf(to, password);
    const script = sh`${asking(p.authorization)}
http ${method} ${p.at.address} ${p.at.port} ${`/_security/user/${p.name}`} "\${CONTENT:-}" || { echo "Elasticsearch does not take the user: $status $body" >&2; exit 1; }`;
    return [
      change('user', from === undefined ? 'absent' : { ...from }, to === undefined ? 'absent' : { ...to }, {
        // What is sent may hold a password: it is in the environment, and in no list of processes.
        actions: [run(withInput(script, { env: { CONTENT: content } }))],
        sets: [esUsers(askAt(p)).becomes({ says: '', users: to === undefined ? others : { ...others, [p.name]: to } })],
        touches: [],
      }),
    ];
  },
});

function wanted({ roles, full_name, email, enabled }: User): User {
  return { roles: [...new Set(roles)].sort(), full_name, email, enabled };
}

function contentOf({ full_name, email, ...user }: User, password: Secret | undefined): string | Secret {
  const named = { ...user, full_name: full_name === '' ? null : full_name, email: email === '' ? null : email };
  return password === undefined ? JSON.stringify(named) : secret(JSON.stringify({ ...named, password: password.reveal() }));
}
