// A keyword of plays or tasks to read about. The lists are those that playbooks are read by; the sentences are here.
import { PLAY_KEYWORDS } from '../../load/playbook/play-source.ts';
import { BLOCK_KEYWORDS, CALLING_KEYWORDS } from '../../load/playbook/task-list.ts';
import { TASK_KEYWORDS } from '../../load/playbook/task-module.ts';
import { KEYWORD_WORDS } from './keyword-words.ts';
import type { Page } from './page.ts';

/** Where keywords may stand. */
const LISTS: readonly (readonly [where: string, keywords: readonly string[]])[] = [
  ['a play', PLAY_KEYWORDS],
  ['a task', TASK_KEYWORDS],
  ['a block', BLOCK_KEYWORDS],
  ['a task in place of a module', [...CALLING_KEYWORDS, 'include_vars']],
  ['a playbook', ['import_playbook']],
];

/** The pages of all keywords, each once. */
export const keywordPages: readonly Page[] = [...new Set(LISTS.flatMap(([, keywords]) => keywords))].map(keywordPage);

function keywordPage(name: string): Page {
  const { says, yaml } = KEYWORD_WORDS[name] ?? { says: 'nothing is written of this one' };
  const where = LISTS.filter(([, keywords]) => keywords.includes(name)).map(([place]) => place);
  return {
    kind: 'keyword',
    name,
    summary: says,
    sections: [
      { kind: 'text', text: `Stands in ${where.join(', in ')}.` },
      ...(yaml === undefined ? [] : [{ kind: 'example', title: 'Example', code: yaml, language: 'yaml' } as const]),
    ],
  };
}
