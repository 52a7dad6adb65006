// Fact: the index templates of an Elasticsearch cluster. One node answers for all.
import { defineFact, sh } from '../../../src/index.ts';
import { answerTo, objectIn, parsed, refusalIn, textIn } from './answers.ts';
import { asking, tell } from './ask.ts';
import type { Ask } from './ask.ts';
import { CLUSTER } from './types.ts';

/** Templates by name, as they were sent to Elasticsearch. */
export interface IndexTemplates {
  readonly says: string;
  readonly templates: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const esTemplates = defineFact({
  name: 'elasticsearch.index_templates',
  summary: 'the composable index templates of an Elasticsearch cluster by name',
  probe: (at: Ask) => sh`${asking(at.authorization)}
${tell('templates', at, '/_index_template?flat_settings=true&master_timeout=5s')}
exit 0`,
  reads: () => [CLUSTER],
  parse: (output): IndexTemplates => {
    const answer = answerTo(output, 'templates');
    const { index_templates } = objectIn(parsed(answer.body));
    const found = (Array.isArray(index_templates) ? index_templates : []).map(objectIn);
    return {
      says: refusalIn(answer),
      templates: Object.fromEntries(found.map(({ name, index_template }) => [textIn(name), objectIn(index_template)])),
    };
  },
  absent: { says: 'nobody answers', templates: {} },
  cost: 'slow',
});
