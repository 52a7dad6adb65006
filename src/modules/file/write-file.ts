// The core of every module that keeps a whole file: what differs in content, owner, group and mode, and the put that mends it.
import { createHash } from 'node:crypto';
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode } from '../../facts/file/node.ts';
import { fileText, TEXT_LIMIT } from '../../facts/file/text.ts';
import { resource } from '../../facts/resource.ts';
import type { LocalFile } from '../../schema/resolved.ts';
import { reveal, Secret, secret } from '../../util/secret.ts';
import { put, type HostFile, type PutAction } from '../actions.ts';
import type { Have } from '../contract.ts';
import { change, unmet, type Change, type Step } from '../steps.ts';
import { attributeChanges } from './attributes.ts';
import { groupProblems, named, ownersFor, ownershipFacts, ownershipProblems, type Ownership, type Owners } from './ownership.ts';
import { directoryAt, parentProblems } from './parent.ts';
import { parentOf } from './paths.ts';
import { knownValidator } from './validators.ts';

/** What a file is filled with: text, secret text, a file of the controller, or another file of the host. */
export type FileBody = string | Secret | LocalFile | HostFile;

/** A file as it should be. */
export interface WantedFile extends Ownership {
  /** Tidy. */
  readonly path: string;
  /** Undefined keeps the mode a file has; a new one gets 0644, or 0600 with a secret in it. */
  readonly mode: string | undefined;
  readonly validate: string | undefined;
  readonly validate_reads_only?: boolean | undefined;
  readonly backup: boolean;
  /** A link in its place gives way; otherwise it is refused. */
  readonly replaceLink: boolean;
}

/** The parameters every whole-file module has, beside what fills it. */
export const WHOLE_FILE = {
  validate: {
    type: 'string',
    pattern: '%s',
    description: 'command that must succeed before the file takes its place; %s stands for the new file',
  },
  validate_reads_only: {
    type: 'boolean',
    description:
      'whether the command of validate writes nothing, so that a dry run may show it the file to come; left out: for the well-known ones it is known',
  },
  backup: { type: 'boolean', default: false, description: 'keep the old version beside it, as NAME.~YYYYMMDDTHHMMSSZ~' },
  replace_link: {
    type: 'boolean',
    default: false,
    description: 'when a link stands there, put the file in its place; what it leads to is never written',
  },
} as const;

/** The facts of {@link fileChanges}. */
export function fileFacts(wanted: Ownership & { readonly path: string }) {
  return {
    node: fileNode({ path: wanted.path }),
    parent: directoryAt(parentOf(wanted.path)),
    digest: fileDigest({ path: wanted.path }),
    ...ownershipFacts(wanted),
  };
}

type HaveFile = Have<ReturnType<typeof fileFacts>>;

/** What keeps the file from being written, whatever is to go into it. */
export function fileProblems(wanted: WantedFile, have: HaveFile): readonly Step[] {
  const { path } = wanted;
  const { node } = have;
  if (node.kind === 'directory')
    return [unmet(`${path} is a directory, not a file; name the file in it, or remove it first, with file.absent`)];
  if (node.kind === 'other') return [unmet(`${path} is a device, pipe or socket, not a file; remove it first, with file.absent`)];
  if (node.kind === 'link' && !wanted.replaceLink) {
    return [unmet(`${path} is a link to ${node.target}; name the file it leads to, or say replace_link: true`)];
  }
  const base = node.kind === 'link' ? { ...node, kind: 'absent' as const } : node;
  return [...(node.kind === 'absent' ? parentProblems(parentOf(path), have.parent) : []), ...ownershipProblems(wanted, have, base)];
}

/**
 * What differs between a file and what should be in it. New content carries owner and mode along: one change, `content`.
 * @param attribute names the change of content; `told` what to say of it instead of digests
 */
export function fileChanges(
  wanted: WantedFile,
  body: FileBody,
  have: HaveFile,
  told?: Pick<Change, 'attribute' | 'from' | 'to'>,
): readonly Step[] {
  const problems = fileProblems(wanted, have);
  if (problems.length > 0) return problems;
  const { path } = wanted;
  const { node } = have;
  const stands = node.kind === 'file';
  const owners = ownersFor(wanted, have, stands ? node : { ...node, kind: 'absent' });
  const digest = digestOf(body);
  if (stands && have.digest === digest) return attributeChanges(path, named(wanted, have, node), owners, wanted.mode);
  // What is put in its place is made anew, and given what the old one had.
  const notOurs = stands ? groupProblems(wanted, have, node) : [];
  if (notOurs.length > 0) return notOurs;
  const mode = wanted.mode ?? (stands ? node.mode : modeOfNew(body));
  const from = stands ? shownDigest(body, have.digest) : node.kind;
  const { attribute, from: before, to } = told ?? { attribute: 'content', from, to: shownDigest(body, digest) };
  const how = writing(wanted, body, owners, mode, stands ? node.size : null);
  // What was reached through a link is not below a file.
  return [change(attribute, before, to, { ...how, ...(node.kind === 'link' && { empties: [resource.tree(path)] }) })];
}

function writing(
  wanted: WantedFile,
  body: FileBody,
  owners: Owners,
  mode: string,
  sizeBefore: number | null,
): Omit<Change, 'kind' | 'attribute' | 'from' | 'to'> {
  const { path, backup } = wanted;
  return {
    actions: [put({ path, body, ...owners, mode, ...validation(wanted), ...(backup && { backup }) })],
    sets: [
      fileNode({ path }).becomes({ kind: 'file', ...owners, mode, size: sizeOf(body), target: '' }),
      fileDigest({ path }).becomes(digestOf(body)),
      ...(typeof body === 'string' && sizeOf(body) <= TEXT_LIMIT ? [fileText({ path }).becomes(body)] : []),
    ],
    touches: [resource.path(path)],
    ...(!(body instanceof Secret) && { diff: { path, before: fileText({ path }), size: sizeBefore, after: shownText(body) } }),
  };
}

/** How the file is validated, and whether a dry run may. */
function validation({ validate, validate_reads_only: readsOnly }: WantedFile): Partial<PutAction> {
  if (validate === undefined) return {};
  const known = knownValidator(validate);
  return {
    validate,
    ...((readsOnly ?? known !== undefined) && { validateReadsOnly: true }),
    ...(known?.isAlone === true && { validateIsAlone: true }),
  };
}

/** The mode of a file that nobody gives one: what everybody may read has no secret in it unless somebody says so. */
export function modeOfNew(body: FileBody): string {
  return body instanceof Secret ? '0600' : '0644';
}

/** Short words for a digest; secret where the content is, since the digest of something short gives it away. */
function shownDigest(body: FileBody, digest: string): string | Secret {
  const words = `sha256:${digest.slice(0, 12)}`;
  return body instanceof Secret ? secret(words) : words;
}

function shownText(body: string | LocalFile | HostFile): string | { readonly size: number; readonly sha256: string } {
  return typeof body === 'string' ? body : { size: body.size, sha256: body.sha256 };
}

function digestOf(body: FileBody): string {
  return isFile(body) ? body.sha256 : createHash('sha256').update(reveal(body)).digest('hex');
}

function sizeOf(body: FileBody): number {
  return isFile(body) ? body.size : Buffer.byteLength(reveal(body));
}

function isFile(body: FileBody): body is LocalFile | HostFile {
  return typeof body === 'object' && !(body instanceof Secret);
}
