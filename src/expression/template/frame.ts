// Where a template stands while it is evaluated: the value that names are looked up in, and those around it.
import type { Position } from '../../errors/problem.ts';
import type { Value } from '../../util/value.ts';
import { ExpressionError, MissingError } from '../expression-error.ts';
import { follow, lookupName, undefinedVariable } from '../lookup.ts';
import type { Scope } from '../scope.ts';
import { didYouMean } from '../../util/nearest.ts';
import { isPlainName, type PathNode } from './tree.ts';

/** One level: `#each` and `#with` open a new one inside. */
export interface Frame {
  readonly parent?: Frame;
  /** What `this` is; the outermost frame has the scope in its place. */
  readonly subject: { readonly scope: Scope } | { readonly value: Value };
  /** Names after `as |…|`. */
  readonly locals: ReadonlyMap<string, Value>;
  /** `@index`, `@key`, `@first`, `@last`. */
  readonly data: ReadonlyMap<string, Value>;
}

const NONE: ReadonlyMap<string, Value> = new Map();

/** The frame a template begins in. */
export function outermost(scope: Scope): Frame {
  return { subject: { scope }, locals: NONE, data: NONE };
}

/** A frame inside another, in which `this` is a value. */
export function inner(
  parent: Frame,
  value: Value,
  locals: ReadonlyMap<string, Value> = NONE,
  data: ReadonlyMap<string, Value> = NONE,
): Frame {
  return { parent, subject: { value }, locals, data };
}

/** The value a path leads to. @throws MissingError */
export function resolvePath(path: PathNode, frame: Frame, at: Position | undefined): Value {
  const [head, ...rest] = path.parts;
  if (path.data) return resolveData(path, frame, at);
  const target = climb(path, frame, at);
  if (head === undefined) return thisOf(target, at);
  if (path.depth === 0 && !/^(\.|this\b)/.test(path.original)) {
    const local = localOf(frame, head);
    if (local !== undefined) return follow(local, rest, head, at);
  }
  if ('scope' in target.subject) return follow(lookupName(target.subject.scope, head, at), rest, head, at);
  return fromValue(target.subject.value, path, frame, at);
}

/** Whether one plain word is a variable here: variables go before helpers that are called without arguments. */
export function isVariable(path: PathNode, frame: Frame): boolean {
  const [name = ''] = path.parts;
  if (!isPlainName(path)) return false;
  if (localOf(frame, name) !== undefined) return true;
  if ('scope' in frame.subject) return frame.subject.scope.lookup(name).found;
  const { value } = frame.subject;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}

function localOf(frame: Frame, name: string): Value | undefined {
  for (let level: Frame | undefined = frame; level !== undefined; level = level.parent) {
    const value = level.locals.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function climb(path: PathNode, frame: Frame, at: Position | undefined): Frame {
  let target = frame;
  for (let step = 0; step < path.depth; step++) {
    if (target.parent === undefined) throw error(`${path.original} leads out of the template`, 'write fewer ../', at);
    target = target.parent;
  }
  return target;
}

function thisOf(frame: Frame, at: Position | undefined): Value {
  if ('value' in frame.subject) return frame.subject.value;
  throw error('this has no value outside {{#each}} and {{#with}}', 'name a variable', at);
}

/** A name inside `#each` or `#with`: a variable around it is not seen, and the message says how to reach it. */
function fromValue(value: Value, path: PathNode, frame: Frame, at: Position | undefined): Value {
  try {
    return follow(value, path.parts, '', at);
  } catch (cause) {
    if (!(cause instanceof MissingError)) throw cause;
    const [head = ''] = path.parts;
    const around = isPlainName({ ...path, parts: [head] }) ? outerReach(frame, head) : undefined;
    if (around === undefined) throw cause;
    throw new MissingError({ ...cause.problem, advice: `write ${around}${path.parts.join('.')}` });
  }
}

function outerReach(frame: Frame, name: string): string | undefined {
  let climbed = '';
  for (let level = frame.parent; level !== undefined; level = level.parent) {
    climbed += '../';
    const { subject } = level;
    if (
      'scope' in subject
        ? subject.scope.lookup(name).found
        : typeof subject.value === 'object' && subject.value !== null && Object.hasOwn(subject.value, name)
    ) {
      return 'scope' in subject ? '@root.' : climbed;
    }
  }
  return undefined;
}

function resolveData(path: PathNode, frame: Frame, at: Position | undefined): Value {
  const [head = '', ...rest] = path.parts;
  if (head === 'root') return resolveRoot(rest, frame, at);
  let skip = path.depth;
  for (let level: Frame | undefined = frame; level !== undefined; level = level.parent) {
    if (level.data.size > 0 && skip-- <= 0) {
      const value = level.data.get(head);
      if (value !== undefined) return follow(value, rest, `@${head}`, at);
    }
  }
  const known = ['root', 'index', 'key', 'first', 'last'];
  if (known.includes(head)) throw error(`@${head} is known inside {{#each}} only`, undefined, at);
  throw error(`there is no @${head}`, didYouMean(head, known) ?? 'there are @index, @key, @first, @last and @root', at);
}

function resolveRoot(parts: readonly string[], frame: Frame, at: Position | undefined): Value {
  let root = frame;
  while (root.parent !== undefined) root = root.parent;
  const [name, ...rest] = parts;
  if (name === undefined || !('scope' in root.subject)) throw error('@root has no value of its own', 'name a variable: @root.name', at);
  const found = root.subject.scope.lookup(name);
  if (!found.found) throw undefinedVariable(name, root.subject.scope.names(), at);
  return follow(found.value, rest, name, at);
}

function error(what: string, advice: string | undefined, at: Position | undefined): ExpressionError {
  return new ExpressionError({ what, ...(advice === undefined ? {} : { advice }), ...(at === undefined ? {} : { at }) });
}
