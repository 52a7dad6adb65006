// Host ranges: `web[01:50]`, `n[a:f]`, `n[1:10:2]`, several in one name, all inclusive.

/** The names, in order, or why there are none. */
export type Expansion = { readonly names: readonly string[] } | { readonly range: string; readonly why: string };

const MOST = 65_536;

/** Every name that a host key stands for. */
export function expandHostRange(key: string): Expansion {
  const found = /^(.*?)\[([^\]]*)\](.*)$/s.exec(key);
  if (!found) return { names: [key] };
  const [, before = '', range = '', after = ''] = found;
  const values = valuesOf(range);
  if (typeof values === 'string') return { range, why: values };
  const rest = expandHostRange(after);
  if (!('names' in rest)) return rest;
  if (values.length * rest.names.length > MOST) return { range, why: `stands for more than ${MOST} hosts` };
  return { names: values.flatMap(value => rest.names.map(end => `${before}${value}${end}`)) };
}

function valuesOf(range: string): readonly string[] | string {
  const [, from = '', to = '', stepText = '1'] = /^(\d*|[A-Za-z]):(\d+|[A-Za-z])(?::(\d+))?$/.exec(range) ?? [];
  const step = Number(stepText);
  if (to === '') return 'cannot be read';
  if (step < 1) return 'never ends';
  return /\d/.test(to) ? numbers(from === '' ? '0' : from, to, step) : letters(from === '' ? 'a' : from, to, step);
}

function numbers(from: string, to: string, step: number): readonly string[] | string {
  if (!/^\d+$/.test(from)) return 'mixes letters and numbers';
  const hasZeros = from.length > 1 && from.startsWith('0');
  if (hasZeros && from.length !== to.length) return 'has ends of different width';
  return sequence(Number(from), Number(to), step, number => String(number).padStart(hasZeros ? from.length : 1, '0'));
}

function letters(from: string, to: string, step: number): readonly string[] | string {
  if (/\d/.test(from)) return 'mixes letters and numbers';
  return sequence(from.charCodeAt(0), to.charCodeAt(0), step, code => String.fromCharCode(code));
}

function sequence(first: number, last: number, step: number, write: (value: number) => string): readonly string[] | string {
  if (first > last) return 'runs backwards';
  const count = Math.floor((last - first) / step) + 1;
  if (count > MOST) return `stands for more than ${MOST} hosts`;
  return Array.from({ length: count }, (_, index) => write(first + index * step));
}
