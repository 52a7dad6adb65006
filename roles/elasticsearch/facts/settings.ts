// Fact: the settings that an Elasticsearch cluster keeps for itself, beside those of the nodes' files. One node answers for all.
import { defineFact, sh } from '../../../src/index.ts';
import { answerTo, objectIn, parsed, refusalIn } from './answers.ts';
import { asking, tell } from './ask.ts';
import type { Ask } from './ask.ts';
import { CLUSTER } from './types.ts';
import type { ClusterSettings, SettingValue } from './types.ts';

export const esSettings = defineFact({
  name: 'elasticsearch.settings',
  summary: 'the persistent and transient settings of an Elasticsearch cluster by their whole names',
  probe: (at: Ask) => sh`${asking(at.authorization)}
${tell('settings', at, '/_cluster/settings?flat_settings=true&master_timeout=5s')}
exit 0`,
  reads: () => [CLUSTER],
  parse: (output): ClusterSettings => {
    const answer = answerTo(output, 'settings');
    const { persistent, transient } = objectIn(parsed(answer.body));
    return { says: refusalIn(answer), persistent: settingsIn(persistent), transient: settingsIn(transient) };
  },
  absent: { says: 'nobody answers', persistent: {}, transient: {} },
  cost: 'slow',
});

function settingsIn(value: unknown): Readonly<Record<string, SettingValue>> {
  return Object.fromEntries(Object.entries(objectIn(value)).map(([name, item]) => [name, asSetting(item)]));
}

/** A value as Elasticsearch keeps it. */
export function asSetting(value: unknown): SettingValue {
  return Array.isArray(value) ? value.map(String) : String(value);
}
