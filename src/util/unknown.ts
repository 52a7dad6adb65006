// A value that cannot be known yet in a dry run, with the reason a person is told.

/** What a value depends on that has not happened: reasons read like `depends on task 3 "read the id" (playbooks/x.yml:31)`. */
export class Unknown {
  readonly because: readonly string[];

  constructor(because: readonly string[]) {
    this.because = Object.freeze([...new Set(because)]);
    Object.freeze(this);
  }

  toString(): string {
    return '(unknown)';
  }

  toJSON(): { $unknown: readonly string[] } {
    return { $unknown: this.because };
  }
}

/** An unknown for the given reasons. */
export function unknown(...because: readonly string[]): Unknown {
  return new Unknown(because);
}

/** Thrown through a module when it reads something that cannot be known yet. */
export class DependsOnUnknown extends Error {
  readonly because: readonly string[];

  constructor(because: readonly string[]) {
    super(because.join('; '));
    this.name = 'DependsOnUnknown';
    this.because = because;
  }
}
