// The text a template yields while it is put together: it becomes secret or unknown as soon as one piece is.
import { Secret } from '../../util/secret.ts';
import { Unknown } from '../../util/unknown.ts';
import type { Value } from '../../util/value.ts';
import { asText } from '../helpers/as-text.ts';

/** What is done to a piece before it joins the text; `raw` pieces came from `{{{ }}}`. */
export type PieceFilter = (value: Value, raw: boolean) => Value;

/** Collects pieces. */
export class Output {
  readonly #pieces: string[] = [];
  readonly #because: string[] = [];
  readonly #filter: PieceFilter | undefined;
  #secret = false;

  constructor(filter?: PieceFilter) {
    this.#filter = filter;
  }

  text(text: string): void {
    this.#pieces.push(text);
  }

  /** @throws HelperRefusal for what cannot stand in text */
  piece(value: Value, raw: boolean): void {
    if (value instanceof Unknown) {
      this.unknown(value);
      return;
    }
    const piece = this.#filter === undefined ? value : this.#filter(value, raw);
    if (piece instanceof Secret) this.#secret = true;
    this.#pieces.push(asText(piece));
  }

  /** The text depends on something that is not known yet. */
  unknown(value: Unknown): void {
    this.#because.push(...value.because);
  }

  /** The whole: unknown before secret, since unknown text has nothing to hide yet. */
  result(): Value {
    if (this.#because.length > 0) return new Unknown(this.#because);
    const text = this.#pieces.join('');
    return this.#secret ? new Secret(text) : text;
  }
}
