// Module: keeps a composable index template of an Elasticsearch cluster.
import { change, defineModule, run, sh, unmet } from '../../../src/index.ts';
import type { Step } from '../../../src/index.ts';
import { without } from '../facts/answers.ts';
import { askAt, asking, AT, AUTHORIZATION } from '../facts/ask.ts';
import { esTemplates } from '../facts/templates.ts';
import { plainTemplate, sameTemplate } from './plain-template.ts';

const ANY = { type: ['string', 'number', 'boolean', 'null', 'array', 'object'] } as const;

export const esIndexTemplate = defineModule({
  name: 'elasticsearch.index_template',
  summary: 'Keep an index template: what new indices whose names match begin with',
  params: {
    type: 'object',
    properties: {
      at: AT,
      authorization: AUTHORIZATION,
      name: { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]*$', description: 'name of the template' },
      state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether there is one' },
      body: {
        type: 'object',
        additionalProperties: ANY,
        default: {},
        description: 'index_patterns, priority, template and what else Elasticsearch 7.8 and later takes',
      },
    },
    required: ['at', 'name'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Logs have two shards',
      yaml: `- name: indices of logs have two shards
  elasticsearch.index_template:
    at: { address: 192.168.1.184, port: 9200 }
    name: logs
    body:
      index_patterns: [logs-*]
      template:
        settings: { number_of_shards: 2 }
`,
    },
  ],
  facts: p => ({ found: esTemplates(askAt(p)) }),
  changes: (p, { found }): readonly Step[] => {
    if (found.says !== '') return [unmet(`Elasticsearch at ${p.at.address}:${p.at.port} does not list its index templates: ${found.says}`)];
    const have = found.templates[p.name];
    const others = without(found.templates, p.name);
    const path = `/_index_template/${p.name}?master_timeout=15s`;
    if (p.state === 'absent') {
      if (have === undefined) return [];
      return [
        change('template', 'present', 'absent', {
          actions: [
            run(sh`${asking(p.authorization)}
http DELETE ${p.at.address} ${p.at.port} ${path} || { echo "Elasticsearch does not remove the template: $status $body" >&2; exit 1; }`),
          ],
          sets: [esTemplates(askAt(p)).becomes({ says: '', templates: others })],
          touches: [],
        }),
      ];
    }
    if (!('index_patterns' in p.body)) return [unmet(`template ${p.name} has no index_patterns in its body, say which indices it is for`)];
    if (have !== undefined && sameTemplate(have, p.body)) return [];
    return [
      change('template', have === undefined ? 'absent' : plainTemplate(have), plainTemplate(p.body), {
        actions: [
          run(sh`${asking(p.authorization)}
http PUT ${p.at.address} ${p.at.port} ${path} ${JSON.stringify(p.body)} || { echo "Elasticsearch does not take the template: $status $body" >&2; exit 1; }`),
        ],
        // It is given back in Elasticsearch's own form.
        sets: [
          { ...esTemplates(askAt(p)).becomes({ says: '', templates: { ...others, [p.name]: plainTemplate(p.body) } }), standsIn: true },
        ],
        touches: [],
      }),
    ];
  },
});
