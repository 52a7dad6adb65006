// The line to write instead of one of Jinja's: for a template, for a condition, for a tag.
import { readJinja } from './read.ts';
import { toCondition } from './to-condition.ts';
import { toTemplate } from './to-template.ts';
import { type Jinja, NoCounterpart } from './tree.ts';

/** What stands between {{ and }} instead; undefined when there is no counterpart. */
export function insteadInTemplate(text: string): string | undefined {
  return written(text, toTemplate);
}

/** The condition instead; undefined when there is no counterpart. */
export function insteadInCondition(text: string): string | undefined {
  return written(text.replaceAll(/(["']?)\{\{\s*(.*?)\s*\}\}\1/g, '$2'), toCondition);
}

function written(text: string, write: (node: Jinja) => string): string | undefined {
  const node = readJinja(text);
  if (node === undefined) return undefined;
  try {
    return write(node);
  } catch (error) {
    if (error instanceof NoCounterpart) return undefined;
    throw error;
  }
}
