// How a check is judged, and how Ansible's words are read.
import assert from 'node:assert/strict';
import { readOutcomes } from './ansible.ts';
import { judge, type Outcome, type Verdict } from './verdict.ts';

type Status = Outcome['status'];

const CASES: readonly (readonly [check: Status, run: Status, verdict: Verdict])[] = [
  ['changed', 'changed', 'true'],
  ['skipped', 'skipped', 'true'],
  ['failed', 'failed', 'true'],
  ['unknown', 'skipped', 'unknown'],
  ['silent', 'changed', 'says nothing'],
  ['failed', 'changed', 'false failure'],
  ['failed', 'skipped', 'false failure'],
  ['skipped', 'changed', 'wrong branch'],
  ['changed', 'skipped', 'wrong branch'],
  ['ok', 'skipped', 'wrong branch'],
  ['changed', 'ok', 'lie'],
  ['ok', 'changed', 'lie'],
  ['changed', 'failed', 'missed failure'],
  ['not begun', 'changed', 'says nothing'],
  ['ok', 'not begun', 'not begun'],
  ['not begun', 'not begun', 'not begun'],
];

const WORDS = `
PLAY [dependent tasks] *********************************************************

TASK [Gathering Facts] *********************************************************
ok: [ansible]

TASK [01 a template, into a directory made earlier] ****************************
changed: [ansible] => {"changed": true, "dest": "/srv/app/app.conf"}

TASK [04 a copy of a file made earlier] ****************************************
fatal: [ansible]: FAILED! => {"changed": false, "msg": "Source /srv/app/app.conf \\"app\\" not found"}
...ignoring

TASK [26 a command] ************************************************************
skipping: [ansible] => {"changed": false, "cmd": ["echo", "leader"], "msg": "Command would have run if not in check mode", "rc": 0}

TASK [33 what is done where a file made earlier is there] **********************
skipping: [ansible] => {"changed": false, "skip_reason": "Conditional result was False"}

RUNNING HANDLER [47 the handler] ***********************************************
ok: [ansible] => {"changed": false}
`;

describe('peers/verdict', () => {
  for (const [check, run, verdict] of CASES)
    it(`a check that says ${check}, and a run that says ${run}: ${verdict}`, () =>
      assert.equal(judge({ status: check }, { status: run }), verdict));

  it("reads how tasks ended from Ansible's words", () => {
    assert.deepEqual(Object.fromEntries(readOutcomes(WORDS)), {
      'Gathering Facts': { status: 'ok' },
      '01 a template, into a directory made earlier': { status: 'changed' },
      '04 a copy of a file made earlier': { status: 'failed', message: 'Source /srv/app/app.conf "app" not found' },
      '26 a command': { status: 'silent' },
      '33 what is done where a file made earlier is there': { status: 'skipped' },
      '47 the handler': { status: 'ok' },
    });
  });
});
