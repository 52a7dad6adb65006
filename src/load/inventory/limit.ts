// The limit of the command line: a pattern, or patterns one a line from a file, that every play's hosts must match too.
import { promises as files } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../../errors/errors.ts';
import { sourceProblems } from '../messages/sources.ts';

/**
 * The pattern of `-l`: `@file` is read, its lines joined; `#` begins a comment.
 * @throws InputError when the file cannot be read
 */
export async function readLimit(limit: string, cwd: string): Promise<string> {
  if (!limit.startsWith('@')) return limit;
  const file = limit.slice(1);
  let text: string;
  try {
    text = await files.readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new InputError([sourceProblems.unreadable(file, error)]);
  }
  const lines = text.split(/\r?\n/).map(line => line.replace(/#.*/, '').trim());
  return lines.filter(line => line !== '').join(',');
}
