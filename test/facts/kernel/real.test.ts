// The sysctl fact read on this machine, under every shell that hosts have.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { canonicalSysctl, sysctlPath, sysctlValue } from '../../../src/facts/kernel/sysctl.ts';
import { readUnder, shellsHere } from '../host/shells.ts';

describe('facts/kernel/sysctl', () => {
  it('takes both spellings of a name for one', () => {
    assert.equal(canonicalSysctl('net/ipv4/ip_forward'), 'net.ipv4.ip_forward');
    assert.equal(canonicalSysctl('net/ipv4/conf/eth0.1/rp_filter'), canonicalSysctl('net.ipv4.conf.eth0/1.rp_filter'));
    assert.equal(sysctlPath(canonicalSysctl('net/ipv4/conf/eth0.1/rp_filter')), '/proc/sys/net/ipv4/conf/eth0.1/rp_filter');
  });
});

for (const shell of shellsHere) {
  describe(`facts/kernel/sysctl under ${shell}`, () => {
    it('reads a value', () => {
      const { exists, value } = readUnder(shell, sysctlValue({ name: 'kernel.pid_max' }));
      assert.deepEqual({ exists, value }, { exists: true, value: readFileSync('/proc/sys/kernel/pid_max', 'utf8').trim() });
    });

    it('does not take a parameter for writable that no one writes', () => {
      assert.equal(readUnder(shell, sysctlValue({ name: 'kernel.osrelease' })).writable, false);
    });

    it('finds none that is not there', () => {
      assert.equal(readUnder(shell, sysctlValue({ name: 'kernel.no_such_parameter' })).exists, false);
    });
  });
}
