// Units and services on a real host.
import { shortDigest } from './materials.ts';
import type { MendingCase } from './types.ts';

const UNITS = '/etc/systemd/system';
const SLEEPER = '[Unit]\nDescription=sleeps\n\n[Service]\nExecStart=/bin/sleep infinity\n\n[Install]\nWantedBy=multi-user.target\n';
const LIMITS = '[Service]\nLimitNOFILE=4242\n';

/** A unit of that name, made without tsplay. */
function bySelf(name: string, ...more: readonly string[]): string {
  return [`cat > ${UNITS}/${name} <<'END'\n${SLEEPER}END`, 'systemctl daemon-reload', ...more].join('\n');
}

export const SYSTEMD_CASES: readonly MendingCase[] = [
  {
    module: 'systemd.unit',
    does: 'writes a unit and a drop-in, and systemd has read both',
    tasks: `
- name: the unit
  systemd.unit: { name: sleeper, content: ${JSON.stringify(SLEEPER)} }
- name: the limit
  systemd.unit: { name: sleeper.service, drop_in: limits.conf, content: ${JSON.stringify(LIMITS)} }
- name: it runs
  systemd.service: { name: sleeper, state: started }`,
    foretold: [
      `the unit | content | ${shortDigest(SLEEPER)}`,
      'the limit | directory | "present"',
      `the limit | content | ${shortDigest(LIMITS)}`,
      'it runs | active | "active"',
    ],
    leaves: [`${UNITS}/sleeper.service`, `${UNITS}/sleeper.service.d`, `${UNITS}/sleeper.service.d/limits.conf`],
    look: 'systemctl show -P NeedDaemonReload -P LimitNOFILE -P ActiveState sleeper',
    shows: '4242\nactive\nno',
    breaks: [
      {
        what: 'the unit is edited',
        by: `sed -i s/sleeps/snores/ ${UNITS}/sleeper.service`,
        noticed: [`the unit | content | ${shortDigest(SLEEPER)}`],
      },
      {
        what: 'the unit is edited, and systemd has read it',
        by: `sed -i s/sleeps/snores/ ${UNITS}/sleeper.service; systemctl daemon-reload`,
        noticed: [`the unit | content | ${shortDigest(SLEEPER)}`],
      },
      { what: 'systemd has not read it', by: `touch ${UNITS}/sleeper.service`, noticed: ['the unit | read by systemd | true'] },
      {
        what: 'systemd has not read the drop-in',
        by: `touch ${UNITS}/sleeper.service.d/limits.conf`,
        noticed: ['the unit | read by systemd | true'],
      },
      { what: 'everybody may write it', by: `chmod 0666 ${UNITS}/sleeper.service`, noticed: ['the unit | mode | "0644"'] },
      {
        what: 'the drop-in is gone, and systemd knows',
        by: `rm -r ${UNITS}/sleeper.service.d; systemctl daemon-reload`,
        noticed: ['the limit | directory | "present"', `the limit | content | ${shortDigest(LIMITS)}`],
      },
      {
        what: 'the unit is gone while it runs',
        by: `rm ${UNITS}/sleeper.service`,
        noticed: [`the unit | content | ${shortDigest(SLEEPER)}`],
      },
      {
        what: 'the unit is gone and stopped',
        by: `systemctl stop sleeper; rm ${UNITS}/sleeper.service; systemctl daemon-reload`,
        noticed: [`the unit | content | ${shortDigest(SLEEPER)}`, 'it runs | active | "active"'],
      },
    ],
  },
  {
    module: 'systemd.unit',
    does: 'stops, disables and removes a unit',
    prepare: bySelf('goner.service', 'systemctl enable --now goner 2>/dev/null'),
    tasks: `
- name: no unit
  systemd.unit: { name: goner, state: absent }`,
    foretold: ['no unit | state | "absent"'],
    leaves: [`${UNITS}/goner.service`, `${UNITS}/multi-user.target.wants/goner.service`],
    look: 'systemctl show -P LoadState -P ActiveState goner; ls /etc/systemd/system/multi-user.target.wants | grep goner || echo gone',
    shows: 'not-found\ninactive\ngone',
    breaks: [
      { what: 'it is back and runs', by: bySelf('goner.service', 'systemctl start goner'), noticed: ['no unit | state | "absent"'] },
      { what: 'its file is back', by: `cat > ${UNITS}/goner.service <<'END'\n${SLEEPER}END`, noticed: ['no unit | state | "absent"'] },
    ],
  },
  {
    module: 'systemd.service',
    does: 'keeps a unit running and enabled',
    prepare: bySelf('keeper.service'),
    tasks: `
- name: it runs
  systemd.service: { name: keeper, state: started, enabled: true }`,
    foretold: ['it runs | active | "active"', 'it runs | enabled | "enabled"'],
    leaves: [`${UNITS}/multi-user.target.wants/keeper.service`],
    look: 'systemctl is-active keeper; systemctl is-enabled keeper',
    shows: 'active\nenabled',
    breaks: [
      { what: 'it is stopped', by: 'systemctl stop keeper', noticed: ['it runs | active | "active"'] },
      {
        what: 'it is killed',
        by: 'systemctl kill -s KILL keeper; until systemctl -q is-failed keeper; do :; done',
        noticed: ['it runs | active | "active"'],
      },
      { what: 'it is disabled', by: 'systemctl disable keeper 2>/dev/null', noticed: ['it runs | enabled | "enabled"'] },
      {
        what: 'it is stopped, edited and not read',
        by: `systemctl stop keeper; sed -i s/sleeps/snores/ ${UNITS}/keeper.service`,
        noticed: ['it runs | active | "active"'],
      },
      {
        what: 'it is broken',
        by: `systemctl stop keeper; sed -i /^ExecStart/d ${UNITS}/keeper.service; systemctl daemon-reload`,
        fails: /systemd cannot read unit "keeper.service"/,
      },
      {
        what: 'it is masked',
        by: `rm ${UNITS}/keeper.service; systemctl mask keeper 2>/dev/null`,
        fails: /unit "keeper.service" is masked; unmask it first/,
      },
      { what: 'it is gone', by: `rm ${UNITS}/keeper.service; systemctl daemon-reload`, fails: /no unit "keeper.service" on the host/ },
    ],
  },
  {
    module: 'systemd.service',
    does: 'keeps an instance of a template running and enabled',
    prepare: bySelf('many@.service'),
    tasks: `
- name: it runs
  systemd.service: { name: many@1, state: started, enabled: true }`,
    foretold: ['it runs | active | "active"', 'it runs | enabled | "enabled"'],
    leaves: [`${UNITS}/multi-user.target.wants/many@1.service`],
    look: 'systemctl is-active many@1; systemctl is-enabled many@1',
    shows: 'active\nenabled',
    breaks: [{ what: 'it is stopped', by: 'systemctl stop many@1', noticed: ['it runs | active | "active"'] }],
  },
  {
    module: 'systemd.service',
    does: 'keeps a unit stopped and disabled',
    prepare: bySelf('rester.service', 'systemctl enable --now rester 2>/dev/null'),
    tasks: `
- name: it rests
  systemd.service: { name: rester, state: stopped, enabled: false }`,
    foretold: ['it rests | active | "inactive"', 'it rests | enabled | "disabled"'],
    leaves: [`${UNITS}/multi-user.target.wants/rester.service`],
    look: 'systemctl is-active rester; systemctl is-enabled rester; :',
    shows: 'inactive\ndisabled',
    breaks: [
      { what: 'it is started', by: 'systemctl start rester', noticed: ['it rests | active | "inactive"'] },
      { what: 'it is enabled', by: 'systemctl enable rester 2>/dev/null', noticed: ['it rests | enabled | "disabled"'] },
    ],
  },
  {
    module: 'systemd.service',
    does: 'restarts a unit every time',
    prepare: bySelf('again.service', 'systemctl start again'),
    tasks: `
- name: again
  systemd.service: { name: again, state: restarted }`,
    foretold: ['again | restarted | "restarted"'],
    leaves: [],
    look: 'systemctl is-active again',
    shows: 'active',
    always: true,
    breaks: [],
  },
];
