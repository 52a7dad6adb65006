// What the steps of compilation share: the sources, the choices of the command line, and one list of problems.
import type { Problem } from '../errors/problem.ts';
import type { Inventory, PlaybookSource, VariableSource, VariableSources } from '../load/types.ts';
import type { AnyModule } from '../modules/contract.ts';
import type { Mode } from '../report/events.ts';
import type { Json } from '../util/value.ts';
import type { Answers } from './answers.ts';
import { nodeFromYaml } from './node.ts';
import type { AnyRole } from './role.ts';
import { hideSecrets, type SecretVariables } from './secret-variables.ts';
import type { TagSelection } from './select-tags.ts';
import type { HostEntry, TaskSlot, Variable, Variables } from './types.ts';

/** What loading and validating left. */
export interface CompileInput {
  readonly playbook: PlaybookSource;
  readonly inventory: Inventory;
  /** By name, the required ones too. */
  readonly roles: ReadonlyMap<string, AnyRole>;
  readonly modules: ReadonlyMap<string, AnyModule>;
  readonly extra: VariableSources;
}

/** Choices of the command line that shape the Program. */
export interface CompileOptions {
  readonly mode: Mode;
  readonly tags: TagSelection;
  /** Values this program itself provides, such as `lab`. */
  readonly magic: Readonly<Record<string, Json>>;
  /** Hosts a play's pattern gives, in order; has the limit applied. */
  readonly hostsOf: (pattern: string) => readonly string[];
  /** The limit, for hosts that come while the Program runs. */
  readonly limit?: string;
  /** What a person answered to the prompts of plays. */
  readonly answers?: Answers;
  readonly become?: boolean;
  readonly becomeUser?: string;
  /** Handlers of hosts that failed run too, where a play does not say otherwise. */
  readonly forceHandlers?: boolean;
  /** Folder that paths in messages are relative to. */
  readonly cwd: string;
}

export interface CompileContext {
  readonly input: CompileInput;
  readonly options: CompileOptions;
  readonly hosts: Readonly<Record<string, HostEntry>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly extra: Variables;
  readonly secrets: SecretVariables;
  /** Hosts of a play, each with the one spec that a task of YAML has: the same object for plays with the same hosts. */
  readonly everyone: (hosts: readonly string[]) => TaskSlot['hosts'];
  readonly problem: (problem: Problem) => void;
  /** Takes note of what a role says is worth a line. */
  readonly advise: (words: string) => void;
  /** Adds variables that tasks share and gives the name to refer to them by. */
  readonly addScope: (name: string, variables: Variables) => string;
}

/** Variables of a YAML file as nodes. */
export function variablesFromSources(sources: VariableSources, secrets: SecretVariables): Variables {
  return mapVariables(sources, variableMaker(secrets));
}

/** Makes a variable of what was written; the same source, which a thousand hosts may have from their group, becomes one variable. */
export function variableMaker(secrets: SecretVariables): (name: string, source: VariableSource) => Variable {
  const made = new Map<VariableSource, Variable>();
  return (name, source) => {
    const known = made.get(source) ?? variableOf(name, source, secrets);
    made.set(source, known);
    return known;
  };
}

/** Each variable by itself. */
export function mapVariables(sources: VariableSources, make: (name: string, source: VariableSource) => Variable): Variables {
  return Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, make(name, source)]));
}

function variableOf(name: string, { node: yaml, source }: VariableSource, secrets: SecretVariables): Variable {
  const schema = secrets.get(name);
  const node = nodeFromYaml(yaml);
  return { node: schema === undefined ? node : hideSecrets(node, schema), source };
}
