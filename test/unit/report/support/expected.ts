// Texts that are compared with a stored file, or stored when told to.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sourceRoot, updating } from '../../../support/golden.ts';

/** Compares a text with the file at this path under test/unit; UPDATE_GOLDEN=1 writes it. */
export function assertStored(path: string, actual: string): void {
  const file = join(sourceRoot, 'test/unit', path);
  if (updating) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  assert.ok(existsSync(file), `${path} is not stored; UPDATE_GOLDEN=1 writes it`);
  assert.equal(actual, readFileSync(file, 'utf8'));
}
