// A rolling module over files of each host: /etc/demo/mode is its part, /etc/demo/whole what it says of all, /etc/demo/mute that it never answers.
import { defineFact } from '../../../src/facts/contract.ts';
import { fileText } from '../../../src/facts/file/text.ts';
import { resource } from '../../../src/facts/resource.ts';
import { defineRollingModule } from '../../../src/modules/rolling/define.ts';
import { ROLLING } from '../../../src/modules/rolling/params.ts';
import { run } from '../../../src/modules/actions.ts';
import { change, unmet, waitFor } from '../../../src/modules/steps.ts';
import { rawShell, sh } from '../../../src/util/shell.ts';

const CLUSTER = resource.cluster('demo');

/** `leader`, `follower`, `none`. */
const mode = defineFact({
  name: 'demo.mode',
  summary: 'the part of a member in the cluster',
  probe: () => sh`cat /etc/demo/mode`,
  reads: () => [CLUSTER],
  parse: ({ stdout }) => stdout.trim(),
  absent: 'none',
  cost: 'cheap',
});

/** `whole`, `behind`, `blind`, `broken`; that it was asked stands in the log. */
const whole = defineFact({
  name: 'demo.whole',
  summary: 'the cluster as one member sees it',
  probe: () => sh`echo "$HOST asked" >>"$LOG"; cat /etc/demo/whole`,
  reads: () => [CLUSTER],
  parse: ({ stdout }) => {
    if (stdout.startsWith('garbled')) throw new Error('it says nothing that makes sense');
    return stdout.trim();
  },
  absent: 'whole',
  cost: 'slow',
});

const MEMBER = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false } as const;

const PARAMS = {
  type: 'object',
  properties: { members: { type: 'array', items: MEMBER }, ...ROLLING, deadline: { ...ROLLING.deadline, default: 1 } },
  required: ['members', 'unit', 'files'],
  additionalProperties: false,
} as const;

/** Followers, then the leader; a gate that asks the whole; something to put back. */
export const demo = defineRollingModule({
  name: 'test.demo',
  summary: 'keep the demo running',
  params: PARAMS,
  examples: [],
  facts: () => ({ mode: mode({}) }),
  whole: () => ({ says: whole({}) }),
  isServing: (_p, member) => member.have.mode !== 'none',
  order: (_p, { present }) => [
    ...present.filter(member => member.have.mode !== 'leader').map(({ name }) => ({ member: name })),
    ...present.filter(member => member.have.mode === 'leader').map(({ name }) => ({ member: name, part: 'leader' })),
  ],
  gate: (p, { whole: answer, speaker = '' }, next) => {
    const caughtUp = { for: `all to have caught up before ${next.name} has its turn`, deadline: p.deadline, on: speaker };
    switch (answer?.says) {
      case 'broken':
        return [unmet(`${next.name} must stay up, the cluster is broken; mend it first`, next.name)];
      case 'behind':
        return [waitFor({ ...caughtUp, until: sh`grep -q whole /etc/demo/whole`, sets: [whole({}).becomes('whole')] })];
      case 'blind':
        return [waitFor({ ...caughtUp, until: sh`true`, sets: [whole({}).becomes('blind')] })];
      case undefined:
      default:
        return [];
    }
  },
  settle: (p, { present, speaker }, members) =>
    members.map(name =>
      waitFor({
        for: `${name} to serve`,
        until: sh`[ ! -e /etc/demo/mute ]`,
        deadline: p.deadline,
        sets: [
          mode({}).becomes(present.some(member => member.name === name && member.have.mode === 'leader') ? 'leader' : 'follower'),
          ...(name === speaker ? [whole({}).becomes('whole')] : []),
        ],
        on: name,
      }),
    ),
  starting: (_p, { name }) => [mode({}).becomes('none', `${name} serves nobody while it starts`)],
  touches: () => [CLUSTER],
  finally: () => ({
    attribute: 'allocation',
    from: 'held',
    to: 'free',
    command: sh`[ ! -e /etc/demo/stuck ] && echo "$HOST finally" >>"$LOG"`,
  }),
  says: (_p, { present }) => `${present.filter(member => member.state === 'running').length} run`,
});

