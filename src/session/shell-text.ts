// How sh programs get to a host: as one line on standard input, so every line of a program here ends with `;` or a word that
// opens a block, and none holds a comment.

/**
 * The command line of every channel: it reads its program from standard input, so nothing of it shows in `ps`, and
 * holds no character on which sh, csh and fish disagree.
 */
export function shellCommandLine(becomeUser: string | undefined): string {
  const shell = `sh -c 'read -r x; eval "$x"'`;
  return becomeUser === undefined ? `exec ${shell}` : `exec sudo -n -H -u '${becomeUser}' -- ${shell}`;
}

/** What sudo asks with, and what the shell behind it says when it is there: letters and digits that nothing else prints. */
export interface SudoWords {
  readonly prompt: string;
  readonly inside: string;
}

/** The same where sudo may ask for a password on standard input. */
export function askingCommandLine(becomeUser: string, { prompt, inside }: SudoWords): string {
  return `exec sudo -S -p ${prompt} -H -u '${becomeUser}' -- sh -c 'echo ${inside}; read -r x; eval "$x"'`;
}

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

/** A program as the one line that {@link shellCommandLine} reads. */
export function oneLine(program: string): string {
  return `${program.trim().replaceAll(/\n\s*/g, ' ')}\n`;
}
