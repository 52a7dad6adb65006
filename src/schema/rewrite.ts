// What to write instead: the value that was most likely meant, spelt the way the schema wants it.
import type { Schema } from './schema.ts';
import { modeFrom } from './string-kinds.ts';

const WORDS_FOR_TRUTH: Readonly<Record<string, boolean>> = { yes: true, on: true, true: true, no: false, off: false, false: false };

/** `write port: 8080`, or undefined when nothing is certain enough. `text` is what was typed. */
export function rewrite(schema: Schema, key: string | undefined, value: unknown, text: string | undefined): string | undefined {
  const better = betterText(schema, value, text ?? textOf(value));
  if (better === undefined) return undefined;
  return key === undefined || /^\d+$/.test(key) ? `write ${better}` : `write ${key}: ${better}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function betterText(schema: Schema, value: unknown, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (schema.type === 'string') return betterString(schema, value, text);
  if (typeof value !== 'string') return schema.type === 'array' && typeof value === 'number' ? `[${text}]` : undefined;
  if (schema.type === 'integer') return /^-?\d{1,15}$/.test(text) ? String(Number(text)) : undefined;
  if (schema.type === 'number') return /^-?\d{1,15}(\.\d+)?$/.test(text) ? text : undefined;
  if (schema.type === 'boolean') {
    const truth = Object.hasOwn(WORDS_FOR_TRUTH, text.toLowerCase()) ? WORDS_FOR_TRUTH[text.toLowerCase()] : undefined;
    return truth === undefined ? undefined : String(truth);
  }
  return schema.type === 'array' && /^[\w./-]+$/.test(text) ? `[${text}]` : undefined;
}

function betterString(schema: Schema & { readonly type: 'string' }, value: unknown, text: string): string | undefined {
  if ('kind' in schema && schema.kind === 'mode') {
    const mode = modeFrom(text);
    return mode === undefined ? undefined : JSON.stringify(mode);
  }
  return typeof value === 'number' || typeof value === 'boolean' ? JSON.stringify(text) : undefined;
}
