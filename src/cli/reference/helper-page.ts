// A helper to read about: how it is called in templates and in conditions, and its examples with what comes of them.
import { typeWords } from '../../expression/helpers/check-type.ts';
import { usageOf } from '../../expression/helpers/arity.ts';
import type { Example, Helper, Parameter } from '../../expression/helpers/helper.ts';
import { HELPERS } from '../../expression/helpers/table.ts';
import { inCondition } from '../../expression/in-condition.ts';
import type { Page, Row } from './page.ts';

/** The pages of all helpers, those of one topic together. */
export const helperPages: readonly Page[] = Array.from(HELPERS.values(), helperPage);

function helperPage(helper: Helper): Page {
  const { name, summary, params, inCondition: instead, topic } = helper;
  return {
    kind: 'helper',
    name,
    summary: `${summary.charAt(0).toLowerCase()}${summary.slice(1)}`,
    sections: [
      {
        kind: 'text',
        text: `\`${usageOf(helper)}\` (${topic})${instead === undefined ? '' : `; in a condition, write ${instead}`}`,
      },
      ...(params.length === 0 ? [] : [{ kind: 'rows', heading: 'Arguments', rows: params.map(row) } as const]),
      {
        kind: 'example',
        title: helper.examples.length === 1 ? 'Example' : 'Examples',
        code: helper.examples.map(exampleText).join('\n'),
        language: 'text',
      },
    ],
  };
}

function row({ name, type, optional, rest }: Parameter): Row {
  return [name, [typeWords(type), ...(rest === true ? ['any number of them'] : optional === true ? ['may be left out'] : [])].join('; ')];
}

function exampleText({ template, with: variables = {}, gives, elsewhere }: Example): string {
  const given = Object.entries(variables).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const condition = inCondition(template);
  return [
    ...given,
    template,
    ...(condition === undefined ? [] : [`${condition}    in a condition`]),
    `  gives ${elsewhere === true && typeof gives === 'string' ? gives : JSON.stringify(gives)}`,
    '',
  ].join('\n');
}
