// How Elasticsearch is asked over HTTP on one of its own hosts, by whatever program the host has for a TCP connection: no curl is needed.
import { rawShell, sh } from '../../../src/index.ts';
import type { Infer, ShellText } from '../../../src/index.ts';

/** The parameter that says where Elasticsearch answers. */
export const AT = {
  type: 'object',
  properties: {
    address: { type: 'string', description: 'address that the node listens on' },
    port: { type: 'integer', minimum: 1, maximum: 65535, description: 'http.port' },
  },
  required: ['address', 'port'],
  additionalProperties: false,
  description: 'where Elasticsearch answers, as the host itself reaches it',
} as const;

export type At = Infer<typeof AT>;

/** The parameter that says where a host keeps what lets tsplay in. */
export const AUTHORIZATION = {
  type: 'string',
  default: '',
  description: 'a file on the host that holds USER:PASSWORD in base64, where security is on; root alone may read it',
} as const;

/** One node as it is asked: every fact about Elasticsearch has these arguments. */
export interface Ask extends At {
  readonly authorization: string;
  [name: string]: unknown;
}

/** Where a module that is told a place asks. */
export function askAt({ at, authorization }: { readonly at: At; readonly authorization: string }): Ask {
  return { address: at.address, port: at.port, authorization };
}

/**
 * Defines `http METHOD ADDRESS PORT PATH [CONTENT]`, which sets `status` (000 when nobody answers) and `body`, and succeeds for 2xx. What is sent
 * goes through pipes alone: neither a password nor a document is an argument of a program.
 */
export function asking(authorization: string): ShellText {
  return sh`
limit() { if command -v timeout >/dev/null; then timeout 20 "$@"; else "$@"; fi; }
crlf=$(printf '\\r\\n.'); crlf=\${crlf%.}
login=$(cat ${authorization === '' ? '/dev/null' : authorization} 2>/dev/null)
wire() {
  if command -v bash >/dev/null; then
    limit bash -c 'exec 3<>"/dev/tcp/$0/$1" && cat >&3 && cat <&3' "$1" "$2"
  elif command -v perl >/dev/null; then
    limit perl -MIO::Socket -e '$s = IO::Socket::INET->new("$ARGV[0]:$ARGV[1]") or exit 1; $s->autoflush; print $s $_ while <STDIN>; print while <$s>' "$1" "$2"
  else
    limit nc "$1" "$2"
  fi
}
http() {
  answer=$({
    printf '%s %s HTTP/1.0\\r\\nHost: %s:%s\\r\\nConnection: close\\r\\nAccept: application/json, text/plain\\r\\n' "$1" "$4" "$2" "$3"
    [ -z "$login" ] || printf 'Authorization: Basic %s\\r\\n' "$login"
    [ -z "\${5:-}" ] || printf 'Content-Type: application/json\\r\\nContent-Length: %s\\r\\n' "$(printf %s "$5" | wc -c | tr -d ' ')"
    printf '\\r\\n%s' "\${5:-}"
  } | wire "$2" "$3" 2>/dev/null)
  case $answer in
  HTTP/1.*) status=\${answer#* }; status=\${status%%[ $crlf]*}; body=\${answer#*"$crlf$crlf"} ;;
  *)
    status=000 body="nobody answers on $2:$3"
    command -v bash >/dev/null || command -v perl >/dev/null || command -v nc >/dev/null || body='the host has neither bash nor perl nor nc to ask with' ;;
  esac
  case $status in 2??) return 0 ;; *) return 1 ;; esac
}
told() { echo "== $1 $status"; printf '%s\\n' "$body"; }`;
}

/** `told` what was asked, as it stands in a probe. */
export function tell(name: string, { address, port }: At, path: string): ShellText {
  return sh`http GET ${address} ${port} ${path}; told ${rawShell(name)}`;
}
