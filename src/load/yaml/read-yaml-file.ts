// A YAML file from the disk: bytes, then text, then the tree.
import { readFileSync } from 'node:fs';
import { InputError } from '../../errors/errors.ts';
import { decodeText } from './decode-text.ts';
import type { YamlNode } from './node.ts';
import { parseYaml } from './parse-yaml.ts';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read',
  EISDIR: 'this is a directory, not a file',
  ENOTDIR: 'a part of the path is not a directory',
};

/**
 * Reads a YAML file, and waits for it: nothing else is to be done before what is in it is known. `shown` is the name problems call it by.
 * @throws InputError when it cannot be read, is not UTF-8, or is not valid YAML
 */
export function readYamlFile(path: string, shown = path): YamlNode | undefined {
  return parseYaml(readTextFile(path, shown), shown);
}

/**
 * Reads a text file, waiting for it likewise.
 * @throws InputError when it cannot be read or is not UTF-8
 */
export function readTextFile(path: string, shown = path): string {
  return decodeText(bytesOf(path, shown), shown);
}

/** Not by way of the thread pool, which a few thousand files of variables would pass through one by one. */
function bytesOf(path: string, shown: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
    throw new InputError([{ what: `cannot read ${shown}: ${WHY[code] ?? code}` }]);
  }
}
