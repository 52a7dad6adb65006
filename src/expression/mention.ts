// A variable that a text mentions, before it is known where the text stands.

/** One mention: what the walks over both kinds of tree yield. */
export interface Mention {
  readonly root: string;
  readonly path: readonly string[];
  readonly guarded: boolean;
  /** Asked about by `has`, which guards every mention of the name. */
  readonly asked: boolean;
}
