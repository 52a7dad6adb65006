// Where the file of a unit or of a drop-in is.
import { UNIT_DIRECTORY } from './unit-name.ts';

/** One file that systemd reads for a unit. */
export interface UnitFile {
  /** The full name. */
  readonly unit: string;
  readonly path: string;
  readonly directory: string;
  /** Whether it is a drop-in: it adds to a unit and makes none. */
  readonly drop: boolean;
}

export function unitFile(unit: string, dropIn: string | undefined): UnitFile {
  const directory = dropIn === undefined ? UNIT_DIRECTORY : `${UNIT_DIRECTORY}/${unit}.d`;
  return { unit, path: `${directory}/${dropIn ?? unit}`, directory, drop: dropIn !== undefined };
}
