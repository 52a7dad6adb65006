// Which commands of `validate` are known to write nothing.
import assert from 'node:assert/strict';
import { knownValidator } from '../../../src/modules/file/validators.ts';

describe('modules/file/validators', () => {
  const known: readonly (readonly [command: string, isAlone: boolean])[] = [
    ['sshd -t -f %s', false],
    ['/usr/sbin/sshd -q -t -f %s', false],
    ['visudo -cf %s', false],
    ['visudo  -q -c -f  %s', false],
    ['haproxy -c -q -f %s', false],
    ['named-checkconf %s', false],
    ['sh -n %s', true],
    ['python3 -m json.tool %s', true],
    ['xmllint --noout %s', true],
  ];
  for (const [command, isAlone] of known) it(`knows ${command}`, () => assert.deepEqual(knownValidator(command), { isAlone }));

  const others = [
    'nginx -t -c %s',
    'apachectl -t -f %s',
    'systemd-analyze verify %s',
    'sh %s',
    'sh -n %s; touch /tmp/a',
    'sh -n %s > /tmp/a',
    'sh -n $(id) %s',
    'sshd -f %s',
    'sshd -t -f %s -E /var/log/sshd',
    './sshd -t -f %s',
    'constructor %s',
    '%s',
    '',
  ];
  for (const command of others)
    it(`does not take ${JSON.stringify(command)} for one`, () => assert.equal(knownValidator(command), undefined));
});
