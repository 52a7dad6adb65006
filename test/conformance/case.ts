// What a case of the conformance suite is: a statement about playbooks, and a playbook in words of both engines that shows it.

/** One playbook, run by both engines. */
export interface Case {
  /** The paragraph of the reference and what it says, in words. */
  readonly statement: string;
  /** In words that both understand; `set` is written as `set_fact` for Ansible. Conditions are such that Jinja and CEL agree on them. */
  readonly playbook: string;
  /** Beside it, by their names; as the playbook, in words of both. */
  readonly files?: Readonly<Record<string, string>>;
  /** Another inventory than the four hosts, as `-i` names it. */
  readonly inventory?: string;
  /** The same for both. */
  readonly args?: readonly string[];
  /** Each host goes its own way: only the order of its own results counts. */
  readonly isOrderFree?: true;
  /** tsplay does otherwise on purpose: where that is written down. The case is red when they agree. */
  readonly differs?: string;
}

/** A playbook of one play for all hosts. @param rest the play below its hosts, indented by two */
export function play(rest: string): string {
  return `- hosts: all\n  gather_facts: false\n${rest.replace(/^\n/, '')}`;
}

/** Nothing listens where n2 is said to be. */
export const AWAY: Partial<Case> = {
  files: {
    'away.yml': JSON.stringify({
      all: {
        hosts: { n1: { ansible_connection: 'local' }, n2: { ansible_host: '127.0.0.1', ansible_port: 1, ansible_connection: 'ssh' } },
      },
    }),
  },
  inventory: 'away.yml',
};
