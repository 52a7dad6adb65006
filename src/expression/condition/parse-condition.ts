// Text to a condition that can be evaluated many times, with everything that is wrong in it and needs no value to be seen.
import { type ASTNode, ParseError, type ParseResult, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { type Fault, fault } from '../fault.ts';
import { remember } from '../memory.ts';
import { placeOfOffset } from '../text-position.ts';
import { BOOL, celEnvironment, HAS } from './cel-environment.ts';
import { helperFaults, tellHelpers } from './cel-helpers.ts';
import { celWords } from './cel-words.ts';
import { withoutHabits } from './cel-habits.ts';
import { respell, TYPE_NAMES } from './cel-names.ts';
import { childrenOf } from './cel-tree.ts';

const NOT_CEL = 'a condition is written in CEL';

export interface ParsedCondition {
  /** Undefined when there are faults. */
  readonly run: ParseResult | undefined;
  readonly faults: readonly Fault[];
  /** What CEL knows of the result's type: `bool`, `string`, `dyn`… */
  readonly type: string;
}

/** Parses an expression in CEL; what is wrong comes back as faults. */
export const parseCondition: (text: string) => ParsedCondition = remember(text => {
  if (text.trim() === '') return failed(fault({ line: 1, column: 0 }, 'the expression is empty'));
  const braces = text.indexOf('{{');
  if (braces >= 0 && text.includes('}}', braces)) return failed(bracesFault(text, braces));
  try {
    const run = parseRespelt(text);
    const { valid, type, error } = run.check();
    const faults = valid ? helperFaults(run.ast, text) : [];
    if (faults.length > 0) return { run: undefined, faults, type: 'dyn' };
    if (valid) return { run, faults: [], type: type ?? 'dyn' };
    return failed(faultOf(error, text));
  } catch (error) {
    return failed(faultOf(error, text));
  }
});

function failed(found: Fault): ParsedCondition {
  return { run: undefined, faults: [found], type: 'dyn' };
}

/** In a condition, what looks like a template would be plain text, and compared as such. */
function bracesFault(text: string, offset: number): Fault {
  const instead = withoutHabits(text);
  const advice = instead !== undefined && isValid(instead) ? `write ${instead}` : 'write the name without {{ and }}';
  return fault(placeOfOffset(text, offset), NOT_CEL, advice);
}

/** `has`, and variables that CEL would take for its types, are spelt differently for CEL; places stay true. */
function parseRespelt(text: string): ParseResult {
  tellHelpers(text);
  const parsed = celEnvironment().parse(text);
  const spellings = respellings(parsed.ast);
  if (spellings.length === 0) return parsed;
  return celEnvironment().parse(
    spellings.reduce((line, [place, word]) => line.slice(0, place) + word + line.slice(place + word.length), text),
  );
}

function respellings(node: ASTNode, besideType = false): readonly (readonly [place: number, word: string])[] {
  if (node.op === 'id') return !besideType && TYPE_NAMES.includes(node.args) ? [[node.start, respell(node.args)]] : [];
  const asked = node.op === 'call' && node.args[0] === 'has' ? node.args[1][0]?.op : undefined;
  const own: (readonly [place: number, word: string])[] = asked === 'id' || asked === '.' || asked === '[]' ? [[node.start, HAS]] : [];
  if (node.op === 'call' && node.args[0] === 'bool' && node.args[1].length === 1) own.push([node.start, BOOL]);
  const children = childrenOf(node);
  const comparesType = children.some(child => child.op === 'call' && child.args[0] === 'type');
  return [...own, ...children.flatMap(child => respellings(child, comparesType))];
}

function faultOf(error: unknown, text: string): Fault {
  if (!(error instanceof ParseError) && !(error instanceof CelTypeError)) throw error;
  const place = placeOfOffset(text, error.range?.start ?? 0);
  const instead = withoutHabits(text);
  if (instead !== undefined && isValid(instead)) return fault(place, NOT_CEL, `write ${instead}`);
  const words = celWords(error, text);
  return fault(place, words.what, words.advice);
}

function isValid(text: string): boolean {
  try {
    return parseRespelt(text).check().valid;
  } catch (error) {
    if (error instanceof ParseError) return false;
    throw error;
  }
}
