// The version of this tsplay, as its package says.
import { readFileSync } from 'node:fs';
import { packageRoot } from './package-root.ts';

export function ownVersion(): string {
  return (JSON.parse(readFileSync(`${packageRoot()}/package.json`, 'utf8')) as { readonly version: string }).version;
}
