// Generated calls of the modules that run programs, wait, look, and keep values.
import type { Maker } from './makers.ts';
import { PORT, QUIET_PORT, ROOT, UNITS } from './pool.ts';

const SOCKET = 'prop-c.socket';

export const TALK_MAKERS: Readonly<Record<string, Maker>> = {
  command: {
    weight: 4,
    make: dice => dice.pick(COMMANDS)(dice.pick(['1', '2', '3'])),
    keywords: params => ('creates' in params || 'removes' in params || 'unless' in params ? {} : { always: true }),
  },
  'wait.port': {
    weight: 1,
    make: dice =>
      dice.pick([
        { port: 22, timeout: 5 },
        { port: QUIET_PORT, state: 'closed', timeout: 1 },
        { port: PORT, timeout: 5 },
      ]),
    // A dry run takes what is waited for as come about, so it has to.
    before: ({ port }) =>
      port === PORT
        ? [
            { module: 'systemd.unit', params: { name: 'prop-c.service', content: UNITS['prop-c.service']?.[0] } },
            { module: 'systemd.unit', params: { name: SOCKET, content: UNITS[SOCKET]?.[0] } },
            { module: 'systemd.service', params: { name: SOCKET, state: 'started', ports: [PORT] } },
          ]
        : [],
  },
  'wait.until': { weight: 1, make: () => ({ argv: ['test', '-d', ROOT], timeout: 2 }) },
  set: { weight: 1.5, make: (dice, around) => ({ word: dice.pick(['stone', 'water', `w${around.mention()}`]) }) },
  assert: { weight: 2, make: (dice, around) => ({ that: [around.condition()], ...dice.maybe(0.3, () => ({ fail_msg: 'not so' })) }) },
  debug: { weight: 2, make: (_dice, around) => ({ msg: `{{ word }} ${around.mention()} {{ facts.os.name }}` }) },
};

/**
 * Commands that do what they say, by the number of the path they are about. None looks at a path of the pool: what an author's program looks at
 * nobody can know, so that a dry run assumes, and says so.
 */
const COMMANDS = [
  (n: string) => ({ argv: ['sh', '-c', `echo made > ${ROOT}/made${n}`], creates: `${ROOT}/made${n}`, touches: [] }),
  (n: string) => ({ argv: ['mkdir', `${ROOT}/dir${n}`], creates: `${ROOT}/dir${n}/`, touches: [] }),
  (n: string) => ({ argv: ['rm', '-rf', `${ROOT}/dir${n}`], removes: `${ROOT}/dir${n}`, touches: [] }),
  (n: string) => ({ argv: ['touch', `${ROOT}/flag${n}`], unless: ['test', '-e', `${ROOT}/flag${n}`], touches: [`${ROOT}/flag${n}`] }),
  () => ({ argv: ['echo', 'said'], touches: [] }),
  () => ({ argv: ['true'] }),
  () => ({ argv: ['true'], touches: [`${ROOT}/elsewhere`] }),
] as const;
