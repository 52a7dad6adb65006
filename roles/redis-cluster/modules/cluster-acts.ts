// The steps of redis.cluster. Each is a command that may be given twice, followed by a wait until every instance sees what it brought about.
import { change, run, sh } from '../../../src/index.ts';
import type { Change, ShellText, Step, Wait } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { waitUntilAgreed } from './agree.ts';
import type { Work } from './cluster-steps.ts';
import { atOf, confOf } from './members.ts';
import type { Member, Seen } from './members.ts';
import { placed, readings } from './picture.ts';
import type { Picture } from './picture.ts';
import { join, readSlots, takeLowest, writeSlots } from './slots.ts';
import type { Move } from './wanted.ts';

/** Moving slots takes as long as it takes: seconds for empty ones, hours for full ones. */
const MOVING_SECONDS = 24 * 3600;

export function waitForAll({ p, seen, seed }: Work, picture: Picture, words: string, whole: boolean): Wait {
  return waitUntilAgreed({
    for: words,
    all: seen.filter(({ at }) => picture.has(at)).map(({ at }) => at),
    picture,
    whole,
    // A newcomer takes a moment until it says so, too.
    serving: whole || seed.node.ok,
    by: seed.member,
    deadline: p.deadline,
    sets: readings(seen, picture, whole || seed.node.ok),
  });
}

/** News takes a moment to get about; who is right is for the instances to find out. */
export function waitForSame({ p, seen, seed, picture }: Work): Wait {
  return waitUntilAgreed({
    for: 'all to see the same cluster',
    all: seen.filter(({ at }) => picture.has(at)).map(({ at }) => at),
    whole: false,
    by: seed.member,
    deadline: p.deadline,
    sets: readings(seen, picture, seed.node.ok).map(set => ({ ...set, standsIn: true })),
  });
}

/** Gives slots that nobody has to masters, by `address:port`. */
export function addSlots(work: Work, slots: ReadonlyMap<string, string>): readonly Step[] {
  const given = [...slots].map(([at, text]) => {
    const had = readSlots(work.picture.get(at)?.slots ?? '');
    return { at, text, after: writeSlots(join([...had, ...readSlots(text)])) };
  });
  const after = placed(work.picture, Object.fromEntries(given.map(one => [one.at, { slots: one.after }])));
  return [
    ...given.map(one => {
      const member = memberAt(work, one.at);
      return act(
        member,
        `${member.port} slots`,
        work.picture.get(one.at)?.slots ?? '',
        one.after,
        // One by one, which every version understands.
        sh`{ printf 'cluster addslots'; for range in ${one.text.split(' ')}; do awk -v range="$range" 'BEGIN { n = split(range, ends, "-"); for (i = ends[1]; i <= ends[n]; i++) printf " %d", i }'; done; echo; } | answered ${one.at}`,
      );
    }),
    waitForAll(work, after, 'all to see every slot served', true),
  ];
}

/** Makes instances replicas, or replicas of another master. */
export function replicate(work: Work, replicas: ReadonlyMap<string, string>): readonly Step[] {
  const after = placed(work.picture, Object.fromEntries([...replicas].map(([at, of]) => [at, { part: 'replica' as const, of }])));
  return [
    ...[...replicas].map(([at, of]) => {
      const member = memberAt(work, at);
      return act(
        member,
        `${member.port} replica of`,
        work.picture.get(at)?.of ?? '',
        of,
        sh`echo "cluster replicate $(id_of ${of} ${at})" | answered ${at}`,
      );
    }),
    waitForAll(work, after, 'the replicas to have caught up', true),
  ];
}

/**
 * Moves slots from master to master, under load as well: each slot by itself, key by key. News of one move takes a moment to get
 * about, and redis-cli does not begin the next while an instance has not heard it.
 */
export function moveSlots(work: Work, moves: readonly Move[]): readonly Step[] {
  const { seed } = work;
  let after = work.picture;
  return moves.flatMap(({ from, to, count }) => {
    const [taken, rest] = takeLowest(readSlots(after.get(from)?.slots ?? ''), count);
    after = placed(after, {
      [from]: { slots: writeSlots(rest) },
      [to]: { slots: writeSlots([...readSlots(after.get(to)?.slots ?? ''), ...taken]) },
    });
    return [
      act(
        seed.member,
        `slots from ${nameAt(work, from)} to ${nameAt(work, to)}`,
        '',
        writeSlots(taken),
        // Some versions ask although they were told not to.
        sh`tell_all limit ${MOVING_SECONDS} redis-cli --cluster reshard ${seed.at} --cluster-from "$(id_of ${from} ${seed.at})" --cluster-to "$(id_of ${to} ${seed.at})" --cluster-slots ${count} --cluster-yes`,
        MOVING_SECONDS,
      ),
      waitForAll(work, after, 'all to see the slots where they are now', true),
    ];
  });
}

