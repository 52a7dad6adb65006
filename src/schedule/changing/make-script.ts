// How a directory or a link is made: in its place, or in a private directory and then renamed into it.
import { posix } from 'node:path';
import type { MakeAction } from '../../modules/actions.ts';
import { sh, type ShellText } from '../../util/shell.ts';
import { setMode } from './alter-script.ts';
import { preparing, type Spot } from './spot.ts';

/** The script of a {@link MakeAction}. What it has made has its owners and mode before anybody finds it in its place, but for a directory made there. */
export function makeScript({ path, what, owners }: MakeAction, spot: Spot): ShellText {
  if ('link' in what) return spot.isPrivate ? preparing(spot, privateLink(what.link, owners, spot), false) : link(path, what.link, owners);
  if (!spot.isPrivate) return directory(path, owners, what.directory);
  const { temporary } = spot;
  return preparing(spot, sh`${directory(temporary, owners, what.directory)} && mv -fT -- ${temporary} ${spot.path}`, false);
}

function directory(path: string, owners: string, mode: string): ShellText {
  return sh`umask 077; mkdir -- ${path} && chown -h ${owners} -- ${path} && ${setMode(path, mode)}`;
}

/**
 * The new link is made beside the old and renamed over it. `mv -T` keeps mv from following a link to a directory; a file that
 * the link itself leads to, by another way, it does not replace.
 */
function link(path: string, target: string, owners: string): ShellText {
  const beside = sh`${posix.dirname(path)}/.tsplay-link-`;
  return sh`
new=${beside}$$
trap 'rm -f -- "$new"' 0
ln -s -- ${target} "$new" && chown -h ${owners} -- "$new" || exit
mv -fT -- "$new" ${path} 2>/dev/null || { rm -f -- ${path} && mv -fT -- "$new" ${path}; }`;
}

function privateLink(target: string, owners: string, { temporary, path }: Spot): ShellText {
  return sh`ln -s -- ${target} ${temporary} && chown -h ${owners} -- ${temporary} || exit
mv -fT -- ${temporary} ${path} 2>/dev/null || { rm -f -- ${path} && mv -fT -- ${temporary} ${path}; }`;
}
