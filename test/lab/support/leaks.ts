// Looks for secrets in what strace saw: in the words of every program, and in every file that everybody could read, at any time.
import { pathsIn, readCalls, textsIn, type SystemCall } from './system-calls.ts';

/** What was looked through, and what of it gives a secret away. */
export interface Sighting {
  /** One line for each leak; none of them shows the secret. */
  readonly leaks: readonly string[];
  readonly programs: number;
  /** Files that held a secret at some time, as they are called; proof that the looker can see. */
  readonly holders: readonly string[];
}

interface TracedFile {
  mode: number;
  text: string;
}

/** A file that was there before: who may read it is not known, so everybody counts. */
const UNKNOWN_MODE = 0o666;
const WORLD = 0o004;

/** What is not kept anywhere: pipes, sockets, terminals, the kernel's own files. */
const isKept = (path: string): boolean => path.startsWith('/') && !/^\/(dev\/(?!shm\/)|proc\/|sys\/)/.test(path);

/** The ways in which a text stands in something: as it is, and in base64 at each of its three places. */
export function formsOf(text: string): readonly string[] {
  const shifted = [0, 1, 2].map(shift => {
    const digits = Buffer.from('\0'.repeat(shift) + text, 'latin1')
      .toString('base64')
      .replaceAll('=', '');
    // What depends on the neighbours is left out.
    return digits.slice(shift === 0 ? 0 : shift + 1, (shift + text.length) % 3 === 0 ? undefined : -1);
  });
  return [text, ...shifted];
}

/**
 * Follows a log of {@link STRACE}. A file's mode is what it was made with, less the umask of its maker, and what chmod made of it.
 * What is written into a mapping of a file is not seen.
 * @param umask of the process that strace was put to
 */
export function leaksIn(log: string, umask: number, core: string): Sighting {
  const forms = formsOf(core);
  const holds = (text: string): boolean => forms.some(form => text.includes(form));
  const files = new Map<string, TracedFile>();
  const umasks = new Map<number, number>();
  const leaks = new Set<string>();
  const holders = new Set<string>();
  let programs = 0;

  const fileAt = (path: string): TracedFile => {
    const file = files.get(path) ?? { mode: UNKNOWN_MODE, text: '' };
    files.set(path, file);
    return file;
  };
  const look = (path: string, pid: number, call: string): void => {
    const { mode, text } = fileAt(path);
    if (!holds(text)) return;
    holders.add(path);
    if ((mode & WORLD) !== 0) leaks.add(`everybody could read ${path} (mode ${mode.toString(8)}), after ${call} by ${pid}`);
  };
  const append = (path: string | undefined, text: string, { pid, name }: SystemCall): void => {
    if (path === undefined || !isKept(path)) return;
    fileAt(path).text += text;
    look(path, pid, name);
  };

  const follow = (call: SystemCall): void => {
    const { pid, name, words, result } = call;
    if (name.startsWith('exec')) {
      programs += 1;
      // The list of arguments is the first one; the environment, which comes after it, is the owner's alone.
      const argv = textsIn(/\[[^\]]*\]/.exec(words)?.[0] ?? '');
      if (argv.some(holds)) leaks.add(`an argument of ${textsIn(words)[0] ?? '?'}, called by ${pid}`);
      return;
    }
    if (result.startsWith('-1')) return;
    const mask = umasks.get(pid) ?? umask;
    const [from, to] = namedPaths(words);
    switch (name) {
      case 'umask':
        umasks.set(pid, parseInt(words, 8));
        break;
      case 'clone':
      case 'clone3':
      case 'fork':
      case 'vfork':
        umasks.set(Number(/(\d+) in strace's PID NS/.exec(result)?.[1] ?? /^\d+/.exec(result)?.[0]), mask);
        break;
      case 'open':
      case 'openat':
      case 'openat2':
      case 'creat': {
        const [path] = pathsIn(result);
        if (path === undefined || !isKept(path)) break;
        const asked = name === 'creat' ? /(0\d*)$/ : /O_(?:CREAT|TMPFILE)\S*(?:, (?:mode=)?(0\d*))/;
        const mode = asked.exec(words)?.[1];
        if (mode !== undefined && !files.has(path)) files.set(path, { mode: parseInt(mode, 8) & ~mask, text: '' });
        if (words.includes('O_TRUNC') || name === 'creat') fileAt(path).text = '';
        break;
      }
      case 'mknod':
      case 'mknodat': {
        // A pipe with a name: who may read it may take what is written.
        const mode = /S_IFIFO\|(0\d*)/.exec(words)?.[1];
        if (from !== undefined && mode !== undefined) files.set(from, { mode: parseInt(mode, 8) & ~mask, text: '' });
        break;
      }
      case 'unlink':
      case 'unlinkat':
        if (from !== undefined) files.delete(from);
        break;
      case 'rename':
      case 'renameat':
      case 'renameat2':
      case 'link':
      case 'linkat': {
        const file = from === undefined ? undefined : files.get(from);
        if (file === undefined || from === undefined || to === undefined) break;
        files.set(to, file);
        if (name.startsWith('rename')) files.delete(from);
        look(to, pid, name);
        break;
      }
      case 'chmod':
      case 'fchmodat':
      case 'fchmod': {
        const path = name === 'fchmod' ? pathsIn(words)[0] : from;
        const mode = /, (0\d*)(?:,|$)/.exec(words)?.[1];
        if (path === undefined || mode === undefined || !isKept(path)) break;
        fileAt(path).mode = parseInt(mode, 8);
        look(path, pid, name);
        break;
      }
      case 'write':
      case 'pwrite64':
      case 'writev':
        append(pathsIn(words)[0], textsIn(words).join(''), call);
        break;
      case 'copy_file_range':
      case 'sendfile':
      case 'splice': {
        const [one = '', other = ''] = pathsIn(words);
        const [source, target] = name === 'sendfile' ? [other, one] : [one, other];
        append(target, files.get(source)?.text ?? '', call);
        break;
      }
    }
  };
  for (const call of readCalls(log)) follow(call);
  return { leaks: [...leaks], programs, holders: [...holders] };
}

/** The files that a call names, each by a directory and a path in it; those that are not named from the root of something are left out. */
function namedPaths(words: string): readonly string[] {
  return [...words.matchAll(/(?:<((?:\\x[0-9a-f]{2})+)>, )?("(?:\\x[0-9a-f]{2})*")/g)].flatMap(([, directory, text = '']) => {
    const [path = ''] = textsIn(text);
    if (path.startsWith('/')) return [path];
    const [base] = pathsIn(`<${directory ?? ''}>`);
    return base === undefined ? [] : [`${base}/${path.replace(/^\.\//, '')}`];
  });
}
