// The text of a deb822 source: one stanza, as apt reads it from /etc/apt/sources.list.d.

/** A source of packages. */
export interface AptSource {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  readonly types: readonly string[];
  readonly architectures: readonly string[];
  /** A file of keys on the host. */
  readonly signedBy: string | undefined;
  readonly trusted: boolean | undefined;
}

/** The file. */
export function formatSource(source: AptSource): string {
  const fields: readonly (readonly [string, readonly string[]])[] = [
    ['Types', source.types],
    ['URIs', source.uris],
    ['Suites', source.suites],
    ['Components', source.components],
    ['Architectures', source.architectures],
    ['Signed-By', source.signedBy === undefined ? [] : [source.signedBy]],
    ['Trusted', source.trusted === undefined ? [] : [source.trusted ? 'yes' : 'no']],
  ];
  const lines = fields.filter(([, words]) => words.length > 0).map(([name, words]) => `${name}: ${words.join(' ')}`);
  return `${['# Kept by tsplay: what is changed here by hand is put back.', ...lines].join('\n')}\n`;
}

/** What apt would not take, in words. */
export function sourceProblem({ uris, suites, components, architectures }: AptSource): string | undefined {
  if (uris.length === 0 || suites.length === 0) return 'package.repository needs "uris" and "suites"; give both';
  const odd = [...uris, ...suites, ...components, ...architectures].find(word => word === '' || /\s/.test(word));
  if (odd !== undefined) return `${JSON.stringify(odd)} has blanks in it or is empty; give each as an item of its own`;
  const strange = uris.find(uri => !/^[a-z][a-z0-9+-]*:/.test(uri));
  if (strange !== undefined) return `${JSON.stringify(strange)} is no URI; write it with its scheme, as in https://deb.example.com/debian`;
  const flat = suites.filter(suite => suite.endsWith('/'));
  if (flat.length > 0 && components.length > 0)
    return `suite ${flat[0] ?? ''} is a directory, which has no components; leave them out, or name a suite`;
  if (flat.length < suites.length && components.length === 0)
    return `suite ${suites.find(suite => !suite.endsWith('/')) ?? ''} needs "components", such as main; a directory ends in a slash, as in ./`;
  return undefined;
}
