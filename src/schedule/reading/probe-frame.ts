// Probes as commands of a frame: facts of one kind are read by one command where their definition knows how.
import type { FactRef, ProbeOutput } from '../../facts/contract.ts';
import type { Command, CommandResult } from '../../session/types.ts';
import { missingTool, missingWords } from './missing-tool.ts';
import { outputOf } from '../state/output.ts';
import { toCommand } from './to-command.ts';

/** Seconds a probe may take. */
const PROBE_SECONDS = { cheap: 60, slow: 180 } as const;

/** As many at once as fit into the arguments of any command. */
const MOST_TOGETHER = 500;

/** What became of a fact that was asked for. */
export type Answered =
  | { readonly ref: FactRef<unknown>; readonly value: unknown }
  /** It was read together with others and could not be told from them: it has to be read by itself. */
  | { readonly ref: FactRef<unknown>; readonly isUnread: true }
  /** In words: the answer makes no sense. */
  | { readonly ref: FactRef<unknown>; readonly problem: string };

/** Commands, and what their results say. */
export interface ProbeFrame {
  readonly commands: readonly Command[];
  /** @param results one for each command, in order */
  readonly answers: (results: readonly (CommandResult | undefined)[]) => readonly Answered[];
}

/** How facts are read. */
export interface ProbeOptions {
  /** Look at contents where sizes and times are trusted otherwise. */
  readonly thorough?: boolean | undefined;
  /** Every fact by a command of its own. */
  readonly singly?: boolean;
}

/** The commands that read some facts, each other than the rest. */
export function probeFrame(refs: readonly FactRef<unknown>[], options: ProbeOptions = {}): ProbeFrame {
  const parties = options.singly === true ? refs.map(ref => [ref]) : partiesOf(refs, options);
  return {
    commands: parties.map(party => commandFor(party, options)),
    answers: results => parties.flatMap((party, index) => answersOf(party, results[index])),
  };
}

/** Facts of one kind that are read together, in the order in which the first of each is asked for. */
function partiesOf(refs: readonly FactRef<unknown>[], { thorough }: ProbeOptions): readonly (readonly FactRef<unknown>[])[] {
  const parties: FactRef<unknown>[][] = [];
  const open = new Map<string, FactRef<unknown>[]>();
  for (const ref of refs) {
    const { name, together, thorough: look } = ref.definition;
    const isAlone = together === undefined || (thorough === true && look !== undefined);
    const party = isAlone ? undefined : open.get(name);
    if (party !== undefined && party.length < MOST_TOGETHER) party.push(ref);
    else {
      const begun = [ref];
      parties.push(begun);
      if (!isAlone) open.set(name, begun);
    }
  }
  return parties;
}

function commandFor(party: readonly FactRef<unknown>[], { thorough }: ProbeOptions): Command {
  const [first, ...others] = party;
  if (first === undefined) throw new Error('nothing is asked for');
  const { definition, args } = first;
  const seconds = PROBE_SECONDS[definition.cost];
  if (others.length > 0 && definition.together !== undefined)
    return toCommand(definition.together.probe(party.map(ref => ref.args as never)), seconds);
  const look = thorough === true ? (definition.thorough ?? definition.probe) : definition.probe;
  return toCommand(look(args as never), seconds, definition.ofSession === true ? { ofSession: true } : {});
}

function answersOf(party: readonly FactRef<unknown>[], result: CommandResult | undefined): readonly Answered[] {
  if (result?.outcome === 'refused')
    return party.map(ref => ({ ref, problem: `cannot read ${describeFact(ref)}: ${outputOf(result).stderr}` }));
  if (result?.outcome !== 'exited')
    return party.map(ref => ({ ref, problem: `cannot read ${describeFact(ref)}: the probe did not end in time` }));
  const [first] = party;
  if (first === undefined || party.length === 1) return party.map(ref => answerOf(ref, result));
  const output = printed(result);
  const values = unlessThrown(() =>
    // Each says it by itself.
    missingTool(output.stderr) === undefined
      ? first.definition.together?.parse(
          output,
          party.map(ref => ref.args as never),
        )
      : undefined,
  );
  return party.map((ref, index) => (values === undefined ? { ref, isUnread: true } : { ref, value: values[index] }));
}

function answerOf(ref: FactRef<unknown>, result: CommandResult): Answered {
  const { parse, tools } = ref.definition;
  const output = printed(result);
  const problem = (words: string): Answered => ({
    ref,
    problem: `cannot read ${describeFact(ref)}: ${words}${missingWords(output.stderr)}`,
  });
  const missing = missingTool(output.stderr);
  // What is left of an answer then may still look like one.
  if (missing !== undefined && tools?.includes(missing) === true) return problem(output.stderr.trim());
  try {
    return { ref, value: parse(output, ref.args as never) };
  } catch (error) {
    return problem(error instanceof Error ? error.message : String(error));
  }
}

/** What one of many cannot be understood for is said when it is read by itself. */
function unlessThrown<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

function printed(result: CommandResult): ProbeOutput {
  return { ...outputOf(result), bytes: result.stdout };
}

/** `file.node of /etc/hosts`. */
export function describeFact(ref: FactRef<unknown>): string {
  const args = Object.values(ref.args).filter(value => typeof value === 'string' || typeof value === 'number');
  return args.length > 0 ? `${ref.definition.name} of ${args.join(' ')}` : ref.definition.name;
}
