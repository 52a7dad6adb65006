// Fact: the links one passes on the way to a directory. The engine asks it, so that one place under two names is one place.
import { sh } from '../../util/shell.ts';
import { defineFact } from '../contract.ts';
import { resource } from '../resource.ts';

/** A link met on the way: where it is, itself reached through no other, and what it says. */
export interface MetLink {
  readonly path: string;
  readonly target: string;
}

/** As many as the kernel follows. */
const MOST = 40;

/** `walk PATH` prints every link on the way and where it points, each ending with a NUL. */
const WALK = sh`
walk() {
  left=$1 at= met=0
  while [ -n "$left" ]; do
    part=\${left%%/*}
    case $left in */*) left=\${left#*/} ;; *) left= ;; esac
    case $part in '' | .) continue ;; ..) at=\${at%/*}; continue ;; esac
    if [ -L "$at/$part" ]; then
      [ $met -lt ${MOST} ] || return 0
      met=$((met + 1)) target=$(readlink -n -- "$at/$part" && echo .) && target=\${target%.} || return 0
      printf '%s\\0%s\\0' "$at/$part" "$target"
      case $target in /*) at= ;; esac
      left=$target/$left
    elif [ -d "$at/$part" ]; then at=$at/$part
    else return 0
    fi
  done
}`;

/** In the order they are met. What is not there has no links: the walk ends where the path does. */
export const fileLinks = defineFact({
  name: 'file.links',
  summary: 'the symbolic links that are followed on the way to a directory',
  probe: ({ path }: { readonly path: string }) => sh`${WALK}
walk ${path}`,
  // A walk ends with an empty word, which is no path.
  together: {
    probe: all => sh`${WALK}
for path in ${all.map(({ path }) => path)}; do
  walk "$path"
  printf '\\0'
done`,
    parse: ({ stdout }, all) => readWalks(stdout, all.length),
  },
  reads: ({ path }) => [resource.path(path)],
  parse: ({ stdout }): readonly MetLink[] => readPairs(stdout.split('\0').slice(0, -1)),
  absent: [],
  cost: 'cheap',
  tools: ['readlink'],
});

function readPairs(words: readonly string[]): readonly MetLink[] {
  return words.flatMap((path, index) => (index % 2 === 0 ? [{ path, target: words[index + 1] ?? '' }] : []));
}

function readWalks(text: string, count: number): readonly (readonly MetLink[])[] | undefined {
  const words = text.split('\0');
  const walks: (readonly MetLink[])[] = [];
  for (let at = 0; walks.length < count; at++) {
    const from = at;
    while (words[at] !== undefined && words[at] !== '') at += 2;
    if (words[at] === undefined) return undefined;
    walks.push(readPairs(words.slice(from, at)));
  }
  return walks;
}
