// What is said about a flag that is not known or not used as it should be.
import type { Problem } from '../../errors/problem.ts';
import { didYouMean } from '../../util/nearest.ts';
import { ANSIBLE_FLAGS } from './ansible-flags.ts';
import type { ChoiceFlag, CommandSpec, FlagSpec } from './specs.ts';

/** An unknown flag: Ansible's are answered, others get the nearest. `typed` has its dashes. */
export function unknownFlag(typed: string, spec: CommandSpec): Problem {
  const answer = ANSIBLE_FLAGS.get(typed);
  if (answer !== undefined) return { what: `${typed} of Ansible is not an option of tsplay ${spec.name}`, advice: answer };
  const names = spec.flags.map(flag => `--${flag.name}`);
  const near = typed.startsWith('--') ? didYouMean(typed, names) : undefined;
  return { what: `unknown option ${typed} of tsplay ${spec.name}`, advice: near ?? `tsplay ${spec.name} --help lists them` };
}

/** A flag that takes a value and got none, or what looks like another flag. */
export function missingValue(flag: FlagSpec, next: string | undefined): Problem {
  return {
    what: `--${flag.name} needs a value`,
    ...(next !== undefined && { got: JSON.stringify(next) }),
    advice: `write --${flag.name}=${valueWord(flag)}`,
  };
}

export function surplusValue(flag: FlagSpec, value: string): Problem {
  return { what: `--${flag.name} takes no value`, got: JSON.stringify(value), advice: `write --${flag.name}` };
}

export function notANumber(flag: FlagSpec, value: string): Problem {
  return { what: `--${flag.name} takes a whole number from 1`, got: JSON.stringify(value) };
}

export function notAChoice(flag: ChoiceFlag, value: string): Problem {
  const advice = didYouMean(value, flag.choices);
  return {
    what: `--${flag.name} is one of ${flag.choices.join(', ')}`,
    got: JSON.stringify(value),
    ...(advice !== undefined && { advice }),
  };
}

/** What stands for a flag's value in help and messages. */
export function valueWord(flag: FlagSpec): string {
  if (flag.type === 'choice') return flag.choices.join('|');
  return 'value' in flag ? flag.value : '';
}
