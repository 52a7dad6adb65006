// Waiting on the host: one command that looks until its condition holds or the deadline passes. One round trip.
import type { Wait } from '../../modules/steps.ts';
import { CONTROLLER_IS_GONE } from '../../session/shell/shell-loop.ts';
import { rawShell, sh, type ShellText } from '../../util/shell.ts';

/** Exits 0 once `until` succeeds, 1 at the deadline with what `until` printed last on standard error. It ends with the controller. */
export function waitScript(wait: Wait): ShellText {
  const interval = wait.interval ?? 0.5;
  // A clock that is set meanwhile is no reason to wait for longer, or not at all.
  return sh`now() { if { read -r now _ </proc/uptime; } 2>/dev/null; then now=\${now%%.*}; else now=$(date +%s); fi; }
now; deadline=$((now + ${Math.ceil(wait.deadline)}))
while :; do
out=$( { ${rawShell(wait.until.text)}
} 2>&1 ) && exit 0
now; if [ "$now" -ge "$deadline" ]; then printf '%s\n' "$out" >&2; exit 1; fi
if ${CONTROLLER_IS_GONE}; then exit 1; fi
sleep ${interval} 2>/dev/null || sleep 1
done`;
}
