// Fact: what one Redis instance says of itself and of the cluster. Its part changes without anybody's doing, so it is never read ahead.
import { defineFact, sh } from '../../../src/index.ts';
import type { ProbeOutput } from '../../../src/index.ts';
import { asking } from './ask.ts';
import { CLUSTER } from './types.ts';
import type { NodeState, SeenNode } from './types.ts';

/** Which instance, and where on its host its files are. */
export interface NodeArguments {
  readonly address: string;
  readonly port: number;
  readonly conf: string;
  /** `dir`. */
  readonly data: string;
  [name: string]: unknown;
}

export const redisNode = defineFact({
  name: 'redis.node',
  summary: 'what a Redis instance says of itself and of its cluster: its part, its slots, whom it knows, and whether all slots are served',
  probe: ({ address, port, conf, data }: NodeArguments) => sh`${asking(conf)}
answer=$(printf 'CLUSTER NODES\\nCLUSTER INFO\\nINFO replication\\nDBSIZE\\n' | cli ${`${address}:${port}`})
case $answer in *cluster_state:*) printf '%s\\n' "$answer"; exit 0 ;; esac
# One that runs goes on when its file is gone.
[ -e ${conf} ] && printf '%s\\n' "$answer" || echo 'it is not set up'
echo '== kept'; cat ${data}/${`nodes_${port}.conf`} 2>/dev/null
exit 0`,
  reads: () => [CLUSTER],
  parse: (output, given): NodeState => parseNode(output, given),
  absent: silent('it is not set up'),
  cost: 'slow',
});

/** An instance that does not answer and has kept nothing. */
export function silent(says: string): NodeState {
  return { says, part: 'master', of: '', link: false, ok: false, empty: true, open: [], view: [] };
}

function parseNode({ stdout }: ProbeOutput, { address, port }: NodeArguments): NodeState {
  const [said = '', kept = ''] = stdout.split(/^== kept$/m);
  const { view, open } = parseNodes(`${said}\n${kept}`, `${address}:${port}`);
  const own = view.find(node => node.at === `${address}:${port}`);
  const state = /^cluster_state:(\w+)/m.exec(said)?.[1];
  const keys = /^(?:\(integer\) )?(\d+)\s*$/m.exec(said)?.[1];
  const refusal = said
    .split('\n')
    .map(line => line.trim())
    .find(line => line !== '' && /^(?:[A-Z]+ |Could not|\(error\)|it is not|AUTH)/.test(line));
  const says = state !== undefined && keys !== undefined ? '' : (refusal ?? 'nobody answers');
  return {
    says,
    part: own?.part ?? 'master',
    of: own?.of ?? '',
    link: says === '' && (own?.part !== 'replica' || /^master_link_status:up/m.test(said)),
    ok: state === 'ok',
    empty: keys === undefined || keys === '0',
    open,
    view,
  };
}

const LINE = /^([0-9a-f]{40}) (\S*?)@\d+\S* (\S+) (\S+) \d+ \d+ \d+ \S+ ?(.*)$/gm;

/** The lines of `CLUSTER NODES`, which is also what nodes.conf holds. */
function parseNodes(text: string, own: string): { readonly view: readonly SeenNode[]; readonly open: readonly string[] } {
  const lines = [...text.matchAll(LINE)].map(([, id = '', at = '', flags = '', master = '', slots = '']) => {
    const words = flags.split(',');
    // An instance that has met nobody yet may not know its own address.
    return { id, at: words.includes('myself') ? own : at, flags: words, master, slots: slots.trim().split(' ').filter(Boolean) };
  });
  const byId = new Map(lines.map(line => [line.id, line.at]));
  const named = (id: string): string => byId.get(id) ?? id;
  // Of a stranger nothing is known yet, not even where it is.
  const seen = lines
    .filter(({ at }) => !at.startsWith(':'))
    .map(({ at, flags, master, slots }): SeenNode => {
      const part = flags.includes('slave') ? 'replica' : 'master';
      return {
        at,
        part,
        of: part === 'replica' ? named(master) : '',
        slots: slots.filter(slot => !slot.startsWith('[')).join(' '),
        state: stateOf(flags),
      };
    });
  const open = lines
    .flatMap(({ slots }) => slots)
    .flatMap(slot => {
      const [, number = '', way = '', id = ''] = /^\[(\d+)-([<>])-([0-9a-f]{40})\]$/.exec(slot) ?? [];
      return number === '' ? [] : [`${number} ${way === '>' ? 'to' : 'from'} ${named(id)}`];
    });
  // An address that has come back under a new id is known twice for a while: the one that answers counts.
  const best = new Map(seen.toSorted((a, b) => RANK[b.state] - RANK[a.state]).map(node => [node.at, node]));
  return { view: [...best.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1)), open };
}

const RANK: Readonly<Record<SeenNode['state'], number>> = { ok: 0, 'fail?': 1, new: 2, fail: 3 };

function stateOf(flags: readonly string[]): SeenNode['state'] {
  if (flags.includes('fail') || flags.includes('noaddr')) return 'fail';
  if (flags.includes('handshake')) return 'new';
  return flags.includes('fail?') ? 'fail?' : 'ok';
}
