// Validators that are known to write nothing: a dry run may show them the file to come.

/** How a program is called when it only checks a file. */
interface Validator {
  /** The words it is given, in their order: one of these. */
  readonly needs: readonly (readonly string[])[];
  /** Words that may stand beside them. */
  readonly may?: readonly string[];
  /** It looks at nothing but the file: whatever else is foretold for the host, its answer stays. */
  readonly isAlone?: boolean;
}

const SHELL: Validator = { needs: [['-n', '%s']], isAlone: true };
const PYTHON: Validator = { needs: [['-m', 'json.tool', '%s']], isAlone: true };

/**
 * By the name of the program. Left out on purpose: `nginx -t` makes the pid file, logs and folders that its configuration names where
 * there are none, `apachectl -t` makes its run folder, `systemd-analyze verify` goes by the file's name, which is its own only later.
 */
const VALIDATORS: Readonly<Record<string, Validator>> = {
  bash: SHELL,
  dash: SHELL,
  haproxy: { needs: [['-c', '-f', '%s']], may: ['-q', '-V'] },
  jq: { needs: [['empty', '%s']], isAlone: true },
  'named-checkconf': { needs: [['%s']] },
  python: PYTHON,
  python3: PYTHON,
  sh: SHELL,
  sshd: { needs: [['-t', '-f', '%s']], may: ['-q'] },
  visudo: {
    needs: [
      ['-cf', '%s'],
      ['-c', '-f', '%s'],
    ],
    may: ['-q'],
  },
  xmllint: { needs: [['--noout', '%s']], may: ['--nonet'], isAlone: true },
};

/** What is known of a validator that writes nothing. */
export interface KnownValidator {
  readonly isAlone: boolean;
}

/** What is known of a command of `validate`; undefined when it may write, for all that is known. */
export function knownValidator(command: string): KnownValidator | undefined {
  const [program, ...words] = command.trim().split(/\s+/);
  // Whatever means something to the shell makes it another command.
  if (program === undefined || !/^[A-Za-z0-9_./%\s-]+$/.test(command)) return undefined;
  const name = program.startsWith('/') ? program.slice(program.lastIndexOf('/') + 1) : program;
  const validator = Object.hasOwn(VALIDATORS, name) ? VALIDATORS[name] : undefined;
  const fits = validator?.needs.some(needs => isMadeOf(words, needs, validator.may ?? [])) ?? false;
  return fits ? { isAlone: validator?.isAlone ?? false } : undefined;
}

/** Whether the words are these, but for those that may stand between them. */
function isMadeOf(words: readonly string[], needs: readonly string[], may: readonly string[]): boolean {
  const others = words.filter(word => !may.includes(word));
  return others.length === needs.length && others.every((word, index) => word === needs[index]);
}
