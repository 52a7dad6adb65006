// Everything that is wrong in a template and can be seen without a value: helpers, arguments, blocks, and what Handlebars has but templates here do not.
import { type Fault, fault } from '../fault.ts';
import { argumentFault, type Written } from '../helpers/argument-fault.ts';
import { arityFault, parameterAt } from '../helpers/arity.ts';
import type { Helper } from '../helpers/helper.ts';
import { HELPERS } from '../helpers/table.ts';
import { didYouMean } from '../../util/nearest.ts';
import { offsetOfPlace } from '../text-position.ts';
import { habitAdvice } from './jinja-habits.ts';
import {
  type BlockNode,
  type CallParts,
  type ExpressionNode,
  isPlainName,
  type MustacheNode,
  type ProgramNode,
  type StatementNode,
} from './tree.ts';

/** The blocks there are; a block is no helper and a helper is no block. */
const BLOCKS = ['if', 'unless', 'each', 'with'] as const;

const REFUSED = {
  PartialStatement: { what: 'partials are not supported', advice: 'write the text in the template itself' },
  PartialBlockStatement: { what: 'partials are not supported', advice: 'write the text in the template itself' },
  Decorator: { what: 'decorators are not supported', advice: 'remove the *' },
  DecoratorBlock: { what: 'inline partials are not supported', advice: 'write the text in the template itself' },
} as const;

/** All faults of a tree, in the order of the text. */
export function inspectTree(tree: ProgramNode, text: string): readonly Fault[] {
  return tree.body.flatMap(statement => inspectStatement(statement, text));
}

function inspectStatement(node: StatementNode, text: string): readonly Fault[] {
  switch (node.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return [];
    case 'MustacheStatement':
      return inspectMustache(node, text);
    case 'BlockStatement':
      return inspectBlock(node, text);
    case 'PartialStatement':
    case 'PartialBlockStatement':
    case 'Decorator':
    case 'DecoratorBlock':
      return [fault(node.loc.start, REFUSED[node.type].what, REFUSED[node.type].advice)];
    default:
      return node satisfies never;
  }
}

function inspectMustache(node: MustacheNode, text: string): readonly Fault[] {
  if (isBare(node)) return node.path.type === 'UndefinedLiteral' ? [undefinedLiteral(node.path)] : [];
  return inspectCall(node, text);
}

/** A name or a literal without arguments. */
export function isBare(node: CallParts): boolean {
  return node.params.length === 0 && node.hash === undefined;
}

function inspectCall(node: CallParts, text: string): readonly Fault[] {
  const inside = [...node.params, ...(node.hash?.pairs.map(pair => pair.value) ?? [])].flatMap(item => inspectExpression(item, text));
  const name = isPlainName(node.path) ? node.path.original : undefined;
  const helper = name === undefined ? undefined : HELPERS.get(name);
  if (helper === undefined) return [unknownHelper(node, name, text)];
  const wrong = arityFault(helper, node.params.length, node.hash?.pairs.map(pair => pair.key) ?? []);
  return wrong === undefined ? [...wrongTypes(helper, node), ...inside] : [fault(node.loc.start, wrong.what, wrong.advice), ...inside];
}

/** Arguments that are written out, or given by another helper, and are not what the helper takes. */
function wrongTypes(helper: Helper, node: CallParts): readonly Fault[] {
  const placed = node.params.map((argument, index) => [parameterAt(helper, index), argument] as const);
  const named = (node.hash?.pairs ?? []).map(({ key, value }) => [helper.params.find(({ name }) => name === key), value] as const);
  return [...placed, ...named].flatMap(([parameter, argument]) => {
    if (parameter === undefined) return [];
    const found = argumentFault(helper, parameter, writtenAs(argument));
    return found === undefined ? [] : [fault(argument.loc.start, found.what, found.advice)];
  });
}

function writtenAs(node: ExpressionNode): Written | undefined {
  if (node.type === 'SubExpression') {
    const giver = isPlainName(node.path) ? HELPERS.get(node.path.original) : undefined;
    return giver === undefined ? undefined : { giver };
  }
  if (node.type === 'NullLiteral') return { value: null };
  return node.type === 'PathExpression' || node.type === 'UndefinedLiteral' ? undefined : { value: node.value };
}

function inspectExpression(node: ExpressionNode, text: string): readonly Fault[] {
  if (node.type === 'SubExpression') return inspectCall(node, text);
  return node.type === 'UndefinedLiteral' ? [undefinedLiteral(node)] : [];
}

function undefinedLiteral(node: { readonly loc: { readonly start: Fault['place'] } }): Fault {
  return fault(node.loc.start, 'undefined is not a value', 'write null');
}

function unknownHelper(node: CallParts, name: string | undefined, text: string): Fault {
  const inner = text
    .slice(offsetOfPlace(text, node.loc.start), offsetOfPlace(text, node.loc.end))
    .replaceAll(/^\{+[~&]?|~?\}+$|^\(|\)$/g, '');
  const shown = JSON.stringify(name ?? (node.path.type === 'PathExpression' ? node.path.original : inner));
  const isBlock = BLOCKS.some(block => block === name);
  const advice = isBlock ? `write {{#${name ?? ''} …}}` : (habitAdvice(inner) ?? didYouMean(name ?? '', HELPERS.keys()));
  return fault(node.loc.start, `there is no helper ${shown}`, advice);
}

function inspectBlock(node: BlockNode, text: string): readonly Fault[] {
  const bodies = [node.program, node.inverse].flatMap(program => (program ? inspectTree(program, text) : []));
  return [...inspectHead(node, text), ...bodies];
}

function inspectHead(node: BlockNode, text: string): readonly Fault[] {
  const shown = node.path.type === 'PathExpression' ? node.path.original : '';
  const block = BLOCKS.find(name => name === shown);
  if (block === undefined) {
    const what = `there is no block {{#${shown}}}`;
    if (HELPERS.has(shown)) return [fault(node.loc.start, what, `write {{#if (${shown} …)}}`)];
    return [
      fault(
        node.loc.start,
        what,
        didYouMean(shown, BLOCKS) ?? `write {{#if ${shown}}}, {{#unless ${shown}}}, {{#each ${shown}}} or {{#with ${shown}}}`,
      ),
    ];
  }
  const [subject] = node.params;
  if (subject === undefined || node.params.length > 1 || node.hash !== undefined) {
    const written =
      text
        .slice(offsetOfPlace(text, node.loc.start))
        .replace(/^\{\{~?/, '')
        .split('}}', 1)[0] ?? '';
    const usual = node.params.length > 1 ? `put a call in parentheses: {{#${block} (helper a b)}}` : `write {{#${block} name}}`;
    return [fault(node.loc.start, `{{#${block}}} takes one argument`, habitAdvice(written) ?? usual)];
  }
  return inspectExpression(subject, text);
}
