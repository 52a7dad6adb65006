// What CEL complains about, in words for people.
import { EvaluationError, type ParseError, type TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { didYouMean } from '../../util/nearest.ts';
import { HELPERS } from '../helpers/table.ts';
import { BOOL, celEnvironment, HAS } from './cel-environment.ts';

interface Words {
  readonly what: string;
  readonly advice?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  double: 'a number',
  string: 'a string',
  bool: 'true or false',
  null: 'null',
  list: 'a list',
  map: 'a map',
  dyn: 'a value',
  type: 'a type of CEL',
};

const TOKENS: Readonly<Record<string, string>> = { RPAREN: ')', RBRACKET: ']', RBRACE: '}', COLON: ':', IDENTIFIER: 'a name' };

/** By CEL's code; `detail` is what the pattern found in CEL's own words. */
const WORDS: Readonly<Record<string, { readonly pattern?: RegExp; readonly words: (detail: readonly string[]) => Words }>> = {
  unexpected_character: {
    pattern: /Unexpected character: '?(.+?)'?$/,
    words: ([character = '']) => ({ what: `${JSON.stringify(character)} cannot stand here` }),
  },
  unexpected_token: { words: () => ({ what: 'the expression ends too early', advice: 'something is missing at the end' }) },
  expected_token: {
    pattern: /^Expected (\w+), got (\w+)/,
    words: ([expected = '', got = '']) => ({ what: `${TOKENS[expected] ?? expected} is missing${got === 'EOF' ? ' at the end' : ''}` }),
  },
  unterminated_string: { words: () => ({ what: 'a quote is never closed' }) },
  newline_in_string: { words: () => ({ what: 'a quote is not closed on its line' }) },
  reserved_identifier: {
    pattern: /: (\S+)$/,
    words: ([name = '']) => ({ what: `${JSON.stringify(name)} is a reserved word of CEL`, advice: 'call the variable something else' }),
  },
  no_matching_overload: {
    pattern: /'(?:(.*?)\.)?(\w+)\((.*)\)'$/,
    words: ([receiver, name = '', given = '']) => unknownFunction(receiver, name, given),
  },
  no_such_overload: {
    pattern: /: (\S+) (\S+) (\S+)$/,
    words: ([left = '', sign = '', right = '']) => ({
      what: `${sign} cannot be applied to ${typeWords(left)} and ${typeWords(right)}`,
      ...conversion(left, right),
    }),
  },
  invalid_logical_operand: {
    pattern: /got '(.*)'$/,
    words: ([type = '']) => ({ what: `&& and || take true or false, got ${typeWords(type)}`, advice: 'compare it with something' }),
  },
  invalid_condition_type: {
    pattern: /got '(.*)'$/,
    words: ([type = '']) => ({ what: `a condition must be true or false, got ${typeWords(type)}`, advice: 'compare it with something' }),
  },
  invalid_macro_argument: { words: () => ({ what: 'this cannot be asked about', advice: 'write has(name) or has(name.key)' }) },
  division_by_zero: { words: () => ({ what: 'division by zero' }) },
  modulo_by_zero: { words: () => ({ what: 'division by zero' }) },
};

/** The words for an error of CEL's. Its own are used where they are plain enough. */
export function celWords(error: ParseError | CelTypeError | EvaluationError, text: string): Words {
  const unary = /^no such overload: ([!-])(\S+)$/.exec(error.summary);
  if (unary)
    return {
      what: `${unary[1] ?? ''} cannot be applied to ${typeWords(unary[2] ?? '')}`,
      ...(unary[1] === '!' ? { advice: 'compare it with something' } : {}),
    };
  const known = Object.hasOwn(WORDS, error.code) ? WORDS[error.code] : undefined;
  const start = error.range?.start ?? 0;
  if (known === undefined)
    return {
      what: `${error instanceof EvaluationError ? '' : 'this is not CEL: '}${error.summary.charAt(0).toLowerCase()}${error.summary.slice(1)}`,
    };
  if (error.code === 'unexpected_token' && start < text.trimEnd().length)
    return { what: `${JSON.stringify(text.slice(start, error.range?.end))} cannot stand here` };
  const match = known.pattern?.exec(error.summary);
  return known.words(match ? match.slice(1) : []);
}

function typeWords(type: string): string {
  const name = type.replace(/^dyn<(.*)>$/, '$1').replace(/<.*>$/, '');
  return TYPES[name] ?? name;
}

function conversion(left: string, right: string): { readonly advice?: string } {
  const types = [left, right].map(type => type.replace(/^dyn<(.*)>$/, '$1'));
  return types.includes('string') && (types.includes('int') || types.includes('double'))
    ? { advice: 'convert one of them: string(…) or int(…)' }
    : {};
}

function unknownFunction(receiver: string | undefined, name: string, given: string): Words {
  const known = celEnvironment()
    .getDefinitions()
    .functions.filter(item => item.name !== HAS && item.name !== BOOL);
  const takes = given === '' ? 'nothing' : given.split(', ').map(typeWords).join(', ');
  if (known.some(item => item.name === name))
    return {
      what: receiver === undefined ? `${name}() does not take ${takes}` : `${name}() does not fit ${typeWords(receiver)} with ${takes}`,
    };
  const operator = HELPERS.get(name)?.inCondition;
  const advice = operator === undefined ? didYouMean(name, [...known.map(item => item.name), ...HELPERS.keys()]) : `write ${operator}`;
  return { what: `there is no function ${name}()`, ...(advice === undefined ? {} : { advice }) };
}
