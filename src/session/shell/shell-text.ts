// How sh programs get to a host: as one line on standard input, so every line of a program here ends with `;` or a word that
// opens a block, and none holds a comment.

/** Reads its program from standard input, so that nothing of it shows in `ps`. */
export const SHELL_PROGRAM = 'read -r x; eval "$x"';

/** The command line of every channel of the login user. It holds no character on which sh, csh and fish disagree. */
export const SHELL_COMMAND_LINE = `exec sh -c '${SHELL_PROGRAM}'`;

/** Where every program begins: messages in English, private files, and the directories that hold its tools. */
export const PLACES = `
LC_ALL=C; export LC_ALL; umask 077; unset CDPATH ENV BASH_ENV;
for _ts_c in /usr/local/bin /usr/bin /bin /usr/local/sbin /usr/sbin /sbin; do
  case :$PATH: in *:$_ts_c:*) ;; *) PATH=$PATH:$_ts_c;; esac;
done;
export PATH;`;

/** Quotes a word of any characters but a line break. */
export function quoteWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A program as the one line that {@link SHELL_PROGRAM} reads. */
export function oneLine(program: string): string {
  return `${program.trim().replaceAll(/\n\s*/g, ' ')}\n`;
}
