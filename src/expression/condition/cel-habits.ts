// What people write in a condition who come from Jinja, and the line to write instead.

interface Habit {
  readonly pattern: RegExp;
  readonly by: string;
}

const NAME = String.raw`([\w.]+(?:\[[^\]]*\])*[\w.]*)`;

/** Applied one after the other, so that a line with several habits becomes right as a whole. */
const HABITS: readonly Habit[] = [
  { pattern: /^\s*\{\{\s*(.*?)\s*\}\}\s*$/, by: '$1' },
  { pattern: /\{\{\s*(.*?)\s*\}\}/g, by: '$1' },
  { pattern: new RegExp(String.raw`${NAME} is (?:not defined|undefined)\b`, 'g'), by: '!has($1)' },
  { pattern: new RegExp(String.raw`${NAME} is defined\b`, 'g'), by: 'has($1)' },
  { pattern: new RegExp(String.raw`${NAME} is not (?:none|None|null)\b`, 'g'), by: '$1 != null' },
  { pattern: new RegExp(String.raw`${NAME} is (?:none|None|null)\b`, 'g'), by: '$1 == null' },
  { pattern: new RegExp(String.raw`${NAME} is not (changed|failed|skipped)\b`, 'g'), by: '!$1.$2' },
  { pattern: new RegExp(String.raw`${NAME} is (changed|failed|skipped)\b`, 'g'), by: '$1.$2' },
  { pattern: new RegExp(String.raw`${NAME} is (?:succeeded|success)\b`, 'g'), by: '!$1.failed' },
  { pattern: new RegExp(String.raw`${NAME} is (?:match|search)\(([^)]*)\)`, 'g'), by: '$1.matches($2)' },
  { pattern: new RegExp(String.raw`${NAME}\s*\|\s*(?:default|d)\(([^,)]*)(?:,[^)]*)?\)`, 'g'), by: 'default($1, $2)' },
  { pattern: new RegExp(String.raw`${NAME}\s*\|\s*(?:length|count)\b(?:\(\))?`, 'g'), by: 'size($1)' },
  { pattern: new RegExp(String.raw`${NAME}\s*\|\s*int\b(?:\(\))?`, 'g'), by: 'int($1)' },
  { pattern: new RegExp(String.raw`${NAME}\s*\|\s*string\b(?:\(\))?`, 'g'), by: 'string($1)' },
  { pattern: new RegExp(String.raw`${NAME}\s*\|\s*bool\b(?:\(\))?`, 'g'), by: '$1' },
  { pattern: /\.startswith\(/g, by: '.startsWith(' },
  { pattern: /\.endswith\(/g, by: '.endsWith(' },
  { pattern: /\.lower\(\)/g, by: '.lowerAscii()' },
  { pattern: /\.upper\(\)/g, by: '.upperAscii()' },
  { pattern: /("[^"]*"|'[^']*'|[\w.]+) not in ([\w.]+|\[[^\]]*\])/g, by: '!($1 in $2)' },
  { pattern: /\bnot\s+(\([^()]*\)|!?[\w.]+(?:\([^()]*\))?)/g, by: '!$1' },
  { pattern: /\band\b/g, by: '&&' },
  { pattern: /\bor\b/g, by: '||' },
  { pattern: /\bTrue\b/g, by: 'true' },
  { pattern: /\bFalse\b/g, by: 'false' },
  { pattern: /\bNone\b/g, by: 'null' },
  { pattern: /([^=!<>])=(?!=)/g, by: '$1==' },
];

/** The condition as it would be written here; undefined when nothing in it is a habit of Jinja's. */
export function withoutHabits(text: string): string | undefined {
  const rewritten = HABITS.reduce(
    (line, habit) => line.replaceAll(habit.pattern.global ? habit.pattern : new RegExp(habit.pattern, 'g'), habit.by),
    text,
  );
  return rewritten === text ? undefined : rewritten;
}