/** Ends what a move that broke off has left half done: by Redis' own tool, which knows where the keys are. */
export function mendOpen(work: Work, open: readonly Seen[]): readonly Step[] {
  const { seed, p, seen } = work;
  const words = open.flatMap(({ member, node }) => node.open.map(slot => `${member.name}: ${slot}`));
  const all = seen.filter(({ at }) => work.picture.has(at)).map(({ at }) => at);
  return [
    act(
      seed.member,
      'half moved slots',
      words.join(', '),
      'none',
      sh`tell_all limit ${MOVING_SECONDS} redis-cli --cluster fix ${seed.at} --cluster-yes`,
      MOVING_SECONDS,
    ),
    waitUntilAgreed({
      for: 'no slot to be half moved',
      all,
      whole: true,
      by: seed.member,
      deadline: p.deadline,
      sets: readings(seen, mended(work, open), true).map(set => ({ ...set, standsIn: true })),
    }),
  ];
}

/** A slot goes on to where it was going, if that one waits for it. */
function mended({ picture }: Work, open: readonly Seen[]): Picture {
  const ways = open.flatMap(({ at, node }) => node.open.map(text => ({ at, words: text.split(' ') })));
  return ways
    .filter(({ words }) => words[1] === 'to')
    .reduce((now, { at, words: [slot = '', , to = ''] }) => {
      if (!ways.some(other => other.at === to && other.words[0] === slot && other.words[1] === 'from')) return now;
      const number = Number(slot);
      const rest = readSlots(now.get(at)?.slots ?? '').flatMap(([low, high]): readonly (readonly [number, number])[] =>
        low <= number && number <= high
          ? [[low, number - 1] as const, [number + 1, high] as const].filter(([a, b]) => a <= b)
          : [[low, high]],
      );
      return placed(now, {
        [at]: { slots: writeSlots(rest) },
        [to]: { slots: writeSlots([...readSlots(now.get(to)?.slots ?? ''), [number, number]]) },
      });
    }, picture);
}

/** Has all others forget instances without slots, and these forget all others. */
export function forget(work: Work, going: readonly string[]): readonly Step[] {
  const { seed, seen, p } = work;
  const after = new Map([...work.picture].filter(([at]) => !going.includes(at)));
  const staying = seen.filter(({ at }) => after.has(at)).map(({ at }) => at);
  const resting = seen.filter(({ at }) => going.includes(at));
  return [
    ...going.map(at => {
      const member = memberAt(work, at);
      return change(`${member.name} in the cluster`, true, false, {
        actions: [
          run(
            sh`${asking(confOf(seed.member))}${HELPERS}
id=$(id_of ${at} ${seed.at})
for each in ${staying}; do
  [ -n "$id" ] || break
  said=$(cli "$each" cluster forget "$id")
  case $said in OK|*"Unknown node"*) ;; *) echo "$each: $said" >&2; exit 1 ;; esac
done
${resting.some(one => one.at === at) ? sh`echo 'cluster reset' | answered ${at}` : sh`:`}`,
            { timeout: p.deadline },
          ),
        ],
        sets: [],
        touches: [],
        on: seed.member.host,
      });
    }),
    waitUntilAgreed({
      for: 'all to have forgotten who left',
      all: staying,
      picture: after,
      whole: true,
      by: seed.member,
      deadline: p.deadline,
      sets: [
        ...readings(
          seen.filter(({ at }) => after.has(at)),
          after,
          true,
        ),
        ...readings(resting, new Map(), false),
      ],
    }),
  ];
}

function act(member: Member, attribute: string, from: string, to: string, command: ShellText, timeout = 120): Change {
  return change(attribute, from, to, {
    actions: [
      run(
        sh`${asking(confOf(member))}${HELPERS}
${command}`,
        { timeout },
      ),
    ],
    sets: [],
    touches: [],
    on: member.host,
  });
}

/**
 * `id_of A B`: the id of A, as B knows it. `answered A`: gives A the command it reads, and fails unless the answer is OK.
 * `tell_all …`: runs a program that may ask for a yes, and shows the end of what it says when it fails.
 */
const HELPERS = sh`
id_of() { cli "$2" cluster nodes | awk -v at="$1" -v own="$2" '{ split($2, place, "@") } place[1] == at || (at == own && $3 ~ /myself/) { print $1; exit }'; }
answered() { said=$(cli "$1"); [ "$said" = OK ] || { echo "$1: $said" >&2; exit 1; }; }
tell_all() {
  log=$(mktemp) || exit 1
  trap 'rm -f "$log"' EXIT
  echo yes | "$@" >"$log" 2>&1 && return 0
  tail -n 5 "$log" >&2
  exit 1
}`;

function memberAt({ p }: Work, at: string): Member {
  const member = p.members.find(one => atOf(one) === at);
  if (member === undefined) throw new Error(`${at} is no member`);
  return member;
}

function nameAt(work: Work, at: string): string {
  return memberAt(work, at).name;
}
