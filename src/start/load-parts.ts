// The parts of the shipped program, each run when it is first asked for. A part is one function of CommonJS, written by build/bundle.ts.
import { isAscii } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { CodeCache } from './code-cache.ts';
import type { AsUsual } from './short-run.ts';

type Require = (name: string) => unknown;
type Part = (exports: object, require: Require, module: { exports: unknown }, filename: string, dirname: string) => void;

/**
 * A function that gives what a part exports, running it once.
 * @param outside what is no part: gives what a part asks for by another name than `./NAME.cjs`
 * @param asUsual how code is compiled
 */
export function loadParts(folder: string, outside: Require, cache: CodeCache | undefined, asUsual: AsUsual): Require {
  const modules = new Map<string, { exports: unknown }>();
  const load: Require = name => {
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const filename = join(folder, name);
    const bytes = readFileSync(filename);
    // One byte for each character is read several times as fast.
    const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
    const script = asUsual(() => new Script(text, { filename, cachedData: cache?.read(name) }));
    cache?.keep(name, script);
    const exports = {};
    const module = { exports: exports as unknown };
    modules.set(name, module);
    (script.runInThisContext() as Part)(exports, require, module, filename, folder);
    return module.exports;
  };
  const require: Require = name => (name.startsWith('./') ? load(name.slice(2)) : outside(name));
  return load;
}
