// The generated pages of docs/reference: all that ships, one file for each kind.
import { CONTROLS, loadModules, MODULES } from '../../modules/registry.ts';
import type { AnyRole } from '../../program/role.ts';
import { FOREIGN_ACTIONS, FOREIGN_PLAY_KEYWORDS, FOREIGN_TASK_KEYWORDS } from '../../load/playbook/foreign-keywords.ts';
import { factPages } from './fact-page.ts';
import { helperPages } from './helper-page.ts';
import { keywordPages } from './keyword-page.ts';
import { modulePage } from './module-page.ts';
import { type Kind, KINDS, type Page } from './page.ts';
import { rolePage } from './role-page.ts';
import { pageMarkdown } from './to-markdown.ts';

const LEADS: Readonly<Record<Kind, string>> = {
  module: 'What a task can ask for. Parameters are checked before the first connection.',
  role: 'Roles that ship with tsplay, and their variables with types and defaults. A misspelt variable is an error before the first connection.',
  keyword: 'What plays and tasks may say beside the module. Any other key is refused, with the nearest of these.',
  helper:
    'Helpers are written `{{name argument argument}}` in templates, in parentheses inside one another, and `name(argument, argument)` in conditions. Arguments may be given by name in templates: `{{json value indent=2}}`. What is unknown or secret stays so in what comes out.',
  fact: 'What expressions can ask of a host, as `facts.name`. It is read when something asks.',
};

/** File names in docs/reference, and what stands in them. @param roles those that ship */
export async function referencePages(roles: readonly AnyRole[]): Promise<ReadonlyMap<string, string>> {
  const modules = [...(await loadModules([...Object.keys(MODULES), ...Object.keys(CONTROLS)])).values()].map(modulePage);
  const pages: Readonly<Record<Kind, readonly Page[]>> = {
    module: modules,
    role: roles.map(rolePage),
    keyword: keywordPages,
    helper: helperPages,
    fact: factPages,
  };
  return new Map(Object.entries(pages).map(([kind, list]) => [`${kind}s.md`, fileOf(kind as Kind, list)]));
}

function fileOf(kind: Kind, pages: readonly Page[]): string {
  return `<!-- generated: UPDATE_GOLDEN=1 on test/contract/reference.test.ts writes it anew -->\n\n# ${KINDS[kind]}\n\n${LEADS[kind]}\n\n${pages
    .map(pageMarkdown)
    .join('\n')}${kind === 'keyword' ? foreignTable() : ''}`;
}

/** Ansible's words that are no keywords here, and the answer that a playbook with one of them gets. */
function foreignTable(): string {
  const all: Readonly<Record<string, string>> = { ...FOREIGN_PLAY_KEYWORDS, ...FOREIGN_TASK_KEYWORDS, ...FOREIGN_ACTIONS };
  const here = new Set(keywordPages.map(({ name }) => name));
  const foreign = Object.entries(all).filter(([word]) => !here.has(word));
  const rows = foreign.map(([word, answer]) => `| \`${word}\` | ${answer} |\n`);
  return `\n## Ansible's other words\n\n| word | what to do |\n| --- | --- |\n${rows.join('')}`;
}
