// How instances are asked: by redis-cli, which takes the password from its environment, which takes it from the instance's own redis.conf.
import { sh } from '../../../src/index.ts';
import type { ShellText } from '../../../src/index.ts';

/** `cli address:port words…` asks one instance, on any host: all have the same password. */
export function asking(conf: string): ShellText {
  return sh`
limit() { if command -v timeout >/dev/null; then timeout "$@"; else shift; "$@"; fi; }
REDISCLI_AUTH=$(sed -n 's/^requirepass "\\(.*\\)"$/\\1/p' ${conf} 2>/dev/null)
if [ -n "$REDISCLI_AUTH" ]; then export REDISCLI_AUTH; else unset REDISCLI_AUTH; fi
cli() { at=$1; shift; limit 10 redis-cli -h "\${at%:*}" -p "\${at##*:}" "$@" 2>&1; }`;
}
