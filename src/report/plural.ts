// Numbers with their noun.

/** `1 host`, `3 hosts`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
