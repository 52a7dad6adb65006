// The listing of a package's archive, as tar prints it: paths with kind, owner, group, mode and size.

/** A path of an archive. */
export interface ArchivePath {
  readonly kind: 'file' | 'directory' | 'link';
  readonly owner: string;
  readonly group: string;
  /** Four octal digits. */
  readonly mode: string;
  /** Bytes of a file, 0 for everything else. */
  readonly size: number;
  /** Where a link points; empty for everything else. */
  readonly target: string;
}

const LINE = /^([-dlh])([-rwxsStT]{9}) +([^/\s]+)\/(\S+) +(\d+) +\S+ +\S+ \.(\/.*)$/;
/** Directories at the top that are links into /usr. */
const MERGED = /^\/(?:bin|sbin|lib|lib32|lib64|libx32)\//;

/** The paths of a listing by their absolute names; the top itself, devices and pipes left out. @param merged whether /lib is a link into /usr */
export function readListing(lines: readonly string[], merged: boolean): ReadonlyMap<string, ArchivePath> {
  const found = new Map<string, ArchivePath>();
  for (const line of lines) {
    const [, type, bits = '', owner = '', group = '', size = '0', rest = ''] = LINE.exec(line) ?? [];
    if (type === undefined) continue;
    const [name = '', arrow = ''] = type === 'l' ? splitOnce(rest, ' -> ') : type === 'h' ? splitOnce(rest, ' link to ') : [rest, ''];
    const path = realPath(unescaped(name).replace(/\/$/, ''), merged);
    if (path === '' || /^\/[^/]+$/.test(path)) continue;
    // A hard link is the file itself under a second name.
    const same = type === 'h' ? found.get(realPath(unescaped(arrow).replace(/^\./, ''), merged)) : undefined;
    const kind = type === 'd' ? 'directory' : type === 'l' ? 'link' : 'file';
    const own = {
      kind,
      owner,
      group,
      mode: modeOf(bits),
      size: kind === 'file' ? Number(size) : 0,
      target: kind === 'link' ? unescaped(arrow) : '',
    } as const;
    found.set(path, same ?? own);
  }
  return found;
}

/** The path as it really is where the top directories lead into /usr. */
export function realPath(path: string, merged: boolean): string {
  return merged && MERGED.test(path) ? `/usr${path}` : path;
}

function splitOnce(text: string, at: string): readonly string[] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + at.length)];
}

function modeOf(bits: string): string {
  const digit = (three: string): number =>
    (three[0] === 'r' ? 4 : 0) + (three[1] === 'w' ? 2 : 0) + ('xst'.includes(three[2] ?? '-') ? 1 : 0);
  const special = (/[sS]/.test(bits[2] ?? '') ? 4 : 0) + (/[sS]/.test(bits[5] ?? '') ? 2 : 0) + (/[tT]/.test(bits[8] ?? '') ? 1 : 0);
  return [special, digit(bits.slice(0, 3)), digit(bits.slice(3, 6)), digit(bits.slice(6, 9))].join('');
}

/** tar writes what is not ASCII as bytes of three octal digits. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = text.replace(/\\(\\|[0-7]{3})/g, (_all, code: string) =>
    code === '\\' ? code : String.fromCharCode(Number.parseInt(code, 8)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
