// Many playbooks at once: as many lanes as there are processors, each with a process of its own for Ansible.
import { availableParallelism } from 'node:os';
import { startAnsible, type Ansible } from './run-ansible.ts';

/** Has each item used once, in their order. @param home a folder for what Ansible keeps */
export async function inLanes<T>(home: string, items: readonly T[], use: (ansible: Ansible, item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async (): Promise<void> => {
    await using ansible = startAnsible(home);
    for (let item = left.shift(); item !== undefined; item = left.shift()) await use(ansible, item);
  };
  await Promise.all(Array.from({ length: Math.min(items.length, availableParallelism()) }, lane));
}
