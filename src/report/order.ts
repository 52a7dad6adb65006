// The order of a rolling change in words: `n2, n3, then controller n1`.
import type { Event } from './events.ts';

type Roll = Extract<Event, { readonly kind: 'roll' }>;

/** Members in the order of their turns; the part that makes one come late is named. */
export function orderInWords(turns: Roll['turns']): string {
  return turns.map(({ member, part }, index) => (part === undefined ? member : `${index > 0 ? 'then ' : ''}${part} ${member}`)).join(', ');
}

/** The lines of a roll beneath its task: who has a turn, and who has none. */
export function rollLines({ turns, leftOut }: Roll): readonly string[] {
  return [
    ...(turns.length > 0 ? [`  order: ${orderInWords(turns)}`] : []),
    ...(leftOut.length > 0 ? [`  left as ${leftOut.length > 1 ? 'they are' : 'it is'}: ${leftOut.join(', ')} (--from)`] : []),
  ];
}
