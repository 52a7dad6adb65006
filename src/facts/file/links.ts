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

/** In the order they are met. What is not there has no links: the walk ends where the path does. */
export const fileLinks = defineFact({
  name: 'file.links',
  summary: 'the symbolic links that are followed on the way to a directory',
  probe: ({ path }: { readonly path: string }) => sh`
left=${path} at= met=0
while [ -n "$left" ]; do
  part=\${left%%/*}
  case $left in */*) left=\${left#*/} ;; *) left= ;; esac
  case $part in '' | .) continue ;; ..) at=\${at%/*}; continue ;; esac
  if [ -L "$at/$part" ]; then
    [ $met -lt ${MOST} ] || exit 0
    met=$((met + 1)) target=$(readlink -n -- "$at/$part" && echo .) && target=\${target%.} || exit 0
    printf '%s\\0%s\\0' "$at/$part" "$target"
    case $target in /*) at= ;; esac
    left=$target/$left
  elif [ -d "$at/$part" ]; then at=$at/$part
  else exit 0
  fi
done`,
  reads: ({ path }) => [resource.path(path)],
  parse: ({ stdout }): readonly MetLink[] => {
    const words = stdout.split('\0').slice(0, -1);
    return words.flatMap((path, index) => (index % 2 === 0 ? [{ path, target: words[index + 1] ?? '' }] : []));
  },
  absent: [],
  cost: 'cheap',
  tools: ['readlink'],
});
