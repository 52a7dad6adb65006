// The exit codes in words, for help. The table of codes is EXIT; a code without words does not compile.
import { EXIT, type ExitCode } from '../../errors/errors.ts';

const WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'all is as described',
  bug: 'a bug in tsplay',
  failed: 'a host failed',
  pending: 'changes are pending (--check --exit-code)',
  unreachable: 'a host was unreachable',
  usage: 'wrong usage or invalid files; nothing was touched',
  stalePlan: 'a saved plan no longer fits; nothing was touched',
  interrupted: 'interrupted',
};

/** Each exit code and what it says. */
export const EXIT_WORDS: readonly { readonly code: ExitCode; readonly says: string }[] = Object.entries(EXIT).map(([name, code]) => ({
  code,
  says: WORDS[name as keyof typeof EXIT],
}));
