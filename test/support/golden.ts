// Golden cases as data: finds the JSON files, asks modules and facts what they answer, and writes answers back when told to.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { secret } from '../../src/util/secret.ts';
import { isMap, type Value } from '../../src/util/value.ts';

/** Whether answers are written into the golden files instead of compared with them. */
export const updating = process.env['UPDATE_GOLDEN'] === '1';

/** The root of the compiled program this file belongs to. */
export const compiledRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The root of the sources: the nearest folder above whose package.json is named tsplay. */
export const sourceRoot = findSourceRoot(compiledRoot);

/** One golden file: what it is about under `subject`, and its cases. */
export interface GoldenFile<Case> {
  /** From the root of the sources, for titles. */
  readonly name: string;
  readonly path: string;
  readonly content: { readonly [subject: string]: unknown; readonly cases: Case[] };
}

/** Every golden file under the folders (`*` stands for any one name) that speaks of `subject`: `module` or `fact`. */
export function goldenFiles<Case>(folders: readonly string[], subject: string): readonly GoldenFile<Case>[] {
  const paths = folders.flatMap(folder => matching(sourceRoot, folder.split('/'))).flatMap(folder => filesUnder(folder, '.json'));
  return paths
    .map(path => ({
      name: relative(sourceRoot, path),
      path,
      content: JSON.parse(readFileSync(path, 'utf8')) as GoldenFile<Case>['content'],
    }))
    .filter(file => typeof file.content[subject] === 'string' && Array.isArray(file.content.cases));
}

/** Writes a golden file back, formatted as the repository is. */
export async function rewrite<Case>(file: GoldenFile<Case>): Promise<void> {
  const options = await resolveConfig(file.path);
  const text = await format(JSON.stringify(file.content), { ...options, filepath: file.path, parser: 'json' });
  if (text !== readFileSync(file.path, 'utf8')) writeFileSync(file.path, text);
}

/** A value as a golden file spells it: `{"$secret": "text"}` stands for a secret. */
export function decode(value: unknown): Value {
  if (Array.isArray(value)) return value.map(decode);
  if (isMap(value)) {
    if (typeof value['$secret'] === 'string') return secret(value['$secret']);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
  }
  return value as Value;
}

/** A value as it prints: through JSON, so that secrets are masked and absent parts are gone. */
export function printed(value: unknown): unknown {
  if (value === undefined) return undefined;
  const bytes = (item: unknown): unknown => (item instanceof Uint8Array ? { base64: Buffer.from(item).toString('base64') } : item);
  return JSON.parse(JSON.stringify(value, (_key, item: unknown) => bytes(item))) as unknown;
}

/** Everything exported by the compiled files under the folders, and the files that could not be loaded. */
export async function exportsUnder(
  folders: readonly string[],
): Promise<{ readonly exports: readonly unknown[]; readonly failed: readonly string[] }> {
  const paths = folders.flatMap(folder => matching(compiledRoot, folder.split('/'))).flatMap(folder => filesUnder(folder, '.js'));
  const failed: string[] = [];
  const found: unknown[] = [];
  for (const path of paths) {
    try {
      found.push(...Object.values((await import(path)) as Record<string, unknown>));
    } catch (error) {
      failed.push(`${relative(compiledRoot, path)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { exports: found, failed };
}

function findSourceRoot(from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly name?: unknown };
      if (manifest.name === 'tsplay') return folder;
    } catch {
      // No package.json here: look further up.
    }
  }
  throw new Error(`no package.json named tsplay above ${from}`);
}

function matching(root: string, parts: readonly string[]): readonly string[] {
  const [part, ...rest] = parts;
  if (part === undefined) return [root];
  if (part !== '*') return matching(join(root, part), rest);
  return entries(root)
    .filter(entry => entry.isDirectory())
    .flatMap(entry => matching(join(root, entry.name), rest));
}

function filesUnder(folder: string, extension: string): readonly string[] {
  return entries(folder)
    .map(entry => ({ entry, path: folder + sep + entry.name }))
    .flatMap(({ entry, path }) => (entry.isDirectory() ? filesUnder(path, extension) : path.endsWith(extension) ? [path] : []));
}

function entries(folder: string): readonly { readonly name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
