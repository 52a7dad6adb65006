// The wait behind every step: each instance answers, and sees the cluster as it should be. It prints who does not, and why.
import { rawShell, sh, waitFor } from '../../../src/index.ts';
import type { ShellText, Wait } from '../../../src/index.ts';
import { asking } from '../facts/ask.ts';
import { confOf } from './members.ts';
import type { Member } from './members.ts';
import type { Picture } from './picture.ts';

/** What is asked of whom. */
export interface Agreement {
  readonly for: string;
  /** The instances that are asked, by `address:port`; masters are best asked first. */
  readonly all: readonly string[];
  /** What each has to see; undefined: the same as the others. */
  readonly picture?: Picture;
  /** Whether nobody may be given up, and replicas must have caught up. */
  readonly whole: boolean;
  /** Whether all slots have to be served; those who are given up aside. Default: where it is whole. */
  readonly serving?: boolean;
  /** Who asks. */
  readonly by: Member;
  readonly deadline: number;
  readonly sets: Wait['sets'];
  readonly touches?: Wait['touches'];
}

export function waitUntilAgreed(given: Agreement): Wait {
  const { by, deadline, sets, touches } = given;
  return waitFor({ for: given.for, until: agreed(given), deadline, interval: 0.5, sets, on: by.host, ...(touches && { touches }) });
}

/** Ends with 0 once all agree. */
export function agreed({
  all,
  picture,
  whole,
  serving = whole,
  by,
}: Pick<Agreement, 'all' | 'picture' | 'whole' | 'serving' | 'by'>): ShellText {
  const wanted = picture === undefined ? '' : [...picture].map(([at, { part, of, slots }]) => [at, part, of, slots].join('|')).join(';');
  return sh`${asking(confOf(by))}
offsets='' same='' first=${all[0] ?? ''}
for each in ${inOrder(all, picture)}; do
  answer=$(printf 'CLUSTER NODES\\nCLUSTER INFO\\nINFO replication\\n' | cli "$each")
  offset=$(printf '%s\\n' "$answer" | awk -F: '/^master_repl_offset:/ { sub(/\\r$/, ""); print $2 }')
  problem=$(printf '%s\\n' "$answer" | awk -v me="$each" -v wanted=${wanted} -v whole=${whole ? 1 : 0} -v serving=${serving ? 1 : 0} -v offsets="$offsets" '${LOOK}')
  case $problem in
  '') ;;
  'sees '[0-9]*) same=\${same:-$problem}; [ "$problem" = "$same" ] || { echo "$each $problem, but $first $same"; exit 1; } ;;
  *) echo "$each $problem"; exit 1 ;;
  esac
  offsets="$offsets $each=$offset"
done`;
}

/** A replica has caught up when it has what its master had a moment before. */
function inOrder(all: readonly string[], picture: Picture | undefined): readonly string[] {
  const isReplica = (at: string): boolean => picture?.get(at)?.part === 'replica';
  return [...all.filter(at => !isReplica(at)), ...all.filter(isReplica)];
}

const LOOK = rawShell(`
function tell(words) { print words; told = 1; exit }
function agree() { if (wanted == "") print "sees " all; told = 1; exit }
/^[0-9a-f]+ [^ ]*@/ {
  answered = 1
  split($2, place, "@")
  at = $3 ~ /myself/ ? me : place[1]
  name[$1] = at
  part[$1] = $3 ~ /slave/ ? "replica" : "master"
  of[$1] = $3 ~ /slave/ ? $4 : ""
  slots[$1] = ""
  for (i = 9; i <= NF; i++) {
    if ($i ~ /^\\[/) moving = moving " " $i
    else slots[$1] = slots[$1] (slots[$1] == "" ? "" : " ") $i
  }
  if ($3 ~ /fail|noaddr/) failing = failing " " at
  if ($3 ~ /handshake/) strangers = strangers " " at
  next
}
{ sub(/\\r$/, ""); colon = index($0, ":"); if (colon) info[substr($0, 1, colon - 1)] = substr($0, colon + 1); else if ($0 != "") last = $0 }
END {
  if (told) exit
  if (!answered || info["cluster_state"] == "") tell("does not answer: " last)
  if (strangers != "") tell("has not shaken hands with" strangers)
  if (wanted != "") {
    for (id in name) is[name[id]] = part[id] "|" name[of[id]] "|" slots[id]
    n = split(wanted, lines, ";")
    for (i = 1; i <= n; i++) {
      at = lines[i]; sub(/[|].*/, "", at)
      should = substr(lines[i], length(at) + 2)
      if (!(at in is)) tell("does not know " at)
      if (is[at] != should) tell("has " at " as " is[at] ", not " should)
      delete is[at]
    }
    for (at in is) tell("still knows " at)
  }
  if (wanted == "") {
    for (id in name) { n++; sorted[n] = name[id] "|" part[id] "|" name[of[id]] "|" slots[id] }
    for (i = 2; i <= n; i++) for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) { other = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = other }
    for (i = 1; i <= n; i++) all = all (i > 1 ? " " : "") sorted[i]
  }
  if (serving && info["cluster_state"] != "ok") tell("has cluster_state " info["cluster_state"])
  if (!whole) agree()
  if (failing != "") tell("has given up" failing)
  if (moving != "") tell("has half moved slots:" moving)
  if (info["role"] == "slave") {
    if (info["master_link_status"] != "up") tell("has no link to its master")
    n = split(offsets, pairs, " ")
    for (i = 1; i <= n; i++) {
      split(pairs[i], pair, "=")
      if (pair[1] == info["master_host"] ":" info["master_port"] && info["slave_repl_offset"] + 0 < pair[2] + 0)
        tell("is " pair[2] - info["slave_repl_offset"] " bytes behind its master")
    }
  }
  if (!told) agree()
}`);
