// Who could have written a file: nobody but this user, or anybody on this machine. What is read is run or believed, and the user may be root.
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

const WRITABLE_BY_OTHERS = 0o022;
const WRITABLE_BY_ALL = 0o002;
/** In a folder with this bit others may add files, and leave those of its user alone. */
const STICKY = 0o1000;

/** A file as it was read. */
export interface OwnFile {
  readonly content: Buffer;
  /** When it was last changed, in milliseconds. */
  readonly changed: number;
}

/** Whether a folder is there, is this user's, and nobody else but root could put another in its place. Symbolic links are followed first. */
export function isOwnFolder(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const path = realpathSync(folder);
  const { uid, mode } = lstatSync(path);
  return uid === process.getuid?.() && (mode & WRITABLE_BY_OTHERS) === 0 && foldersAbove(path).every(isSafe);
}

/**
 * The path itself or the folder above it that everybody may change; undefined where nobody but its owners can. Links are followed first.
 * @throws the error of the file system when it is not there
 */
export function worldWritable(path: string): string | undefined {
  const real = realpathSync(path);
  return [real, ...foldersAbove(real)].find(each => isOpenTo(each, WRITABLE_BY_ALL));
}

/** Makes a folder that nobody else can look into. @returns false where it would not be this user's alone; nothing is left there then */
export function makeOwnFolder(folder: string): boolean {
  if (existsSync(folder)) return isOwnFolder(folder);
  // Nothing is left in a folder of somebody else, who might not be able to take it away.
  if (!isOwnFolder(nearest(folder))) return false;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return isOwnFolder(folder);
}

/** The folder itself, or the nearest above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

function foldersAbove(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}

function isSafe(folder: string): boolean {
  const { uid } = lstatSync(folder);
  return (uid === 0 || uid === process.getuid?.()) && !isOpenTo(folder, WRITABLE_BY_OTHERS);
}

/** Whether they may change what is there. */
function isOpenTo(path: string, whom: number): boolean {
  const { mode } = lstatSync(path);
  return (mode & whom) !== 0 && (mode & STICKY) === 0;
}

/** Reads a file of an own folder. @throws Error when it is not there, is a link, or another user's, or others may write it */
export function readOwnFile(path: string): OwnFile {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { uid, mode, mtimeMs } = fstatSync(descriptor);
    if (uid !== process.getuid?.() || (mode & WRITABLE_BY_OTHERS) !== 0) throw new Error(`${path} is not this user's alone`);
    return { content: readFileSync(descriptor), changed: mtimeMs };
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a file of an own folder, whole or not at all: also where the machine stops meanwhile. @throws Error when that cannot be */
export function writeOwnFile(path: string, content: Uint8Array): void {
  const temporary = `${path}.${process.pid}`;
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
