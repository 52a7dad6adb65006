// What a command line comes to: one frozen value per command, told apart by `kind`.
import type { CommandSpec, FlagValues } from './specs.ts';
import type { CommandGroup, CommandName, Commands } from './tables.ts';

/** Kebab-case to camelCase: flags as properties. */
type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** A table's flags as properties; `--help` became a command of its own. */
type Options<S extends CommandSpec> = {
  readonly [K in keyof FlagValues<S> as K extends 'help' ? never : Camel<K & string>]: FlagValues<S>[K];
};

type Operands<S extends CommandSpec> = S extends { readonly operands: object } ? { readonly operands: readonly string[] } : unknown;
type Rest<S extends CommandSpec> = S extends { readonly rest: object } ? { readonly rest: readonly string[] } : unknown;

/** The value of one command. */
export type CommandOf<N extends CommandName> = { readonly kind: N } & Options<Commands[N]> & Operands<Commands[N]> & Rest<Commands[N]>;

export interface HelpCommand {
  readonly kind: 'help';
  /** Of which command; undefined: of all. A group stands for its commands. */
  readonly about: CommandName | CommandGroup | undefined;
}

/** What a person asked for. */
export type CliCommand = { readonly [N in CommandName]: CommandOf<N> }[CommandName] | HelpCommand | { readonly kind: 'version' };
