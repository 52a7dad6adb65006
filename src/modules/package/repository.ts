// Module `package.repository`: a source of packages for apt, with its key.
import { fileNode } from '../../facts/file/node.ts';
import { packageManager } from '../../facts/package/manager.ts';
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { reveal } from '../../util/secret.ts';
import { defineModule } from '../contract.ts';
import type { Have } from '../contract.ts';
import { tidy } from '../file/paths.ts';
import { fileFacts } from '../file/write-file.ts';
import { unmet } from '../steps.ts';
import type { Step } from '../steps.ts';
import { keyPath, sourcePath } from './repository-files.ts';
import { keyChanges, removals, sourceChanges } from './repository-changes.ts';
import { formatSource, sourceProblem } from './source-text.ts';

const words = { type: 'array', items: { type: 'string', minLength: 1 } } as const;

const params = {
  type: 'object',
  properties: {
    name: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
      description: 'the name of the file in /etc/apt/sources.list.d, without .sources',
    },
    uris: { ...words, description: 'where the packages are: https://…, or file:/… for a directory of the host' },
    suites: { ...words, description: 'suites, such as bookworm; a directory with a Packages file ends in a slash, as in ./' },
    components: { ...words, default: [], description: 'components, such as main; none for a directory' },
    types: {
      type: 'array',
      items: { type: 'string', enum: ['deb', 'deb-src'] },
      minItems: 1,
      default: ['deb'],
      description: 'packages, sources or both',
    },
    architectures: { ...words, default: [], description: "left out, the host's own" },
    signed_by: {
      type: 'string',
      description:
        'the key it is signed with: its armored text, kept in /etc/apt/keyrings, or the absolute path of a file of keys on the host',
    },
    key: { type: 'string', kind: 'file', description: 'the armored key as a file on the controller, instead of signed_by' },
    trusted: { type: 'boolean', description: 'true takes packages without a signature: for a directory of the host itself, nothing else' },
    state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether the source is to be there' },
  },
  required: ['name'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

type Params = Infer<typeof params>;

const ARMOR = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const owned = (path: string) => fileFacts({ path, owner: 'root', group: 'root' });
const isOnHost = (p: Params): boolean => p.signed_by?.startsWith('/') === true;

const facts = (p: Params) => {
  const key = owned(keyPath(p.name));
  return {
    manager: packageManager({}),
    ...owned(sourcePath(p.name)),
    keyNode: key.node,
    keyParent: key.parent,
    keyDigest: key.digest,
    named: isOnHost(p) ? fileNode({ path: tidy(p.signed_by ?? '/') }) : undefined,
  };
};

/** Keeps a source. What it offers is known once the index is refreshed, which the next `package` task does by itself. */
export const packageRepository = defineModule({
  name: 'package.repository',
  summary: "keep a source of packages of the host's package manager (apt), with its key",
  params,
  examples: [
    {
      title: 'a repository with its key',
      yaml: 'name: the packages of acme\npackage.repository:\n  name: acme\n  uris: [https://deb.example.com/debian]\n  suites: [bookworm]\n  components: [main]\n  signed_by: /usr/share/keyrings/acme.gpg\n',
    },
    {
      title: 'a directory of packages on the host itself',
      yaml: 'name: packages of our own\npackage.repository:\n  name: own\n  uris: ["file:/srv/packages"]\n  suites: [./]\n  trusted: true\n',
    },
    { title: 'a source that must be gone', yaml: 'name: no old source\npackage.repository:\n  name: old\n  state: absent\n' },
  ],
  facts,
  changes: (p, have): readonly Step[] => {
    if (have.manager.name !== 'apt') return [unmet(notApt(have.manager.name))];
    if (p.state === 'absent') return removals(p.name, have);
    const problem = keyProblem(p, have);
    if (problem !== undefined) return [unmet(problem)];
    const body = isOnHost(p) ? undefined : (p.key ?? (p.signed_by === undefined ? undefined : `${reveal(p.signed_by).trim()}\n`));
    const signedBy = body === undefined ? (p.signed_by === undefined ? undefined : tidy(p.signed_by)) : keyPath(p.name);
    const source = { ...p, uris: p.uris ?? [], suites: p.suites ?? [], signedBy, trusted: p.trusted };
    const wrong = sourceProblem(source);
    if (wrong !== undefined) return [unmet(wrong)];
    return [...(body === undefined ? [] : keyChanges(p.name, body, have)), ...sourceChanges(p.name, formatSource(source), have)];
  },
  result: p => ({ path: sourcePath(p.name) }),
});

function notApt(manager: string): string {
  const has = manager === 'none' ? 'no package manager that tsplay knows' : manager;
  return `package.repository writes sources of apt, and the host has ${has}; put its own file in place with file.copy`;
}

function keyProblem(p: Params, have: Have<ReturnType<typeof facts>>): string | undefined {
  if (p.key !== undefined && p.signed_by !== undefined)
    return 'package.repository takes the key from "signed_by" or from "key"; give one of the two';
  if (p.signed_by === undefined) return undefined;
  if (have.named !== undefined)
    return have.named.kind === 'absent' ? `the key ${p.signed_by} is not on the host; put it there first, or give its text` : undefined;
  return reveal(p.signed_by).trimStart().startsWith(ARMOR)
    ? undefined
    : `"signed_by" is neither a path nor an armored key; give a path that begins with /, or the text from ${ARMOR}`;
}
