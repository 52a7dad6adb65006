// `tsplay docs`: what a module, a role, a keyword, a helper or a host fact is, from the definitions themselves.
import { InputError } from '../../errors/errors.ts';
import { attempt } from '../../load/report.ts';
import { rolesFor, roleSearchPath, rolesIn } from '../../load/roles/role-directories.ts';
import { readRoleNames } from '../../load/roles/role-names.ts';
import { loadRole } from '../../load/roles/role-source.ts';
import { CONTROLS, isShipped, loadModules, MODULES } from '../../modules/registry.ts';
import type { AnyModule } from '../../modules/contract.ts';
import type { AnyRole } from '../../program/role.ts';
import { nearest } from '../../util/nearest.ts';
import { factPages } from '../reference/fact-page.ts';
import { helperPages } from '../reference/helper-page.ts';
import { keywordPages } from '../reference/keyword-page.ts';
import { modulePage } from '../reference/module-page.ts';
import { type Kind, KINDS, type Page, type Row } from '../reference/page.ts';
import { rolePage } from '../reference/role-page.ts';
import { pageText, rowsText } from '../reference/to-text.ts';

/** Modules, and what the engine does under the name of one. */
const NAMES = [...Object.keys(MODULES), ...Object.keys(CONTROLS)];

/** Things whose pages need nothing to be loaded. */
const READY: readonly Page[] = [...keywordPages, ...helperPages, ...factPages];

/** The pages of a name; without one, the list of names. `cwd` is where roles are looked for, beside the shipped ones. */
export async function docsText(name: string | undefined, cwd: string): Promise<string> {
  const directories = roleSearchPath(cwd, cwd);
  const ignore = (): void => undefined;
  const names = readRoleNames(cwd, { cwd, report: ignore, note: ignore });
  const roles = rolesIn(directories, names);
  const readRole = async (role: string): Promise<AnyRole> =>
    (await loadRole(role, { directories, names, cwd, base: cwd, at: { file: role, line: 1, column: 1 } })).role;
  if (name === undefined) return overview(roles, readRole);
  const module = isShipped(name) ? (await loadModules([name])).get(name) : await moduleOfRole(name, roles, readRole);
  const pages = [
    ...(module === undefined ? [] : [modulePage(module)]),
    ...(roles.includes(name) ? [rolePage(await readRole(name))] : []),
    ...READY.filter(page => page.name === name || page.name === `facts.${name}`),
  ];
  if (pages.length === 0) throw unknownName(name, roles);
  if (pages.length === 1) return pages.map(pageText).join('');
  return pages.map(page => `${page.kind} ${pageText(page)}`).join('\n');
}

/** A module that a role brings. */
async function moduleOfRole(
  name: string,
  roles: readonly string[],
  readRole: (role: string) => Promise<AnyRole>,
): Promise<AnyModule | undefined> {
  for (const role of rolesFor(name, roles)) {
    const found = (await readRole(role)).modules?.find(({ definition }) => definition.name === name);
    if (found !== undefined) return found.definition;
  }
  return undefined;
}

function unknownName(name: string, roles: readonly string[]): InputError {
  const ours = Object.entries(MODULES).find(([, { answersTo }]) => answersTo.includes(name))?.[0];
  const near = ours ?? nearest(name, [...NAMES, ...roles, ...READY.map(page => page.name)]);
  return new InputError([
    {
      what: `there is nothing called "${name}" to read about`,
      advice: near === undefined ? 'tsplay docs lists the names' : `did you mean "${near}"?`,
    },
  ]);
}

async function overview(roles: readonly string[], readRole: (role: string) => Promise<AnyRole>): Promise<string> {
  const modules = await loadModules(NAMES);
  const roleRows = await Promise.all(
    roles.map(async (role): Promise<Row> => {
      // One role that cannot be read hides no other; its own page says what is wrong with it.
      const read = await attempt(
        () => readRole(role),
        () => undefined,
      );
      return [role, read?.summary ?? '(cannot be read)'];
    }),
  );
  const rows: Readonly<Record<Kind, readonly Row[]>> = {
    module: [...modules.values()].map(module => [module.name, module.summary]),
    role: roleRows,
    keyword: rowsOf(keywordPages),
    helper: rowsOf(helperPages),
    fact: rowsOf(factPages),
  };
  return Object.entries(rows)
    .map(([kind, list]) => `${KINDS[kind as Kind]}:\n${rowsText(list)}`)
    .join('\n');
}

function rowsOf(pages: readonly Page[]): readonly Row[] {
  return pages.map(({ name, summary }) => [name, summary]);
}
