// How instances are asked: by redis-cli, which takes the password from its environment, which takes it from a redis.conf of the host.
import { sh } from '../../../src/index.ts';
import type { ShellText } from '../../../src/index.ts';

/**
 * `cli address:port words…` asks one instance, on any host: all have the same password. It is in the instance's own redis.conf; where that is
 * gone, in those of its neighbours.
 */
export function asking(conf: string): ShellText {
  return sh`
limit() { if command -v timeout >/dev/null; then timeout "$@"; else shift; "$@"; fi; }
conf=${conf}
REDISCLI_AUTH=$(sed -n '/^requirepass "/{ s/^requirepass "\\(.*\\)"$/\\1/p; q; }' "$conf" "\${conf%/*/*}"/*/redis.conf 2>/dev/null)
if [ -n "$REDISCLI_AUTH" ]; then export REDISCLI_AUTH; else unset REDISCLI_AUTH; fi
cli() { at=$1; shift; limit 10 redis-cli -h "\${at%:*}" -p "\${at##*:}" "$@" 2>&1; }`;
}
