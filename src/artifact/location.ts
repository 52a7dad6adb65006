// Where something is: a URL to fetch, or a file of the controller.
import { basename, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Location = { readonly kind: 'url'; readonly url: URL } | { readonly kind: 'path'; readonly path: string };

/** Reads `http(s)://…`, `file://…` or a path, relative to the working directory. @throws Error for any other scheme */
export function locate(source: string): Location {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(source)?.[1]?.toLowerCase();
  switch (scheme) {
    case undefined:
      return { kind: 'path', path: resolve(source) };
    case 'http':
    case 'https':
      return { kind: 'url', url: new URL(source) };
    case 'file':
      return { kind: 'path', path: fileURLToPath(source) };
    default:
      throw new Error(`${source} begins with ${scheme}://; give an http, https or file URL, or a path on the controller`);
  }
}

/** The file's own name. */
export function nameOf(location: Location): string {
  if (location.kind === 'path') return basename(location.path);
  return decodeURIComponent(posix.basename(location.url.pathname)).replaceAll('/', '_') || 'archive';
}
