// What the modules that edit a text file share: their facts, what keeps a file from being edited, and secrets that go into it.
import { fileText } from '../../facts/file/text.ts';
import { Secret, secret } from '../../util/secret.ts';
import type { Have } from '../contract.ts';
import { unmet, type Step } from '../steps.ts';
import type { Ownership } from './ownership.ts';
import { tidy } from './paths.ts';
import { fileFacts, fileProblems, type WantedFile } from './write-file.ts';

/** The facts of a module that edits the text of a file. */
export function textFacts(p: Ownership & { readonly path: string }) {
  const path = tidy(p.path);
  return { ...fileFacts({ ...p, path }), text: fileText({ path }) };
}

type HaveText = Have<ReturnType<typeof textFacts>>;

/** The parameters of a file that is edited, as the file that is wanted. */
export function editedFile(
  p: Ownership &
    Pick<WantedFile, 'backup'> & {
      readonly path: string;
      readonly mode?: string | undefined;
      readonly validate?: string | undefined;
      readonly validate_reads_only?: boolean | undefined;
      readonly replace_link: boolean;
    },
): WantedFile {
  return { ...p, path: tidy(p.path), mode: p.mode, validate: p.validate, replaceLink: p.replace_link };
}

/** What keeps a file from being edited. @param create where there is none, it is made; undefined for a module that makes none */
export function textProblems(wanted: WantedFile, have: HaveText, create: boolean | undefined): readonly Step[] {
  const { path } = wanted;
  if (have.node.kind === 'absent' && create !== true) {
    const orElse = create === undefined ? '' : ', or say create: true';
    return [unmet(`the file ${path} does not exist; create it first, with file.copy or file.template${orElse}`)];
  }
  const problems = fileProblems(wanted, have);
  if (problems.length > 0) return problems;
  if (have.text.includes('\uFFFD')) return [unmet(`${path} is not UTF-8 text; edit it with a command, or keep it whole with file.copy`)];
  return [];
}

/** A text is secret when what goes into it is. */
export function masked(text: string, into: string | Secret): string | Secret {
  return into instanceof Secret ? secret(text) : text;
}
