// Where a host is: what its variables say in Ansible's words, and the arguments for ssh among them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileRequest } from '../../../src/cli/compile-request.ts';
import { requestFrom } from '../../../src/cli/commands/request.ts';
import type { ConnectionChoices } from '../../../src/schedule/hosts/connection-choices.ts';
import { connectionsOf } from '../../../src/schedule/hosts/connections.ts';
import type { ConnectionSpec } from '../../../src/session/types.ts';

describe('connections', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tsplay-connections-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The connection of n1, whose variables these are. */
  async function connect(variables: string, choices: ConnectionChoices = {}, ofAll = 'ssh_config: none'): Promise<ConnectionSpec> {
    writeFileSync(join(folder, 'play.yml'), '- hosts: n1\n  tasks: [{debug: {msg: x}}]\n');
    writeFileSync(join(folder, 'hosts.yml'), `all: {vars: {${ofAll}}, hosts: {n1: {${variables}}}}\n`);
    const request = requestFrom({ inventory: ['hosts.yml'] }, 'play.yml', 'run');
    const { program } = await compileRequest({ ...request, cwd: folder });
    return connectionsOf(program, choices)('n1').spec;
  }

  it('follow arguments for ssh as if they stood in its configuration', async () => {
    const { address, port, user, keyFiles, jump, hostKeyPolicy, timeout } = await connect(
      'ansible_ssh_common_args: "-o HostName=10.0.0.1 -p 2201 -J jo@outer:2202 -o StrictHostKeyChecking=no -l me -o ConnectTimeout=7", ansible_ssh_extra_args: "-p 9 -i /k"',
    );
    assert.deepEqual([address, port, user, keyFiles, hostKeyPolicy, timeout], ['10.0.0.1', 2201, 'me', ['/k'], 'accept-new', 7000]);
    assert.deepEqual([jump?.address, jump?.port, jump?.user], ['outer', 2202, 'jo']);
  });

  it('let a variable of its own win over them', async () => {
    const { port, user, jump, hostKeyPolicy } = await connect(
      'ansible_ssh_common_args: "-p 2201 -l me -J outer -o StrictHostKeyChecking=no", ansible_port: 2, ssh_user: you, ssh_jump: none, ssh_host_key: strict',
    );
    assert.deepEqual([port, user, jump, hostKeyPolicy], [2, 'you', undefined, 'strict']);
  });

  it('follow the configuration that -F names', async () => {
    writeFileSync(join(folder, 'config'), 'Host n1\n  Port 2209\n', { mode: 0o600 });
    const { port } = await connect(`ansible_ssh_args: "-F ${folder}/config"`, {}, '');
    assert.equal(port, 2209);
  });

  it('let the command line win over variables', async () => {
    const choices = { timeout: 3, connection: 'ssh2', sshArguments: { ssh_common_args: '-p 5' } };
    const { port, connection, timeout } = await connect('connection: local, ansible_ssh_common_args: -p 6, ansible_timeout: 9', choices);
    assert.deepEqual([port, connection, timeout], [5, 'ssh2', 3000]);
  });

  it('refuse an argument that cannot be followed once it is known, with its place', async () => {
    await assert.rejects(connect('more: -A, ansible_ssh_common_args: "-q {{ more }}"'), {
      message: /^hosts\.yml:1:82 {2}"-A" in ssh_common_args cannot be followed, no agent is forwarded/,
    });
    await assert.rejects(connect('', { sshArguments: { ssh_extra_args: '-A' } }), {
      message: /^"-A" in --ssh-extra-args cannot be followed/,
    });
  });

  it('know variables by the names of Ansible where others refer to them', async () => {
    const { address, port } = await connect('ansible_host: 10.0.0.1, base: 22, ansible_port: "{{ base }}", ssh_jump: "{{ ansible_host }}"');
    assert.deepEqual([address, port], ['10.0.0.1', 22]);
  });
});
