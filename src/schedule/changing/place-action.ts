// What is done at a place, as commands: the plain way where root is alone, and the one that is bound to what was looked at where it is not.
import type { PlaceAction } from '../../modules/actions.ts';
import type { UploadPlace } from '../../session/types.ts';
import type { ShellText } from '../../util/shell.ts';
import { alterScript, boundAlterScript, boundRemoveScript, removeScript } from './alter-script.ts';
import { makeScript } from './make-script.ts';
import type { SharedPlace } from './shared-place.ts';
import { openSpot, privateSpot, type Spot } from './spot.ts';

/** Where something new is prepared. @param shared where root is not alone */
export function spotFor(path: string, shared: SharedPlace | undefined): Spot {
  return shared === undefined ? openSpot(path) : privateSpot(path, shared.directory);
}

/** Where the body of something new is uploaded to. */
export function uploadPlaceOf({ temporary, begin, leave, folder }: Spot): string | UploadPlace {
  return folder === undefined ? temporary : { path: temporary, begin: begin.text, leave: leave.text, remains: folder };
}

/** The script of an action. */
export function placeActionScript(action: PlaceAction, shared: SharedPlace | undefined): ShellText {
  if (action.kind === 'make') return makeScript(action, spotFor(action.path, shared));
  if (action.kind === 'remove') return shared === undefined ? removeScript(action) : boundRemoveScript(action, shared.directory);
  if (shared === undefined) return alterScript(action);
  return boundAlterScript(action, shared.directory, shared.kind === 'directory' ? 'directory' : 'file');
}
