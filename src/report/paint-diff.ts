// Colours for the text of a unified diff.
import type { Colour, Paint } from './colour.ts';

const COLOURS: readonly (readonly [prefix: string, colour: Colour])[] = [
  ['--- ', 'bold'],
  ['+++ ', 'bold'],
  ['@@', 'cyan'],
  ['+', 'green'],
  ['-', 'red'],
  ['…', 'dim'],
];

/** The lines of a diff, coloured. Its first two lines are its head; a removed line that begins with dashes is not. */
export function paintDiff(diff: string, paint: Paint): readonly string[] {
  return diff.split('\n').map((line, index) => {
    const found = COLOURS.find(([prefix, colour]) => line.startsWith(prefix) && (colour !== 'bold' || index < 2));
    return found ? paint(found[1], line) : line;
  });
}
