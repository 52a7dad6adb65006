// Hosts that cannot be reached: let pass, rescued, or lost.
import assert from 'node:assert/strict';
import { UnreachableError } from '../../src/errors/errors.ts';
import type { SessionLender } from '../../src/schedule/state/engine.ts';
import { begun, recap, runWritten, trace } from './support/playbook.ts';

/** n2 cannot be reached. */
const without = (lender: SessionLender): SessionLender => ({
  ...lender,
  session: async (host, user) => {
    if (host === 'n2') throw new UnreachableError(host, 'connect', 'no route to host');
    return lender.session(host, user);
  },
});

describe('hosts that cannot be reached', () => {
  for (const mode of ['check', 'run'] as const) {
    it(`are let pass by ignore_unreachable, and rescued by rescue_unreachable (${mode})`, async () => {
      const run = await runWritten(
        {
          play: `- hosts: n1, n2
  tasks:
    - {name: look, file.stat: {path: /}, register: r, ignore_unreachable: true}
    - rescue_unreachable: true
      block: [{name: again, file.stat: {path: /}}]
      rescue: [{name: mend, debug: {msg: "{{ failed_result.msg }}"}}]
      always: [{name: last, debug: {msg: "{{ has r.unreachable }}"}}]
    - block: [{name: once more, file.stat: {path: /}}]
      rescue: [{name: not for it, debug: {msg: x}}]
      always: [{name: nor this, debug: {msg: x}}]
`,
        },
        { mode, lend: without },
      );
      assert.deepEqual(begun(run), ['look: n1 n2', 'again: n1 n2', 'mend: n2', 'last: n1 n2', 'once more: n1 n2', 'nor this: n1']);
      assert.deepEqual(
        trace(run).filter(line => line.startsWith('n2')),
        ['n2 look: unreachable, ignored', 'n2 again: unreachable, rescued', 'n2 mend: ok', 'n2 last: ok', 'n2 once more: unreachable'],
      );
      assert.deepEqual(recap(run)[1], 'n2 ok=2 unreachable=1 ignored=1 rescued=1');
      assert.equal(run.exitCode, 4);
    });
  }
});
