// The published JSON Schema of a saved plan. docs/plan.schema.json is made from it.
import { PLAN_FORMAT } from './types.ts';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const count = { type: 'integer', minimum: 0 } as const;
const digest = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;

const closed = <P extends Readonly<Record<string, unknown>>>(properties: P, optional: readonly (keyof P)[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter(name => !optional.includes(name)),
  additionalProperties: false,
});

const position = closed({ file: text, line: count, column: count });

const change = closed(
  {
    attribute: text,
    from: { description: 'what it is; {"$secret": n} stands for the nth secret, {"$unknown": [why]} for what is not known yet' },
    to: { description: 'what it becomes' },
    diff: { ...text, description: 'unified diff of a text' },
  },
  ['diff'],
);

const turn = closed(
  {
    host: text,
    item: { ...text, description: 'the item of a loop, shown short' },
    index: { ...count, description: 'which item of the loop' },
    status: { enum: ['changed', 'unknown', 'failed'], description: 'failed: and ignore_errors lets it pass' },
    parameters: { type: 'object', description: 'as the module receives them; absent while they cannot be known' },
    changes: { type: 'array', items: change },
    assumes: { ...texts, description: 'what the changes rest on besides facts' },
    unknown: { ...texts, description: 'why it cannot be known, wholly or in part' },
    message: text,
  },
  ['item', 'index', 'parameters', 'message'],
);

const task = closed(
  { id: text, name: text, module: text, role: text, at: position, handler: { type: 'boolean' }, turns: { type: 'array', items: turn } },
  ['role', 'at'],
);

const fact = closed(
  {
    fact: { ...text, description: 'its name in the catalogue' },
    args: { type: 'object' },
    user: { ...text, description: 'who read it; absent for the login user' },
    value: { description: 'what was read; absent where it is the content of a file or the output of a program' },
    digest: { ...digest, description: 'keyed digest of the value' },
  },
  ['user', 'value'],
);

const host = closed(
  {
    name: text,
    hostKey: { ...text, description: 'fingerprint of the SSH key it showed' },
    machineId: text,
    facts: { type: 'array', items: fact, description: 'what the plan rests on' },
  },
  ['hostKey'],
);

const request = closed(
  {
    playbook: text,
    inventory: { type: ['string', 'array'], items: text, description: 'one, or several in order' },
    limit: text,
    extraVars: { type: 'array' },
    tags: closed({ only: texts, skip: texts }),
    from: text,
    become: { type: 'boolean' },
    becomeUser: text,
  },
  ['inventory', 'limit', 'from', 'become', 'becomeUser'],
);

/** JSON Schema, draft 7. */
export const PLAN_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'A plan saved by tsplay plan',
  ...closed(
    {
      format: { const: PLAN_FORMAT },
      tsplay: { ...text, description: 'the version of tsplay that made it' },
      made: { ...text, description: 'when, ISO 8601 in UTC' },
      request,
      sources: closed({ playbook: digest, inventory: digest, program: digest }),
      hosts: { type: 'array', items: host },
      tasks: { type: 'array', items: task, description: 'tasks at which something would change' },
      still: { ...count, description: 'turns that have nothing to do' },
      secrets: { ...text, description: 'the secrets by number, as a JSON list in an Ansible Vault envelope' },
      seal: closed({ key: { enum: ['vault', 'controller'] }, salt: text, mac: { ...digest, description: 'HMAC-SHA-256 over the rest' } }),
    },
    ['secrets'],
  ),
};
