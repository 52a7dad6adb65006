// Colour: whether to use it, and what each meaning looks like.

/** What `--color` takes. */
export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof COLOUR_CHOICES)[number];

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

export type Colour = keyof typeof CODES;

/** Puts a colour around a text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

/** The painter for a stream that shows colours, or for one that does not. */
export function createPaint(enabled: boolean): Paint {
  if (!enabled) return (_colour, text) => text;
  return (colour, text) => `\u001b[${CODES[colour][0]}m${text}\u001b[${CODES[colour][1]}m`;
}

/** Whether to colour: as chosen, else on a terminal that is not `dumb`, unless NO_COLOR is set (no-color.org). */
export function usesColour(
  choice: ColourChoice,
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  const noColour = env['NO_COLOR'];
  return stream.isTTY === true && env['TERM'] !== 'dumb' && (noColour === undefined || noColour === '');
}
