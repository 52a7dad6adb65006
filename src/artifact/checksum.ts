// Checksums as projects publish them: five layouts of checksum files, and the short form an author writes.

/** A hash function by the name checksums carry. */
export type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** An expected digest, lower-case hex. */
export interface Checksum {
  readonly algorithm: Algorithm;
  readonly digest: string;
}

/** Hex digits of a digest. */
const DIGITS = { md5: 32, sha1: 40, sha256: 64, sha512: 128 } as const satisfies Record<Algorithm, number>;

/** A checksum written out: `sha512:<hex>`, or the digits alone. Undefined: it is something else, a URL or a path. */
export function readChecksum(text: string): Checksum | undefined {
  const match = /^(?:(md5|sha1|sha256|sha512):)?([0-9A-Fa-f]+)$/.exec(text.trim());
  const digest = match?.[2]?.toLowerCase() ?? '';
  const algorithm = algorithmOf(digest.length);
  if (algorithm === undefined || (match?.[1] !== undefined && match[1] !== algorithm)) return undefined;
  return { algorithm, digest };
}

/** The hash function a checksum file is named after: `x.tar.gz.sha512`. */
export function algorithmOfFile(name: string): Algorithm | undefined {
  return Object.keys(DIGITS).find((algorithm): algorithm is Algorithm =>
    new RegExp(`(^|[._-])${algorithm}(sums?)?([._-]|$)`, 'i').test(name),
  );
}

/**
 * The digest of a file in a checksum file, whichever of the five layouts it has: the digits alone, `hex  file`, `hex *file`,
 * `SHA512 (file) = hex`, or gpg's `file: 9B71D224 BD62F378 …` over several lines. Also Redis' `hash file algorithm hex url`.
 * @param algorithm undefined takes whichever has the right number of digits, the longest first
 * @returns undefined when the text says nothing about the file
 */
export function parseChecksum(text: string, fileName: string, algorithm?: Algorithm): Checksum | undefined {
  const candidates: readonly Algorithm[] = algorithm === undefined ? ['sha512', 'sha256', 'sha1', 'md5'] : [algorithm];
  for (const candidate of candidates) {
    const digest = LAYOUTS.map(layout => layout(text, fileName, candidate)).find(found => found !== undefined);
    if (digest !== undefined) return { algorithm: candidate, digest: digest.toLowerCase() };
  }
  return undefined;
}

type Layout = (text: string, fileName: string, algorithm: Algorithm) => string | undefined;

/** The strictest first: the later ones would read the earlier ones wrongly. */
const LAYOUTS: readonly Layout[] = [namedBefore, namedInList, namedAfter, gpg, alone];

/** `SHA512 (file) = hex`. */
function namedBefore(text: string, fileName: string, algorithm: Algorithm): string | undefined {
  for (const match of text.matchAll(/^\s*([A-Za-z0-9/-]+) ?\((.+)\) ?= ?([0-9A-Fa-f]+)\s*$/gm)) {
    const [, name = '', file = '', digest = ''] = match;
    if (name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase() === algorithm && isNamed(file, fileName) && fits(digest, algorithm))
      return digest;
  }
  return undefined;
}

/** `hash file algorithm hex url`. */
function namedInList(text: string, fileName: string, algorithm: Algorithm): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    const [word, file = '', name, digest = ''] = line.trim().split(/\s+/);
    if (word === 'hash' && name?.toLowerCase() === algorithm && isNamed(file, fileName) && fits(digest, algorithm)) return digest;
  }
  return undefined;
}

/** `hex  file`, `hex *file`. */
function namedAfter(text: string, fileName: string, algorithm: Algorithm): string | undefined {
  for (const match of text.matchAll(/^\s*\\?([0-9A-Fa-f]+)[ \t]+\*?(\S.*?)\s*$/gm)) {
    const [, digest = '', file = ''] = match;
    if (isNamed(file, fileName) && fits(digest, algorithm)) return digest;
  }
  return undefined;
}

/** `file: 9B71D224 BD62F378 …`, continued on indented lines. The name goes first: it may hold hex digits itself. */
function gpg(text: string, fileName: string, algorithm: Algorithm): string | undefined {
  const blocks = text.split(/\r?\n(?=\S)/);
  for (const block of blocks) {
    const colon = block.indexOf(':', block.lastIndexOf(fileName) + 1);
    if (colon < 0 || !isNamed(block.slice(0, colon).trim(), fileName)) continue;
    const digest = block
      .slice(colon + 1)
      .replace(/^\s*[A-Za-z0-9-]+\s*=/, '')
      .replaceAll(/\s/g, '');
    if (fits(digest, algorithm)) return digest;
  }
  return undefined;
}

/** The digits and nothing else, perhaps in groups. */
function alone(text: string, _fileName: string, algorithm: Algorithm): string | undefined {
  const digest = text.replaceAll(/\s/g, '');
  return fits(digest, algorithm) ? digest : undefined;
}

function isNamed(written: string, fileName: string): boolean {
  return written === fileName || written.endsWith(`/${fileName}`);
}

function fits(digest: string, algorithm: Algorithm): boolean {
  return digest.length === DIGITS[algorithm] && /^[0-9A-Fa-f]+$/.test(digest);
}

function algorithmOf(digits: number): Algorithm | undefined {
  return Object.entries(DIGITS).find(([, count]) => count === digits)?.[0] as Algorithm | undefined;
}
