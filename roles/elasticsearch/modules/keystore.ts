// Module: keeps the keystore that a node reads when it starts. The node may not write there itself; a newer version has it brought up to date.
import { alter, change, defineModule, fileNode, fileText, put, resource, run, sh, withInput } from '../../../src/index.ts';

export const esKeystore = defineModule({
  name: 'elasticsearch.keystore',
  summary: 'Keep the keystore of an Elasticsearch node in the form of its version',
  params: {
    type: 'object',
    properties: {
      home: { type: 'string', kind: 'path', description: 'where Elasticsearch is unpacked' },
      config: { type: 'string', kind: 'path', description: 'ES_PATH_CONF' },
      version: { type: 'string', description: 'the version that is to read it' },
      java: { type: 'string', default: '', description: 'JAVA_HOME of another Java than the bundled one' },
      group: { type: 'string', description: 'the group of the node' },
      password: { type: 'string', secret: true, description: 'bootstrap.password: what the user elastic logs in with at first' },
    },
    required: ['home', 'config', 'version', 'group'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'An empty keystore',
      yaml: `- name: the keystore is there
  elasticsearch.keystore:
    home: /opt/elasticsearch/elasticsearch-7.17.28
    config: /opt/elasticsearch/config
    version: 7.17.28
    group: elasticsearch
`,
    },
  ],
  facts: p => ({ file: fileNode({ path: `${p.config}/${KEYSTORE}` }), stamp: fileText({ path: stampOf(p.config) }) }),
  changes: (p, have) => {
    const [path, stamp] = [`${p.config}/${KEYSTORE}`, stampOf(p.config)];
    if (have.file.kind === 'file' && have.stamp.trim() === p.version) return [];
    const isNew = have.file.kind !== 'file';
    const given = isNew ? p.password : undefined;
    const script = sh`export ES_PATH_CONF=${p.config}
${p.java === '' ? sh`:` : sh`export ES_JAVA_HOME=${p.java} JAVA_HOME=${p.java}`}
keystore() { ${p.home}/bin/elasticsearch-keystore "$@"; }
umask 027
keystore ${isNew ? sh`create` : sh`upgrade`} </dev/null || exit
${given === undefined ? sh`:` : sh`printf %s "$BOOTSTRAP_PASSWORD" | keystore add -x -f bootstrap.password`}`;
    return [
      change('keystore', isNew ? 'none' : have.stamp.trim() || 'of another version', p.version, {
        actions: [
          run(given === undefined ? script : withInput(script, { env: { BOOTSTRAP_PASSWORD: given } }), { timeout: 120, alters: [path] }),
          alter({ path, owners: `root:${p.group}`, mode: '0640' }),
          put({ path: stamp, body: `${p.version}\n`, owner: 'root', group: 'root', mode: '0644' }),
        ],
        sets: [
          fileNode({ path }).with({ kind: 'file', owner: 'root', group: p.group, mode: '0640' }),
          fileText({ path: stamp }).becomes(`${p.version}\n`),
        ],
        touches: [resource.path(path), resource.path(stamp)],
      }),
    ];
  },
});

const KEYSTORE = 'elasticsearch.keystore';

/** Beside it, which version has last written it. */
function stampOf(config: string): string {
  return `${config}/${KEYSTORE}.version`;
}
