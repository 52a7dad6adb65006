// The step by which instances come to know each other. Nobody has slots by it, so nothing can be lost by it.
import { change, run, sh } from '../../../src/index.ts';
import type { Step } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { waitForAll } from './cluster-acts.ts';
import type { Work } from './cluster-steps.ts';
import { atOf, confOf } from './members.ts';
import type { Seen } from './members.ts';
import { mastersOf, placed } from './picture.ts';

export function meet(work: Work, strangers: readonly Seen[]): readonly Step[] {
  const { seed, p, picture } = work;
  const isNew = mastersOf(picture).length === 0;
  const unknown = strangers.filter(({ at }) => !picture.has(at));
  const after = placed(picture, Object.fromEntries(unknown.map(({ at }) => [at, {}])));
  const newcomers = strangers.map(({ member, at }) => {
    // Of two masters with the same epoch one gives way: while nobody has met anybody, each can be given its own.
    const epoch = p.members.findIndex(one => atOf(one) === at) + 1;
    const first = isNew
      ? sh`cli ${at} cluster set-config-epoch ${epoch} >/dev/null
`
      : sh``;
    return change(`${member.port} cluster`, 'alone', 'joined', {
      actions: [
        run(sh`${asking(confOf(member))}
${first}said=$(cli ${at} cluster meet ${seed.member.address} ${seed.member.port})
[ "$said" = OK ] || { echo "$said" >&2; exit 1; }`),
      ],
      sets: [],
      touches: [],
      on: member.host,
    });
  });
  return [...newcomers, waitForAll(work, after, 'all instances to know each other', false)];
}
