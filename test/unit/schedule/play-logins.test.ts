// What plays say of logging in: for hosts of which the inventory says nothing, once for a host and a run.
import assert from 'node:assert/strict';
import { InputError } from '../../../src/errors/errors.ts';
import { slotsOf } from '../../../src/program/walk.ts';
import type { ConnectionChoices } from '../../../src/schedule/hosts/connection-choices.ts';
import { connectionsOf } from '../../../src/schedule/hosts/connections.ts';
import type { ConnectionSpec } from '../../../src/session/types.ts';
import { compileWritten } from '../../engine/support/playbook.ts';

const HOSTS = 'all: {hosts: {n1: {own: 2222}, n2: {ssh_user: me, ssh_port: 22}}, vars: {ssh_config: none}}\n';
const TASKS = 'tasks: [{debug: {msg: x}}]';

async function specOf(host: string, play: string, choices: ConnectionChoices = {}): Promise<ConnectionSpec> {
  return connectionsOf(await compileWritten({ play, hosts: HOSTS }), choices)(host).spec;
}

describe('schedule/play-logins', () => {
  it('count where neither the inventory nor the command line says it', async () => {
    const play = `- {hosts: all, remote_user: "{{ inventory_hostname }}-admin", port: "{{ default own 22 }}", ${TASKS}}\n`;
    const [one, two] = [await specOf('n1', play), await specOf('n2', play)];
    assert.deepEqual([one.user, one.port, two.user, two.port], ['n1-admin', 2222, 'me', 22]);
    assert.equal((await specOf('n1', play, { user: 'root' })).user, 'root');
  });

  it('have to be the same in all plays of a host', async () => {
    const plays = `- {name: a, hosts: n1, remote_user: ann, ${TASKS}}\n- {name: b, hosts: n1, ${TASKS}}\n`;
    await assert.rejects(specOf('n1', plays), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.equal(
        error.message,
        'play.yml:1:37  a host is logged in to once in a run, and remote_user of n1 is ann in play "a" (play.yml:1:37) and nothing in play "b" (play.yml:2:3), write the same in both, or set it in the inventory',
      );
      return true;
    });
    assert.equal((await specOf('n2', plays.replaceAll('n1', 'n2'))).user, 'me');
    const local = plays.replace('name: b', 'name: b, connection: local');
    assert.equal((await specOf('n1', local)).user, 'ann', 'a play that this machine does logs in nowhere');
  });

  it('have this machine do what is local', async () => {
    const program = await compileWritten({
      play: `- hosts: n1
  tasks:
    - {name: here, debug: {msg: x}, connection: local}
    - {name: there, debug: {msg: x}}
    - {connection: local, block: [{name: elsewhere, debug: {msg: x}, delegate_to: n2}, {name: here too, debug: {msg: x}}]}
`,
      hosts: HOSTS,
    });
    const places = slotsOf(program).map(({ specs }) => {
      const node = specs[0]?.delegateTo;
      return node?.kind === 'value' ? node.value : undefined;
    });
    assert.deepEqual(places, ['localhost', undefined, 'n2', 'localhost']);
    assert.equal(connectionsOf(program, {})('localhost').spec.connection, 'local');
  });

  it('are a kind of connection and a number', async () => {
    await assert.rejects(
      specOf('n1', `- {hosts: n1, port: "{{ inventory_hostname }}", ${TASKS}}\n`),
      /port of a play is a number from 1 to 65535 for host n1/,
    );
    assert.equal((await specOf('n1', `- {hosts: n1, connection: paramiko, ${TASKS}}\n`)).connection, 'ssh2');
  });
});
