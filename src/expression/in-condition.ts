// A call of a helper as it is written in a template, written as a condition: for the documentation and the tests of examples.
import { HELPERS } from './helpers/table.ts';
import { parseTemplate } from './template/parse-template.ts';
import { type CallParts, type ExpressionNode, isPlainName, type PathNode } from './template/tree.ts';

/** The condition; undefined where there is none: several pieces, or a helper that conditions have an operator for. */
export function inCondition(template: string): string | undefined {
  const [only, ...others] = parseTemplate(template).tree.body;
  return only?.type === 'MustacheStatement' && others.length === 0 ? writtenCall(only) : undefined;
}

function writtenCall(node: CallParts): string | undefined {
  const name = isPlainName(node.path) ? node.path.original : '';
  const helper = HELPERS.get(name);
  if (helper === undefined || helper.inCondition !== undefined) return undefined;
  const args: (string | undefined)[] = node.params.map(written);
  for (const { key, value } of node.hash?.pairs ?? []) {
    const index = helper.params.findIndex(parameter => parameter.name === key);
    if (index !== args.length) return undefined;
    args.push(written(value));
  }
  if (name === 'list') return args.includes(undefined) ? undefined : `[${args.join(', ')}]`;
  return args.includes(undefined) ? undefined : `${name}(${args.join(', ')})`;
}

function written(node: ExpressionNode): string | undefined {
  if (node.type === 'SubExpression') return writtenCall(node);
  if (node.type === 'PathExpression') return path(node);
  if (node.type === 'NullLiteral') return 'null';
  return node.type === 'UndefinedLiteral' ? undefined : JSON.stringify(node.value);
}

function path({ parts }: PathNode): string {
  const [root = '', ...rest] = parts;
  return (
    root + rest.map(part => (/^[A-Za-z_]\w*$/.test(part) ? `.${part}` : `[${/^\d+$/.test(part) ? part : JSON.stringify(part)}]`)).join('')
  );
}
