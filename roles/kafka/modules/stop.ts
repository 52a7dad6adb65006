// Module: stops a broker on purpose, for `--chaos`. Asked once: what comes after is for others to put right.
import { change, defineClusterModule, listed, portListening, resource, run, sh, unitState, unmet, waitFor } from '../../../src/index.ts';
import type { Change, Wait } from '../../../src/index.ts';
import { kafkaQuorum } from '../facts/quorum.ts';
import { CLUSTER } from '../facts/types.ts';
import type { Quorum } from '../facts/types.ts';
import { ASK, ASK_YAML, MEMBERS, UNIT } from './members.ts';
import type { Ask, Member } from './members.ts';
import { askOne, runningOf } from './running.ts';

export const kafkaStop = defineClusterModule({
  name: 'kafka.stop',
  summary: 'Stop the controller of a Kafka cluster, or another broker',
  params: {
    type: 'object',
    properties: {
      members: MEMBERS,
      which: { type: 'string', enum: ['one', 'controller'], description: 'the controller, or the last broker that is not' },
      unit: UNIT,
      ask: ASK,
      deadline: { type: 'integer', minimum: 1, default: 60, description: 'seconds until the others have noticed' },
    },
    required: ['members', 'which', 'ask'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'See what happens when the controller dies',
      yaml: `- name: the controller dies
  kafka.stop:
    which: controller
    members: [{ name: server1, id: 0, address: 192.168.11.128, port: 19092 }]
${ASK_YAML}`,
    },
  ],
  rounds: () => 0,
  members: p => p.members.map(member => member.name),
  facts: p => ({ unit: unitState({ unit: p.unit }) }),
  whole: (p, have) => askOne(p.members, have, { quorum: kafkaQuorum(p.ask) }),
  changes: (p, have, { whole }) => {
    const running = runningOf(p.members, have);
    if (whole === undefined || running.length < 2) return [unmet('fewer than two brokers run, so none can be spared')];
    const { quorum } = whole;
    if (quorum.says !== '') return [unmet(`the cluster cannot be asked: ${quorum.says}`)];
    const isController = ({ id }: Member): boolean => id === quorum.controller;
    const chosen = p.which === 'controller' ? running.find(isController) : running.findLast(member => !isController(member));
    if (chosen === undefined) return [unmet(`no broker of ${listed(running.map(({ name }) => name))} is the controller`)];
    const other = running.find(member => member !== chosen);
    return other === undefined ? [] : [stop(chosen, p.unit), waitForNotice(chosen, other, quorum, p.ask, p.deadline)];
  },
});

// A broker hands its partitions over before it goes, which takes a while when it leads many.
function stop({ name, port }: Member, unit: string): Change {
  return change('running', true, false, {
    actions: [run(sh`systemctl stop -- ${unit}`, { timeout: 400 })],
    sets: [unitState({ unit }).with({ active: 'inactive' }), portListening({ port }).with({ listening: false })],
    touches: [resource.unit(unit), resource.port(port), CLUSTER],
    on: name,
  });
}

function waitForNotice(gone: Member, other: Member, quorum: Quorum, ask: Ask, deadline: number): Wait {
  const wasController = quorum.controller === gone.id;
  const after: Quorum = {
    says: '',
    brokers: quorum.brokers.filter(id => id !== gone.id),
    controller: wasController ? other.id : quorum.controller,
  };
  return waitFor({
    for: `the others to notice that ${gone.name} is gone`,
    until: sh`quorum=$(
${kafkaQuorum.definition.probe(ask)}
)
printf '%s\\n' "$quorum" | awk -v gone=${gone.id} '
/^\\[[0-9, ]*\\]$/ { answered = 1; gsub(/[^0-9]+/, " "); n = split($0, ids, " "); for (i = 1; i <= n; i++) if (ids[i] "" == gone "") there = 1 }
/ \\(id: [0-9]+ / { answered = 1; sub(/.*\\(id: /, ""); if ($1 "" == gone "") there = 1 }
match($0, /"brokerid":[0-9]+/) { controller = substr($0, RSTART + 11, RLENGTH - 11) }
/^LeaderId:[ \\t]*[0-9]/ { controller = $2 }
END {
  if (!answered) print "nobody answers"
  else if (there) print "broker " gone " is still registered"
  else if (controller == "" || controller "" == gone "") print "there is no other controller"
  else exit 0
  exit 1
}'`,
    deadline,
    interval: 1,
    sets: [kafkaQuorum(ask).becomes(after, wasController ? `${other.name} becomes controller` : `${gone.name} is not registered any more`)],
    touches: [CLUSTER],
    on: other.name,
  });
}
