// The names of what a lab creates in the kernel: made from its id alone, so that a lab can be taken down without its state file.

/** Bridge of one of its networks; at most 14 characters (the kernel takes 15). */
export function bridgeName(id: string, network: number): string {
  return `ts-${id}-${network}`;
}

/** Machine name of a host: short enough that nspawn calls the interface `vb-<machine>` in full. */
export function machineName(id: string, index: number): string {
  return `${id}-${index}`;
}

/** The host's interface on the bridge. */
export function portName(id: string, index: number): string {
  return `vb-${machineName(id, index)}`;
}

/** The nftables table of the lab. */
export function tableName(id: string): string {
  return `tsplay_${id}`;
}

/** The lab's network namespace, and the prefix of both ends of its link to the machine. */
export function netnsName(id: string): string {
  return `ts-${id}`;
}

/** The link between the machine and the lab's network namespace; `out` is the machine's end. */
export function uplinkName(id: string, end: 'out' | 'in'): string {
  return `ts-${id}-${end === 'out' ? 'u' : 'i'}`;
}

/** A host name as the kernel and systemd take it. */
export function hostName(name: string): string {
  return (
    name
      .replaceAll(/[^A-Za-z0-9.-]/g, '-')
      .replaceAll(/^[.-]+|[.-]+$/g, '')
      .slice(0, 64) || 'host'
  );
}
