// Names that are used once each, and what was named so far: what comes later in a playbook speaks of it.

/** Gives names. Lives as long as one playbook is made. */
export class Namer {
  readonly registered: string[] = [];
  readonly variables: string[] = ['v0'];
  readonly #counts = new Map<string, number>();

  /** The next one: `t1`, `t2`. */
  next(letter: string): string {
    const count = (this.#counts.get(letter) ?? 0) + 1;
    this.#counts.set(letter, count);
    return `${letter}${count}`;
  }

  /** One that may have been given before. @param most how many there are */
  some(kind: 'registered' | 'variables', letter: string, index: number): string {
    const name = `${letter}${index}`;
    if (!this[kind].includes(name)) this[kind].push(name);
    return name;
  }
}
