// The shape of a command's table: one row per flag. Parsing and help both read the tables, so neither can say what the other does not.

interface FlagCommon {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  /** Other long names that people type for it. */
  readonly aliases?: readonly string[];
  /** One line for help, lower case, no full stop. */
  readonly summary: string;
}

/** `--check`. */
export interface SwitchFlag extends FlagCommon {
  readonly type: 'switch';
}

/** `-vvv`: how often it was given. */
export interface CountFlag extends FlagCommon {
  readonly type: 'count';
}

/** `--limit PATTERN`; given twice the last one holds, as with Ansible. */
export interface TextFlag extends FlagCommon {
  readonly type: 'text';
  /** What stands for the value in help. */
  readonly value: string;
}

/** `--retry-failed`, or `--retry-failed=RUN`: the value may be left out, and stands behind `=` where it is not. */
export interface OptionalFlag extends FlagCommon {
  readonly type: 'optional';
  readonly value: string;
  /** What is meant without a value. */
  readonly bare: string;
}

/** `-e a=1 -e b=2`: all of them; with `commas`, `a,b` are two. */
export interface ListFlag extends FlagCommon {
  readonly type: 'list';
  readonly value: string;
  readonly commas: boolean;
}

/** `--forks 10`: a whole number from 1. */
export interface NumberFlag extends FlagCommon {
  readonly type: 'number';
  readonly value: string;
  readonly default?: number;
}

/** `--output json`: one of a few words. */
export interface ChoiceFlag extends FlagCommon {
  readonly type: 'choice';
  readonly choices: readonly string[];
  readonly default?: string;
}

export type FlagSpec = SwitchFlag | CountFlag | TextFlag | OptionalFlag | ListFlag | NumberFlag | ChoiceFlag;

/** The words after a command. */
export interface OperandSpec {
  /** As help shows it: `PLAYBOOK`. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly summary: string;
}

/** One command. */
export interface CommandSpec {
  /** `run`, `lab up`. */
  readonly name: string;
  readonly summary: string;
  readonly operands?: OperandSpec;
  /** What stands after `--` goes to someone else, under this name: `COMMAND`. */
  readonly rest?: OperandSpec;
  readonly flags: readonly FlagSpec[];
  readonly examples: readonly { readonly line: string; readonly says: string }[];
}

/** What a flag's value is once it is read. */
type ValueOf<F extends FlagSpec> = F extends SwitchFlag
  ? boolean
  : F extends CountFlag
    ? number
    : F extends NumberFlag
      ? number | (F extends { readonly default: number } ? never : undefined)
      : F extends ListFlag
        ? readonly string[]
        : F extends ChoiceFlag
          ? F['choices'][number] | (F extends { readonly default: string } ? never : undefined)
          : string | undefined;

/** The values of a table's flags, by name. */
export type FlagValues<S extends CommandSpec> = { readonly [F in S['flags'][number] as F['name']]: ValueOf<F> };
