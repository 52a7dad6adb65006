// Digests of files, and the layouts in which projects publish them.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LabError } from '../lab-error.ts';
import type { ChecksumFile } from './archives.ts';

/** The digest of a file, in lower-case hexadecimal. */
export async function digestOf(path: string, algorithm: 'sha256' | 'sha512'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** @throws LabError when the file is not the pinned one */
export async function checkDigest(path: string, algorithm: 'sha256' | 'sha512', expected: string): Promise<void> {
  const found = await digestOf(path, algorithm);
  if (found !== expected) {
    throw new LabError(
      `${basename(path)} is not the file that was pinned, got ${algorithm} ${found}, expected ${expected}; remove it from the local repository and try again`,
    );
  }
}

/** The text of a checksum file. */
export function formatChecksum(file: string, digest: string, layout: ChecksumFile['layout']): string {
  switch (layout) {
    case 'coreutils':
      return `${digest}  ${file}\n`;
    case 'binary':
      return `${digest} *${file}\n`;
    case 'gpg':
      return formatGpg(file, digest);
    default:
      return layout satisfies never;
  }
}

/** `file: 9B71D224 BD62F378 …`: upper case in groups of eight, lines after the first indented to where the first began. */
function formatGpg(file: string, digest: string): string {
  const groups = digest.toUpperCase().match(/.{8}/g) ?? [];
  const indent = ' '.repeat(file.length + 2);
  const lines: string[] = [];
  for (let at = 0; at < groups.length; at += 8)
    lines.push(`${groups.slice(at, at + 4).join(' ')}  ${groups.slice(at + 4, at + 8).join(' ')}`.trimEnd());
  return `${file}: ${lines.join(`\n${indent}`)}\n`;
}
