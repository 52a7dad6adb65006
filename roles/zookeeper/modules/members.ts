// The parameter every cluster module of this role takes: the servers of the ensemble, and small words about them.

/** The servers, as the inventory has them. */
export const MEMBERS = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'name in the inventory' },
      id: { type: 'integer', minimum: 1, maximum: 255, description: 'myid' },
      address: { type: 'string', description: 'where the others and the clients reach it' },
    },
    required: ['name', 'id', 'address'],
    additionalProperties: false,
  },
  minItems: 1,
  description: 'the servers of the ensemble',
} as const;

/** One server. */
export interface Member {
  readonly name: string;
  readonly id: number;
  readonly address: string;
}
