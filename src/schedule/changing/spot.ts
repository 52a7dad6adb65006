// Where something new is prepared: beside its place, or, in a directory that others can change too, in a private one within it.
import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { rawShell, sh, type ShellText } from '../../util/shell.ts';

/** How a place and what is prepared for it are named, and what is run around that. */
export interface Spot {
  /** The name it is prepared under. */
  readonly temporary: string;
  /** The place itself. */
  readonly path: string;
  /** Makes the private directory and enters it; one line. */
  readonly begin: ShellText;
  /** Enters the private directory, which holds what was prepared; one line. */
  readonly enter: ShellText;
  /** Removes the private directory, with what is left in it; one line. */
  readonly leave: ShellText;
  readonly isPrivate: boolean;
  /** The private directory. */
  readonly folder?: string;
}

const NOTHING = rawShell(':');

/** The same places for every command: who cannot be refused cannot be sent astray. */
export function openSpot(path: string): Spot {
  return { temporary: posix.join(posix.dirname(path), newName()), path, begin: NOTHING, enter: NOTHING, leave: NOTHING, isPrivate: false };
}

/**
 * Enters a directory, by its real path. A working directory stays what it is, whatever its name comes to stand for; where it is says the
 * kernel, so that no link can have led elsewhere. From then on nothing is named but by its last step.
 */
export function entering(directory: string): ShellText {
  return sh`{ cd -P -- ${directory} && ${isHere(directory)}; } || ${astray(directory)}`;
}

/** Succeeds where the working directory is this one. The shell itself may only remember what it was called. */
export function isHere(directory: string): ShellText {
  return sh`[ "$(env pwd -P)" = ${directory} ]`;
}

/** Ends a command that does not find what was looked at. */
export function astray(path: string): ShellText {
  return sh`{ echo ${`${path} is not what was looked at any more, somebody has exchanged it meanwhile: nothing was changed; see who did, and run again`} >&2; exit 1; }`;
}

/**
 * A directory of root's alone within the real directory of a place. Who can change that directory can rename it, or put another in its place, but
 * not look or write into it, and what is moved out of it by one step up can only arrive where it stands.
 * @param directory the real path of the directory the place is in
 */
export function privateSpot(path: string, directory: string): Spot {
  const name = newName();
  const folder = `${name}.d`;
  const inside = posix.join(directory, folder);
  const holds = (what: string): ShellText =>
    sh`cd -P ./${folder} && ${isHere(inside)} && [ -O . ] && [ "$(ls -A)" = ${what} ] && case $(ls -ld .) in drwx--[-S]---*) ;; *) false ;; esac`;
  return {
    temporary: `./${name}`,
    path: `../${posix.basename(path)}`,
    begin: sh`${entering(directory)}; mkdir -m 0700 ./${folder} || exit; { ${holds('')}; } || ${astray(inside)}`,
    enter: sh`${entering(directory)}; { ${holds(name)}; } || ${astray(inside)}`,
    leave: sh`rm -rf -- ./* ./.[!.]*; cd .. && rmdir ./${folder}`,
    isPrivate: true,
    folder: inside,
  };
}

/** Runs a script where something is prepared. @param isKept what it made is still to be placed; otherwise nothing stays behind */
export function preparing(spot: Spot, script: ShellText, isKept: boolean): ShellText {
  return around(spot, spot.begin, script, isKept);
}

/** Runs a script that places what was prepared. Nothing else stays behind. */
export function placing(spot: Spot, script: ShellText): ShellText {
  return around(spot, spot.enter, script, false);
}

function around(spot: Spot, arrive: ShellText, script: ShellText, isKept: boolean): ShellText {
  if (!spot.isPrivate) return script;
  return sh`${arrive}
trap ${spot.leave.text} 0
(
${script}
)${rawShell(isKept ? ' && trap - 0' : '')}`;
}

function newName(): string {
  return `.tsplay-${randomBytes(9).toString('hex')}`;
}
