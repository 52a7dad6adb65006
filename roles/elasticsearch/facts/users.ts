// Fact: the users that an Elasticsearch cluster keeps, without their passwords. One node answers for all.
import { defineFact, sh } from '../../../src/index.ts';
import { answerTo, objectIn, parsed, refusalIn, textIn } from './answers.ts';
import { asking, tell } from './ask.ts';
import type { Ask } from './ask.ts';
import { CLUSTER } from './types.ts';

/** One user of the native realm. */
export interface User {
  readonly roles: readonly string[];
  readonly full_name: string;
  readonly email: string;
  readonly enabled: boolean;
}

/** Users by name. */
export interface Users {
  readonly says: string;
  readonly users: Readonly<Record<string, User>>;
}

export const esUsers = defineFact({
  name: 'elasticsearch.users',
  summary: 'the users that an Elasticsearch cluster keeps: their roles, names, addresses, and whether they may log in',
  probe: (at: Ask) => sh`${asking(at.authorization)}
${tell('users', at, '/_security/user')}
exit 0`,
  reads: () => [CLUSTER],
  parse: (output): Users => {
    const answer = answerTo(output, 'users');
    const says = refusalIn(answer);
    const found = says === '' ? Object.entries(objectIn(parsed(answer.body))) : [];
    return { says, users: Object.fromEntries(found.map(([name, value]) => [name, asUser(objectIn(value))])) };
  },
  absent: { says: 'nobody answers', users: {} },
  cost: 'slow',
});

function asUser({ roles, full_name, email, enabled }: Readonly<Record<string, unknown>>): User {
  return {
    roles: Array.isArray(roles) ? roles.map(String).sort() : [],
    full_name: textIn(full_name),
    email: textIn(email),
    enabled: enabled !== false,
  };
}
