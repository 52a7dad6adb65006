// The facts about the host read on this machine, under every shell that hosts have.
import assert from 'node:assert/strict';
import { arch, cpus, hostname, totalmem } from 'node:os';
import { hostBoot } from '../../../src/facts/host/boot.ts';
import { HOST_FACTS } from '../../../src/facts/host/catalogue.ts';
import { hostCpu } from '../../../src/facts/host/cpu.ts';
import { hostMemory } from '../../../src/facts/host/memory.ts';
import { hostMounts } from '../../../src/facts/host/mounts.ts';
import { hostNet } from '../../../src/facts/host/net.ts';
import { hostOs } from '../../../src/facts/host/os.ts';
import { hostUser } from '../../../src/facts/host/user.ts';
import { readUnder, shellsHere } from './shells.ts';

describe('facts/host/catalogue', () => {
  it('names every fact as its definition does', () => {
    for (const [name, fact] of Object.entries(HOST_FACTS)) assert.equal(fact.definition.name, `host.${name}`);
  });

  it('can be read without any file of the host', () => {
    for (const fact of Object.values(HOST_FACTS)) {
      fact.definition.parse({ stdout: '', stderr: '', status: 0, bytes: new Uint8Array() }, {});
    }
  });
});

for (const shell of shellsHere) {
  describe(`facts/host under ${shell}`, () => {
    it('reads every fact of the catalogue', () => {
      for (const [name, fact] of Object.entries(HOST_FACTS)) assert.notEqual(readUnder(shell, fact({})), undefined, name);
    });

    it('reads what Node knows too', () => {
      assert.equal(readUnder(shell, hostNet({})).hostname, hostname());
      assert.equal(readUnder(shell, hostMemory({})).total, totalmem());
      assert.equal(readUnder(shell, hostCpu({})).count, cpus().length);
      assert.equal(readUnder(shell, hostUser({})).uid, process.getuid?.());
      assert.equal(readUnder(shell, hostOs({})).arch_alias, arch() === 'x64' ? 'amd64' : arch());
    });

    it('reads the root mount and the running boot', () => {
      assert.ok(readUnder(shell, hostMounts({})).some(mount => mount.path === '/'));
      const { id, time } = readUnder(shell, hostBoot({}));
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.ok(time > 1e9 && time * 1000 < Date.now());
    });
  });
}
