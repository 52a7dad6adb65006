// The shipped facts by name. A saved plan names the facts it stands on; this is how they are found again.
import type { FactArguments, FactDefinition, FactRef } from './contract.ts';
import { HOST_FACTS } from './host/catalogue.ts';

/** A fact with its types erased. */
export interface AnyFact {
  (args: FactArguments): FactRef<unknown>;
  readonly definition: FactDefinition<never, unknown>;
}

type Load = () => Promise<unknown>;

/** What modules ask for, by name. What is known of every host stands in the catalogue. */
const FACTS: Readonly<Record<string, Load>> = Object.freeze({
  'account.group': async () => (await import('./account.ts')).groupAccount,
  'account.group-users': async () => (await import('./group-users.ts')).groupUsers,
  'account.password': async () => (await import('./password.ts')).userPassword,
  'account.belongings': async () => (await import('./account.ts')).homeBelongings,
  'account.skeleton': async () => (await import('./account.ts')).homeSkeleton,
  'account.user': async () => (await import('./account.ts')).userAccount,
  'archive.unpacked': async () => (await import('./file/unpacked.ts')).unpacked,
  'command.on-path': async () => (await import('./command/on-path.ts')).commandOnPath,
  'command.output': async () => (await import('./command/output.ts')).commandOutput,
  'command.probe': async () => (await import('./command/probe.ts')).commandProbe,
  'file.digest': async () => (await import('./file/digest.ts')).fileDigest,
  'file.id_name': async () => (await import('./file/id-name.ts')).idName,
  'file.links': async () => (await import('./file/links.ts')).fileLinks,
  'file.node': async () => (await import('./file/node.ts')).fileNode,
  'file.text': async () => (await import('./file/text.ts')).fileText,
  'host.hostname': async () => (await import('./host/hostname.ts')).hostname,
  'kernel.sysctl': async () => (await import('./kernel/sysctl.ts')).sysctlValue,
  'mount.state': async () => (await import('./mount/state.ts')).mountState,
  'mount.under': async () => (await import('./mount/under.ts')).mountsUnder,
  'network.port': async () => (await import('./network/port.ts')).portListening,
  'package.candidate': async () => (await import('./package/candidate.ts')).packageCandidate,
  'package.contents': async () => (await import('./package/contents.ts')).packageContents,
  'package.index': async () => (await import('./package/index-age.ts')).packageIndex,
  'package.index-complete': async () => (await import('./package/index-complete.ts')).packageIndexComplete,
  'package.installed': async () => (await import('./package/installed.ts')).packageInstalled,
  'package.manager': async () => (await import('./package/manager.ts')).packageManager,
  'package.removal': async () => (await import('./package/removal.ts')).packageRemoval,
  'package.switched-off': async () => (await import('./package/switched-off.ts')).packageSwitchedOff,
  'session.owed-handlers': async () => (await import('./owed-handlers.ts')).owedHandlers,
  'session.run-turn': async () => (await import('./run-turn.ts')).runTurn,
  'session.identity': async () => (await import('./identity.ts')).identity,
  'systemd.motion': async () => (await import('./systemd/motion.ts')).unitMotion,
  'systemd.process': async () => (await import('./systemd/process.ts')).unitProcess,
  'systemd.started_with': async () => (await import('./systemd/started-with.ts')).startedWith,
  'systemd.unit': async () => (await import('./systemd/unit.ts')).unitState,
});

/** The names of all of them, those of the catalogue included. */
export const FACT_NAMES: readonly string[] = Object.freeze([
  ...Object.keys(FACTS),
  ...Object.values(HOST_FACTS).map(fact => fact.definition.name),
]);

/** @returns undefined for a name that is not shipped */
export async function loadFact(name: string): Promise<AnyFact | undefined> {
  const host = Object.values(HOST_FACTS).find(fact => fact.definition.name === name);
  return (host ?? (await FACTS[name]?.())) as AnyFact | undefined;
}
