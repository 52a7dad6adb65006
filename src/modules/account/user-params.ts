// The parameters of module `user`.
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { ACCOUNT_NAME } from './account-name.ts';

/** What a person says of a user. */
export const USER_PARAMS = {
  type: 'object',
  properties: {
    name: { ...ACCOUNT_NAME, description: 'the user' },
    state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether the account is to be there' },
    uid: { type: 'integer', minimum: 0, description: 'its id; left out, the host picks one' },
    group: { ...ACCOUNT_NAME, description: 'its primary group, which must exist; left out, a new user gets one of its own name' },
    groups: { type: 'array', items: ACCOUNT_NAME, description: 'its other groups, which must exist: exactly these, unless append is true' },
    append: { type: 'boolean', default: false, description: 'keep the other groups it is in already' },
    home: { type: 'string', kind: 'path', description: 'its home directory; a new user gets /home/NAME; an existing one is not moved' },
    create_home: {
      type: 'boolean',
      description: 'make the home directory of a new user, with mode 0750; default true, and false for a system user',
    },
    shell: { type: 'string', kind: 'path', description: 'its login shell; a new user gets /bin/sh, a new system user /usr/sbin/nologin' },
    comment: { type: 'string', pattern: '^[^:\\n]*$', description: 'its full name' },
    system: {
      type: 'boolean',
      default: false,
      description: 'a user for a service, with an id from the range for these; counts only when it is made',
    },
    password: {
      type: 'string',
      secret: true,
      pattern: '^[!*$][^:\\s]*$',
      description: 'a crypt hash such as $6$…, or ! or * to lock the password; never the password itself',
    },
    remove: { type: 'boolean', default: false, description: 'with state absent: remove the home directory and the mail too' },
  },
  required: ['name'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** The parameters as the module receives them. */
export type UserParams = Infer<typeof USER_PARAMS>;

/** Where the home directory is, or would be. */
export const homeOf = (p: UserParams): string => p.home ?? `/home/${p.name}`;
