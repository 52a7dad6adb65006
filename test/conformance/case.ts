// What a case of the conformance suite is: a statement about playbooks, and a playbook in words of both engines that shows it.

/** One playbook, run by both engines. */
export interface Case {
  /** The paragraph of the reference and what it says, in words. */
  readonly statement: string;
  /** In words that both understand; `set` is written as `set_fact` for Ansible. Conditions are such that Jinja and CEL agree on them. */
  readonly playbook: string;
  /** Beside the inventory; the same for both. */
  readonly args?: readonly string[];
  /** tsplay does otherwise on purpose: where that is written down. The case is red when they agree. */
  readonly differs?: string;
  /** tsplay does otherwise and ought not to: in what. The case is red when they agree. */
  readonly known?: string;
}

/** A playbook of one play for all hosts. @param rest the play below its hosts, indented by two */
export function play(rest: string): string {
  return `- hosts: all\n  gather_facts: false\n${rest.replace(/^\n/, '')}`;
}
