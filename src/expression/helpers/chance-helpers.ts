// Helpers of time and chance, which give the same in a check, in a run and in the next run.
import { createHash } from 'node:crypto';
import { isList, type Value } from '../../util/value.ts';
import { describe } from '../describe.ts';
import { defineHelper, definePlacedHelper, type Helper, HelperRefusal } from './helper.ts';

/** A number from 0 to below `count`, drawn by a text: every number is as likely as any other. */
function drawn(seed: string, count: number): number {
  return Number(BigInt(`0x${createHash('sha256').update(seed).digest('hex')}`) % BigInt(count));
}

const PIECES: Readonly<Record<string, (time: Date) => number | string>> = {
  '%Y': time => String(time.getUTCFullYear()).padStart(4, '0'),
  '%m': time => two(time.getUTCMonth() + 1),
  '%d': time => two(time.getUTCDate()),
  '%H': time => two(time.getUTCHours()),
  '%M': time => two(time.getUTCMinutes()),
  '%S': time => two(time.getUTCSeconds()),
  '%F': time => time.toISOString().slice(0, 10),
  '%T': time => time.toISOString().slice(11, 19),
  '%s': time => Math.floor(time.getTime() / 1000),
  '%j': time => String(Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000) + 1).padStart(3, '0'),
  '%u': time => time.getUTCDay() || 7,
  '%%': () => '%',
};

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function timeOf(value: string | number | boolean): Date {
  const time =
    typeof value === 'number'
      ? new Date(value * 1000)
      : typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)
        ? utc(value)
        : undefined;
  if (time === undefined || Number.isNaN(time.getTime()))
    throw new HelperRefusal('date: time must be seconds since 1970 or text such as 2026-01-31T12:00:00Z');
  return time;
}

/** Text without a zone is in UTC, whatever the zone of the controller. */
function utc(text: string): Date {
  return new Date(/[T ]/.test(text) && !/(?:Z|[-+]\d\d:?\d\d)$/.test(text) ? `${text.replace(' ', 'T')}Z` : text);
}

export const CHANCE_HELPERS: readonly Helper[] = [
  definePlacedHelper({
    name: 'random',
    topic: 'time and chance',
    summary: 'A whole number from 0 to below a number, or one item of a list: always the same for a host, a file and a seed.',
    params: [
      { name: 'from', type: 'any' },
      { name: 'seed', type: 'scalar', optional: true },
    ],
    shallow: true,
    examples: [
      { template: '{{random 60}}', with: { inventory_hostname: 'n1' }, gives: 23 },
      { template: '{{random 60 seed="backup"}}', with: { inventory_hostname: 'n1' }, gives: 57 },
      { template: '{{random mirrors}}', with: { inventory_hostname: 'n1', mirrors: ['a', 'b', 'c'] }, gives: 'c' },
    ],
    apply: ({ host, file }, from, seed = '') => {
      const key = JSON.stringify([host, file ?? '', seed]);
      if (isList(from)) {
        if (from.length === 0) throw new HelperRefusal('random: the list is empty', { missing: true });
        return from[drawn(key, from.length)] as Value;
      }
      if (typeof from === 'number' && Number.isSafeInteger(from) && from > 0) return drawn(key, from);
      throw new HelperRefusal(`random takes a list, or a whole number above 0, got ${describe(from)}`);
    },
  }),
  defineHelper({
    name: 'date',
    topic: 'time and chance',
    gives: 'string',
    summary: 'A time in UTC, in the letters of date(1): %Y %m %d %H %M %S %F %T %s %j %u; the time is seconds since 1970 or ISO text.',
    params: [
      { name: 'time', type: 'scalar' },
      { name: 'format', type: 'string', optional: true },
    ],
    examples: [
      { template: '{{date 86400 "%Y-%m-%d %H:%M"}}', gives: '1970-01-02 00:00' },
      { template: '{{date "2026-01-31T12:00:00Z"}}', gives: '2026-01-31T12:00:00Z' },
    ],
    apply: (value, format = '%FT%TZ') => {
      const time = timeOf(value);
      return format.replaceAll(/%./gu, piece => {
        const write = Object.hasOwn(PIECES, piece) ? PIECES[piece] : undefined;
        if (write === undefined)
          throw new HelperRefusal(`date: there is no ${piece}`, { advice: `write one of ${Object.keys(PIECES).join(' ')}` });
        return String(write(time));
      });
    },
  }),
];
