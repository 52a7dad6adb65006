// What stands in for tools that a host does not have, as sh functions of its session: looked for once, when the session begins.

/**
 * As much of `stat -c` as facts about files ask for, from what ls shows; and `sha256sum` by the programs that know it under another name. Where
 * nothing can stand in, the tool is missing, and the shell says so. `_ts_in` names those that are stood in for: only the shell itself finds them.
 */
export const STAND_INS = `
_ts_in=;
command -v stat >/dev/null || { _ts_in=stat; stat() {
  _ts_f=$2; shift 2;
  case $_ts_f in '%f:%u:%g:%s:%U:%G' | '%f:%u:%g:%s:%U:%G:%n') ;; *) echo 'sh: stat: not found' >&2; return 127;; esac;
  if [ "$1" = -- ]; then shift; fi;
  _ts_r=0;
  for _ts_p do
    if [ ! -e "$_ts_p" ] && [ ! -L "$_ts_p" ]; then echo "stat: $_ts_p: No such file or directory" >&2; _ts_r=1; continue; fi;
    _ts_l=$({ ls -ldn -- "$_ts_p" | sed 1q; ls -ld -- "$_ts_p" | sed 1q; } | awk '
      NR == 1 { mode = $1; ids = $3 ":" $4 ":" $5 }
      NR == 2 { names = $3 ":" $4 }
      END {
        bits = 4096 * index("pcxdxbx-xlxs", substr(mode, 1, 1));
        split("256 128 64 32 16 8 4 2 1", worth, " ");
        for (i = 1; i < 10; i++) if (substr(mode, i + 1, 1) !~ /[-ST]/) bits += worth[i];
        if (substr(mode, 4, 1) ~ /[sS]/) bits += 2048;
        if (substr(mode, 7, 1) ~ /[sS]/) bits += 1024;
        if (substr(mode, 10, 1) ~ /[tT]/) bits += 512;
        printf "%x:%s:%s", bits, ids, names
      }');
    case $_ts_f in *%n) echo "$_ts_l:$_ts_p";; *) echo "$_ts_l";; esac;
  done;
  return $_ts_r;
}; };
if command -v sha256sum >/dev/null; then :;
elif command -v shasum >/dev/null; then _ts_in="$_ts_in sha256sum"; sha256sum() { shasum -a 256 "$@"; };
elif command -v openssl >/dev/null; then
  _ts_in="$_ts_in sha256sum";
  sha256sum() {
    if [ "$1" = -- ]; then shift; fi;
    _ts_l=$(openssl dgst -sha256 -r "$@") || return;
    echo "$_ts_l" | sed 's/ \\*/  /';
  };
fi;`;
