// The catalogue behind `facts.*` in expressions: what is known of every host, read only when something asks for it.
import type { Fact } from '../contract.ts';
import type { Value } from '../../util/value.ts';
import { hostBoot } from './boot.ts';
import { hostCpu } from './cpu.ts';
import { hostMachineId } from './machine-id.ts';
import { hostMemory } from './memory.ts';
import { hostMounts } from './mounts.ts';
import { hostNet } from './net.ts';
import { hostOs } from './os.ts';
import { hostServiceManager } from './service-manager.ts';
import { hostUser } from './user.ts';
import { hostVirtualization } from './virtualization.ts';

/** A fact about the host as a whole: it takes no arguments. */
export type HostFact = Fact<Record<string, never>, Value>;

/** By the name it has in `facts.NAME`; the summary stands in its definition. */
export const HOST_FACTS: Readonly<Record<string, HostFact>> = Object.freeze({
  boot: asHostFact(hostBoot),
  cpu: asHostFact(hostCpu),
  machine_id: asHostFact(hostMachineId),
  memory: asHostFact(hostMemory),
  mounts: asHostFact(hostMounts),
  net: asHostFact(hostNet),
  os: asHostFact(hostOs),
  service_manager: asHostFact(hostServiceManager),
  user: asHostFact(hostUser),
  virtualization: asHostFact(hostVirtualization),
});

/** All of these give plain data, which an interface's type does not show. */
function asHostFact<V>(fact: Fact<Record<string, never>, V>): HostFact {
  return fact as unknown as HostFact;
}
