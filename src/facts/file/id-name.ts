// Fact: the name behind a numeric user or group id, as file listings show it.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

interface IdNameArguments extends Readonly<Record<string, unknown>> {
  readonly database: 'passwd' | 'group';
  /** Digits. */
  readonly id: string;
}

/** The name that an id is shown under: the id itself where it has none. */
export const idName = defineFact({
  name: 'file.id_name',
  summary: 'the name of a numeric user or group id, the number itself where it has none',
  probe: ({ database, id }: IdNameArguments) => sh`
if command -v getent >/dev/null; then getent ${database} ${id} | awk -F: '{ print $1; exit }'
else awk -F: -v id=${id} '$3 == id { print $1; exit }' /etc/${database}; fi`,
  // What changes of accounts make of it is worked out from the ids they have before and after.
  reads: ({ database }) => [resource.path(`/etc/${database}`)],
  parse: ({ stdout }, { id }): string => stdout.trim() || id,
  absent: '',
  cost: 'cheap',
});
