// Help, rendered from the tables that parse.
import { valueWord } from '../arguments/flag-problems.ts';
import type { CommandSpec, FlagSpec, OperandSpec } from '../arguments/specs.ts';
import { isGroup } from '../arguments/find-command.ts';
import { COMMANDS, GROUPS, type CommandGroup, type CommandName } from '../arguments/tables.ts';
import { EXIT_WORDS } from './exit-words.ts';
import { wrapText } from './wrap-text.ts';

/** The width help is made for. */
const WIDTH = 100;

type Row = readonly [left: string, right: string];

/** The text of `tsplay --help`, or of the help of one command. Ends with a newline. */
export function renderHelp(about: CommandName | CommandGroup | undefined): string {
  const lines = about === undefined ? overview() : isGroup(about) ? groupHelp(about) : commandHelp(COMMANDS[about]);
  return `${lines.join('\n')}\n`;
}

function overview(): readonly string[] {
  return [
    'tsplay: agentless playbooks over SSH, with a dry run that tells the truth',
    '',
    'Usage: tsplay COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...columns(allCommands().map(spec => [usageOf(spec, false), spec.summary])),
    '',
    'Options:',
    ...columns([
      ['-h, --help', 'show this; tsplay COMMAND --help shows more'],
      ['-V, --version', 'show the version'],
    ]),
    '',
    'Exit codes:',
    ...columns(EXIT_WORDS.map(({ code, says }) => [String(code), says])),
  ];
}

function groupHelp(group: CommandGroup): readonly string[] {
  const specs = allCommands().filter(({ name }) => name.startsWith(`${group} `));
  return [`tsplay ${group}: ${GROUPS[group]}`, '', 'Commands:', ...columns(specs.map(spec => [usageOf(spec, true), spec.summary]))];
}

function commandHelp(spec: CommandSpec): readonly string[] {
  const words = [spec.operands, spec.rest].filter(operand => operand !== undefined);
  return [
    `tsplay ${spec.name}: ${spec.summary}`,
    '',
    `Usage: ${usageOf(spec, true)}`,
    ...(words.length > 0 ? ['', ...columns(words.map(operand => [operand.name, operand.summary]))] : []),
    '',
    'Options:',
    ...columns(spec.flags.map(flag => [flagWords(flag), flagSummary(flag)])),
    ...(spec.examples.length > 0 ? ['', 'Examples:', ...spec.examples.flatMap(({ line, says }) => [`  ${line}`, `      ${says}`])] : []),
  ];
}

function allCommands(): readonly CommandSpec[] {
  return Object.values(COMMANDS);
}

function usageOf(spec: CommandSpec, isWhole: boolean): string {
  const operands = spec.operands ? [operandWord(spec.operands)] : [];
  if (!isWhole) return [spec.name, ...operands].join(' ');
  return ['tsplay', spec.name, ...operands, '[OPTIONS]', ...(spec.rest ? [`[-- ${spec.rest.name}…]`] : [])].join(' ');
}

function operandWord(operand: OperandSpec): string {
  const word = `${operand.name}${operand.most > 1 ? '…' : ''}`;
  return operand.least === 0 ? `[${word}]` : word;
}

function flagWords(flag: FlagSpec): string {
  const value = valueWord(flag);
  const shown = flag.type === 'optional' ? `[=${value}]` : value === '' ? '' : ` ${value}`;
  return `${flag.short === undefined ? '    ' : `-${flag.short}, `}--${flag.name}${shown}`;
}

function flagSummary(flag: FlagSpec): string {
  const standard = 'default' in flag ? String(flag.default) : '';
  return standard === '' ? flag.summary : `${flag.summary} (default ${standard})`;
}

/** Two columns; what does not fit in the second goes on beneath it. */
function columns(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) =>
    wrapText(right, WIDTH - width - 4).map((line, index) => `  ${(index === 0 ? left : '').padEnd(width)}  ${line}`),
  );
}
