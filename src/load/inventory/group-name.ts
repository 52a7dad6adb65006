// Names that groups may have, in inventories of every kind.

/** Whether a group can be called that. */
export function isGroupName(name: string): boolean {
  return /^[A-Za-z_][\w-]*$/.test(name);
}
