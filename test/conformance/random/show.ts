// A playbook that is taken in two ways, for people: in both languages, with what each engine made of it.
import { linesOf } from '../trace.ts';
import type { Engine } from './tree.ts';
import type { Tried } from './try-scenario.ts';
import { writeOut } from './write-out.ts';

/** All of it as text. */
export function showTried({ scenario, ours, theirs }: Tried): string {
  const parts = (['tsplay', 'ansible'] as const satisfies readonly Engine[]).flatMap(engine =>
    Object.entries(writeOut(scenario, engine)).map(([name, text]) => `--- ${engine}: ${name}\n${text.trimEnd()}`),
  );
  const args = scenario.args.flat().join(' ');
  const traces = [
    `--- tsplay ${args}\n${linesOf(ours).join('\n')}\n${ours.words ?? ''}`,
    `--- ansible ${args}\n${linesOf(theirs).join('\n')}\n${theirs.words ?? ''}`,
  ];
  return [...parts, ...traces].join('\n');
}
