// Whether a call gives a helper what it takes, by number and by name.
import { didYouMean } from '../../util/nearest.ts';
import type { Helper, Parameter } from './helper.ts';

interface Wrong {
  readonly what: string;
  readonly advice?: string;
}

/** How a helper is called: `{{join list [separator]}}`. */
export function usageOf(helper: Helper): string {
  const named = helper.kind === 'plain' && helper.open ? ['[name=value…]'] : [];
  return `{{${[helper.name, ...helper.params.map(show), ...named].join(' ')}}}`;
}

function show(parameter: Parameter): string {
  const name = parameter.rest === true ? `${parameter.name}…` : parameter.name;
  return parameter.optional === true ? `[${name}]` : name;
}

/** The parameter that an argument is for, by its place. */
export function parameterAt(helper: Helper, index: number): Parameter | undefined {
  const last = helper.params.at(-1);
  return helper.params[index] ?? (last?.rest === true ? last : undefined);
}

/** What is wrong with the number of arguments or the names of the named ones; undefined when nothing is. */
export function arityFault(helper: Helper, count: number, names: readonly string[]): Wrong | undefined {
  const advice = `write ${usageOf(helper)}`;
  const byName = helper.params.filter(parameter => parameter.rest !== true);
  for (const name of names) {
    const index = byName.findIndex(parameter => parameter.name === name);
    if (index < 0 && helper.kind === 'plain' && helper.open) continue;
    if (index < 0 || helper.kind === 'lazy')
      return {
        what: `${helper.name} has no argument ${name}`,
        advice:
          didYouMean(
            name,
            byName.map(parameter => parameter.name),
          ) ?? advice,
      };
    if (index < count) return { what: `${helper.name} is given ${name} twice`, advice };
  }
  const most = helper.params.at(-1)?.rest === true ? Infinity : helper.params.length;
  const lacking = helper.params.find(
    (parameter, index) => parameter.optional !== true && index >= count && !names.includes(parameter.name),
  );
  if (lacking) return { what: `${helper.name} lacks its argument ${lacking.name}`, advice };
  if (count > most) return { what: `${helper.name} is given ${count} arguments`, advice };
  return undefined;
}
