// The lines of a sysctl.d file: finding and setting one parameter, the others left as they are.
import { canonicalSysctl, plainSysctl } from '../../facts/kernel/sysctl.ts';

/** The value a file gives a parameter, by its canonical name: the last line counts. Undefined when it does not name it. */
export function persistedSysctl(text: string, name: string): string | undefined {
  return text
    .split('\n')
    .flatMap(line => {
      const found = readLine(line);
      return found?.name === name ? [found.value] : [];
    })
    .at(-1);
}

/** The same text with exactly one line for the parameter: in the place of its first one, or at the end. A text that says so already stays as it is. */
export function persistSysctl(text: string, name: string, value: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const places = lines.flatMap((line, at) => (readLine(line)?.name === name ? [at] : []));
  const [first] = places;
  if (first !== undefined && places.length === 1 && persistedSysctl(text, name) === value) return text;
  const line = `${name} = ${value}`;
  if (first === undefined) return text === '' ? `${line}\n` : `${lines.join('\n')}\n${line}\n`;
  return `${lines.flatMap((old, at) => (at === first ? [line] : places.includes(at) ? [] : [old])).join('\n')}\n`;
}

function readLine(line: string): { readonly name: string; readonly value: string } | undefined {
  const [, name, value] = /^\s*-?\s*([^\s#;=]+)\s*=(.*)$/.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : { name: canonicalSysctl(name), value: plainSysctl(value) };
}
