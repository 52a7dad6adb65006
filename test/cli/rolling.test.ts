// Rolling changes as a person sees them: the order before the first turn, the same in a check, and --from that counts in it.
import assert from 'node:assert/strict';
import { eventsOf, ofKind } from './support/events.ts';
import { normal } from './support/normal.ts';
import { INDEX } from './support/program.ts';
import { localHosts, Project } from './support/project.ts';

/** A role whose module writes a file of each member, the leader's last. */
const ROLE = `import { change, defineClusterModule, defineRole, fileText, resource, run, sh, task } from '${INDEX}';
const nodes = defineClusterModule({
  name: 'shop.nodes', summary: 'keep nodes', examples: [],
  params: { type: 'object', properties: { folder: { type: 'string' } }, required: ['folder'], additionalProperties: false },
  members: (_p, hosts) => hosts,
  rounds: () => 5,
  facts: (p, member) => ({ text: fileText({ path: p.folder + '/' + member }) }),
  order: (_p, have) => ['n2', 'n3', 'n1'].map(member =>
    ({ member, isDue: have.get(member).text === '', ...(member === 'n1' && { part: 'leader' }) })).filter((_, __, all) => all.some(place => place.isDue)),
  changes: (p, have, view) => {
    const next = ['n2', 'n3', 'n1'].find(member => have.get(member).text === '' && !view.leftOut.has(member));
    const path = p.folder + '/' + next;
    const mend = { actions: [run(sh\`echo x >\${path}\`)], sets: [fileText({ path }).becomes('x\\n')], touches: [resource.path(path)], on: next };
    return next === undefined ? [] : [change('text', '', 'x', mend)];
  },
});
export default defineRole({
  name: 'shop', summary: 'a shop', at: import.meta.url, modules: [nodes],
  vars: { shop_folder: { type: 'string', description: 'where' } }, required: ['shop_folder'],
  tasks: vars => [task('nodes', nodes, { folder: vars.shop_folder })],
});
`;

const RUN = ['run', 'play.yml', '-i', 'hosts.yml'];

function shop(): Project {
  const project = new Project({
    'hosts.yml': localHosts('n1', 'n2', 'n3'),
    'play.yml': '- name: shop\n  hosts: all\n  roles: [shop]\n',
    'roles/shop/role.js': ROLE,
  });
  project.write({ 'group_vars/all.yml': `shop_folder: ${project.directory}\n` });
  return project;
}

describe('cli: rolling changes', () => {
  it('say their order before the first turn, in a check as in a run', async () => {
    using project = shop();
    const lines = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { code, stdout, stderr } = await project.run(...RUN, ...args);
      assert.deepEqual([code, stderr], [0, '']);
      return normal(stdout, project.directory).split('\n').slice(4, 7);
    };
    const change = ['  order: n2, n3, then leader n1', '      text: "" → x'];
    assert.deepEqual(await lines('--check'), [change[0], '  would change: [n1, n2, n3]', change[1]]);
    assert.deepEqual(await lines(), [change[0], '  changed: [n1, n2, n3]', change[1]]);
  });

  it('begin with the member that --from names, and say who is left as it is', async () => {
    using project = shop();
    const { stdout } = await project.run(...RUN, '--from', 'n3', '--output', 'json');
    const events = eventsOf(stdout);
    assert.deepEqual(
      ofKind(events, 'roll').map(({ turns, leftOut }) => ({ turns, leftOut })),
      [{ turns: [{ member: 'n3' }, { member: 'n1', part: 'leader' }], leftOut: ['n2'] }],
    );
    assert.deepEqual(
      ofKind(events, 'change').map(({ host }) => host),
      ['n3', 'n1'],
    );
    const { stdout: second } = await project.run(...RUN, '--from', 'n3');
    assert.match(second, /\n {2}left as it is: n2 \(--from\)\n/);
    assert.match(second, /: n2 \(--from\)\n(.*\n)*.*left as it was: n2 \(--from\)\n/);
  });
});
