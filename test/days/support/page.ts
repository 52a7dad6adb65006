// The tables of bad days as they stand in docs/bad-days.md.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledRoot } from '../../support/golden.ts';
import type { Day, DayTable } from './day.ts';

/** Where the written part of the page ends. */
export const BEGIN = '<!-- the tables below are written by the tests: UPDATE_GOLDEN=1 npx mocha dist/test/contract/bad-days.test.js -->\n';

/** Every table in `test/days/rows`, by the names of their files. */
export async function allTables(): Promise<readonly DayTable[]> {
  const folder = join(compiledRoot, 'test/days/rows');
  const files = readdirSync(folder).filter(file => file.endsWith('.js'));
  const modules = await Promise.all(files.sort().map(file => import(pathToFileURL(join(folder, file)).href)));
  return modules.map(module => (module as { readonly TABLE: DayTable }).TABLE);
}

/** The tables as Markdown. */
export function tablesAsText(tables: readonly DayTable[]): string {
  return tables.map(({ title, days }) => `## ${title}\n\n${HEAD}${days.map(row).join('')}`).join('\n');
}

const HEAD = '| what is bad | exit code | what is said | what is left |\n| --- | --- | --- | --- |\n';

function row({ name, expect }: Day): string {
  const said = expect.message === undefined ? '' : `\`${expect.message.replaceAll(/\s+/g, ' ').trim()}\``;
  return `| ${[name, String(expect.exitCode), said, expect.left].map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
}
