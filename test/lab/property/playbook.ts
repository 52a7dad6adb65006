// A sequence as the text of a playbook: what is run, and what is printed for a person when the property does not hold.
import { HANDLERS } from './generate.ts';
import type { Call, NamedCall } from './types.ts';

/** The name of a call's task: the same in a check and in the run. */
export function taskName({ id, module }: NamedCall): string {
  return `${id} ${module}`;
}

/** The playbook. A register stands only where somebody looks at it, a handler only where somebody calls it. */
export function playbookOf(host: string, calls: readonly NamedCall[]): string {
  const mentioned = (id: string): boolean => calls.some(call => mentions(call, id));
  const tasks = calls.map(call => taskLines(taskName(call), call, mentioned(call.id) ? [`register: ${call.id}`] : []));
  const called = new Set(calls.flatMap(call => call.notify ?? []));
  return [
    `- name: property\n  hosts: ${host}\n  become: true\n  vars: {word: stone}\n  tasks:`,
    ...tasks,
    ...(called.size === 0 ? [] : ['  handlers:', ...HANDLERS.map(handler => taskLines(handler.name, handler, []))]),
    '',
  ].join('\n');
}

/** Whether a call rests on what another registers. */
export function mentions(call: Call, id: string): boolean {
  return JSON.stringify([call.params, call.when, call.loop]).includes(`${id}.`);
}

function taskLines(name: string, call: Call, more: readonly string[]): string {
  const keywords = [
    // JSON is YAML, and keeps a call on a line.
    `${call.module}: ${JSON.stringify(call.params)}`,
    ...(call.when === undefined ? [] : [`when: ${JSON.stringify(call.when)}`]),
    ...(call.loop === undefined ? [] : [`loop: ${JSON.stringify(call.loop)}`]),
    ...(call.notify === undefined || call.notify.length === 0 ? [] : [`notify: ${JSON.stringify(call.notify)}`]),
    ...(call.become_user === undefined ? [] : [`become_user: ${call.become_user}`]),
    ...(call.unsafe_path === true ? ['unsafe_path: true'] : []),
    ...(call.provides === undefined ? [] : [`provides: ${JSON.stringify(call.provides)}`]),
    ...(call.ends === true ? [] : ['ignore_errors: true']),
    ...more,
  ];
  return [`    - name: ${name}`, ...keywords.map(line => `      ${line}`)].join('\n');
}
