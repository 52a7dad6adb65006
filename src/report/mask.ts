// Masking: stands between the engine and every reporter and replaces secret texts wherever they turn up.
import { MASK, Secret } from '../util/secret.ts';
import { Unknown } from '../util/unknown.ts';
import type { Emit, Event } from './events.ts';
import { secretForms } from './secret-forms.ts';

/** Fields of an event that hold one of a few fixed words, never text. */
const WORDS: ReadonlySet<string> = new Set(['kind', 'status', 'mode', 'level', 'signal']);

/** Characters of a form that is looked for by itself, and of all forms in one pattern: what is too large is no regular expression. */
const LONG = 2_000;
const PATTERN = 50_000;

/** Knows the secrets of a run and takes them out of texts and events. */
export interface Masker {
  /** Registers a secret; from here on it is masked. Texts under six characters are masked by type only. */
  addSecret(text: string): void;
  mask(text: string): string;
  /** The same event with every string masked; the event itself where there is nothing to mask. */
  maskEvent(event: Event): Event;
  wrap(emit: Emit): Emit;
}

/** A masker that knows no secrets yet. */
export function createMasker(): Masker {
  const forms = new Set<string>();
  let replace: ((text: string) => string) | undefined;
  const mask = (text: string): string => {
    if (forms.size === 0) return text;
    replace ??= replacerOf([...forms]);
    return replace(text);
  };
  const maskEvent = (event: Event): Event => (forms.size === 0 ? event : maskEventTree(event, mask));
  return {
    addSecret(text) {
      for (const form of secretForms(text)) forms.add(form);
      replace = undefined;
    },
    mask,
    maskEvent,
    wrap: emit => event => emit(maskEvent(event)),
  };
}

/** Puts the mask in the place of each form, the longest first: a shorter one may be part of it. */
function replacerOf(forms: readonly string[]): (text: string) => string {
  const sorted = forms.toSorted((a, b) => b.length - a.length);
  const long = sorted.filter(({ length }) => length > LONG);
  const patterns = inPieces(sorted.filter(({ length }) => length <= LONG)).map(
    piece => new RegExp(piece.map(escapePattern).join('|'), 'g'),
  );
  return text =>
    patterns.reduce(
      (rest, pattern) => rest.replace(pattern, MASK),
      long.reduce((rest, form) => rest.replaceAll(form, MASK), text),
    );
}

/** The forms in their order, as many together as one pattern holds. */
function inPieces(forms: readonly string[]): readonly (readonly string[])[] {
  const pieces: string[][] = [];
  let room = 0;
  for (const form of forms) {
    if (form.length > room) {
      pieces.push([]);
      room = PATTERN;
    }
    pieces.at(-1)?.push(form);
    room -= form.length;
  }
  return pieces;
}

/** The event with other strings. Its own words and keys stay; inside a value keys are masked too, since a map may be keyed by what a host printed. */
function maskEventTree(event: Event, mask: (text: string) => string): Event {
  const walk = (value: unknown, isValue: boolean): unknown => {
    if (typeof value === 'string') return mask(value);
    if (typeof value !== 'object' || value === null || value instanceof Secret) return value;
    if (value instanceof Unknown) return new Unknown(value.because.map(mask));
    if (Array.isArray(value)) return Object.freeze(value.map(item => walk(item, isValue)));
    const entries = Object.entries(value).map(([key, item]) => [
      isValue ? mask(key) : key,
      walk(item, isValue || key === 'from' || key === 'to'),
    ]);
    return Object.freeze(Object.fromEntries(entries));
  };
  const fields = Object.entries(event).map(([key, item]: [string, unknown]) => [key, WORDS.has(key) ? item : walk(item, false)]);
  return Object.freeze(Object.fromEntries(fields)) as Event;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
