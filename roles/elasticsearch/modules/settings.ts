// Module: keeps persistent settings of an Elasticsearch cluster. They are the cluster's: any of its nodes takes them for all.
import { change, defineModule, run, sh, unmet } from '../../../src/index.ts';
import type { Change } from '../../../src/index.ts';
import { askAt, asking, AT, AUTHORIZATION } from '../facts/ask.ts';
import type { At } from '../facts/ask.ts';
import { asSetting, esSettings } from '../facts/settings.ts';
import type { ClusterSettings, SettingValue } from '../facts/types.ts';

export const esSettingsModule = defineModule({
  name: 'elasticsearch.settings',
  summary: 'Keep persistent settings of an Elasticsearch cluster',
  params: {
    type: 'object',
    properties: {
      at: AT,
      authorization: AUTHORIZATION,
      persistent: {
        type: 'object',
        additionalProperties: { type: ['string', 'number', 'boolean', 'array', 'null'] },
        description: 'settings by their whole names; null takes one back to its default',
      },
    },
    required: ['at', 'persistent'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'Leave more room on disks',
      yaml: `- name: a node takes no shards when its disk is 80 % full
  elasticsearch.settings:
    at: { address: 192.168.1.184, port: 9200 }
    persistent:
      cluster.routing.allocation.disk.watermark.low: 80%
`,
    },
  ],
  facts: p => ({ settings: esSettings(askAt(p)) }),
  changes: (p, { settings }) => {
    if (settings.says !== '') return [unmet(`Elasticsearch at ${p.at.address}:${p.at.port} does not give its settings: ${settings.says}`)];
    const overruled = Object.keys(p.persistent).find(name => name in settings.transient);
    if (overruled !== undefined)
      return [
        unmet(
          `${overruled} is ${String(settings.transient[overruled])} as a transient setting, which wins over a persistent one; take that back: PUT /_cluster/settings {"transient":{${JSON.stringify(overruled)}:null}}`,
        ),
      ];
    return differing(p.persistent, settings).map(name => set(p, settings, name));
  },
});

type Wanted = Readonly<Record<string, unknown>>;

function wantedOf(value: unknown): SettingValue | null {
  return value === null ? null : asSetting(value);
}

function differing(persistent: Wanted, have: ClusterSettings): readonly string[] {
  return Object.keys(persistent)
    .sort()
    .filter(name => JSON.stringify(wantedOf(persistent[name])) !== JSON.stringify(have.persistent[name] ?? null));
}

function set(
  p: { readonly at: At; readonly authorization: string; readonly persistent: Wanted },
  have: ClusterSettings,
  name: string,
): Change {
  const to = wantedOf(p.persistent[name]);
  return change(name, have.persistent[name] ?? null, to, {
    actions: [
      run(sh`${asking(p.authorization)}
http PUT ${p.at.address} ${p.at.port} '/_cluster/settings?master_timeout=15s' ${JSON.stringify({ persistent: { [name]: to } })} && exit 0
echo "Elasticsearch does not take the setting: $status $body" >&2
exit 1`),
    ],
    sets: [esSettings(askAt(p)).becomes(settingsAfter(p.persistent, have))],
    touches: [],
  });
}

function settingsAfter(persistent: Wanted, have: ClusterSettings): ClusterSettings {
  const all = { ...have.persistent, ...Object.fromEntries(Object.keys(persistent).map(name => [name, wantedOf(persistent[name])])) };
  const kept = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return { ...have, persistent: Object.fromEntries(kept) };
}