/** Just a unit: no whole, no order, nothing to put back. */
export const plain = defineRollingModule({
  name: 'test.plain',
  summary: 'keep a unit running',
  params: PARAMS,
  examples: [],
  facts: () => ({}),
  settle: () => [],
  touches: () => [],
});

/** A gate, and no word on what the whole says after a turn. */
export const gated = defineRollingModule({
  name: 'test.gated',
  summary: 'keep a unit running as long as the whole allows it',
  params: PARAMS,
  examples: [],
  facts: () => ({}),
  whole: () => ({ says: whole({}) }),
  gate: (_p, { whole: answer }, next) => (answer?.says === 'broken' ? [unmet(`${next.name} must stay up`, next.name)] : []),
  settle: () => [],
  touches: () => [],
});

const HELD = '/etc/demo/held';

/** Something holds only while a member is restarted: what ends it stands between the wait for the member and that for the whole. */
export const held = defineRollingModule({
  name: 'test.held',
  summary: 'keep a unit running, and hold something while it restarts',
  params: PARAMS,
  examples: [],
  facts: () => ({ held: fileText({ path: HELD }) }),
  meanwhile: (_p, _cluster, { name }) => [hold(name, true)],
  settle: (p, { present }, [first = '']) => [
    waitFor({ for: `${first} to serve`, until: sh`[ ! -e /etc/demo/mute ]`, deadline: p.deadline, sets: [], on: first }),
    ...(present.every(({ state }) => state === 'running') ? [hold(first, false)] : []),
    waitFor({ for: 'nothing to be held', until: sh`[ ! -s ${HELD} ]`, deadline: p.deadline, sets: [], on: first }),
  ],
  touches: () => [],
});

function hold(on: string, isHeld: boolean) {
  const [from, to] = isHeld ? (['free', 'held'] as const) : (['held', 'free'] as const);
  return change('hold', from, to, {
    actions: [run(sh`echo "$HOST ${rawShell(to)}" >>"$LOG"; printf %s ${isHeld ? 'held' : ''} >${HELD}`)],
    sets: [fileText({ path: HELD }).becomes(isHeld ? 'held' : '')],
    touches: [resource.path(HELD)],
    on,
  });
}

const INSTANCE = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    host: { type: 'string' },
    unit: { type: 'string' },
    files: { type: 'array', items: { type: 'string', kind: 'path' } },
  },
  required: ['name', 'host', 'unit', 'files'],
  additionalProperties: false,
} as const;

/** `leads` is the instance that the others cannot do without: n1 has it in a file. */
const leads = defineFact({
  name: 'demo.leads',
  summary: 'the instance that leads',
  probe: () => sh`cat /etc/demo/leads`,
  reads: () => [CLUSTER],
  parse: ({ stdout }) => stdout.trim(),
  absent: '',
  cost: 'cheap',
});

/** Several members on a host; one that leads hands that on before its turn, and gets it back. */
export const shared = defineRollingModule({
  name: 'test.shared',
  summary: 'keep several units of a host running',
  params: {
    type: 'object',
    properties: { members: { type: 'array', items: INSTANCE }, ...ROLLING, deadline: { ...ROLLING.deadline, default: 1 } },
    required: ['members', 'unit', 'files'],
    additionalProperties: false,
  },
  examples: [],
  facts: () => ({ leads: leads({}).on('n1') }),
  prepare: (p, _cluster, next) => {
    if (next.have.leads !== next.name) return [];
    const heir = p.members.find(({ name }) => name !== next.name)?.name ?? '';
    return [lead(next.name, heir)];
  },
  settle: () => [],
  touches: () => [],
  remember: (_p, { present }) => present[0]?.have.leads ?? '',
  finally: (_p, { present, remembered = '' }) => ({
    attribute: 'leads',
    from: present[0]?.have.leads ?? '',
    to: remembered,
    command: sh`echo ${remembered} >/etc/demo/leads`,
    sets: [leads({}).on('n1').becomes(remembered)],
  }),
});

function lead(from: string, to: string) {
  return change('leads', from, to, {
    actions: [run(sh`echo "$HOST hands over" >>"$LOG"; echo ${to} >/etc/demo/leads`)],
    sets: [leads({}).on('n1').becomes(to)],
    touches: [],
    on: 'n1',
  });
}
