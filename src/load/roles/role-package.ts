// Roles from npm packages: found as Node finds packages, from the folder of the playbook up.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Names of packages; a path is none. */
export const PACKAGE_NAME = /^(?:@[a-z\d~-][\w.~-]*\/)?[a-z\d~][\w.~-]*$/i;

/** The folder of a package that files in a folder can use; undefined where there is none. */
export function packageFolder(name: string, from: string): string | undefined {
  const found = join(from, 'node_modules', name);
  if (existsSync(join(found, 'package.json'))) return found;
  const above = dirname(from);
  return above === from ? undefined : packageFolder(name, above);
}

/** The file that a package is imported by. */
export function packageEntry(folder: string): string | undefined {
  const described = readPackage(folder);
  const entry = chosen(described['exports']) ?? described['main'] ?? 'index.js';
  const file = typeof entry === 'string' ? join(folder, entry) : undefined;
  return file !== undefined && existsSync(file) ? file : undefined;
}

/** Whether the package that a folder belongs to asks for another. */
export function asksFor(name: string, from: string): boolean {
  if (!existsSync(join(from, 'package.json'))) return dirname(from) !== from && asksFor(name, dirname(from));
  const described = readPackage(from);
  return ['dependencies', 'devDependencies', 'optionalDependencies'].some(key => {
    const asked = described[key];
    return typeof asked === 'object' && asked !== null && Object.hasOwn(asked, name);
  });
}

/** What `exports` says for an import: of several conditions, the first that holds. */
function chosen(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (Array.isArray(exports)) return exports.map(chosen).find(file => file !== undefined);
  if (typeof exports !== 'object' || exports === null) return undefined;
  const entries = Object.entries(exports);
  const main = entries.find(([key]) => key === '.');
  if (main !== undefined) return chosen(main[1]);
  return entries.flatMap(([key, value]) => (CONDITIONS.has(key) ? [chosen(value)] : [])).find(file => file !== undefined);
}

const CONDITIONS: ReadonlySet<string> = new Set(['node', 'import', 'module-sync', 'default']);

function readPackage(folder: string): Readonly<Record<string, unknown>> {
  try {
    const described: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof described === 'object' && described !== null ? (described as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
