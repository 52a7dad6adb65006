// What module `systemd.unit` knows of the host.
import type { FileNode } from '../../facts/file/node.ts';
import type { UnitState } from '../../facts/systemd/unit.ts';
import type { Have } from '../contract.ts';
import type { fileFacts } from '../file/write-file.ts';

/** The file as it is, the unit as systemd has it (templates have no state), and a unit of the same name that a package brought. */
export type UnitHave = Have<ReturnType<typeof fileFacts>> & { readonly unit: UnitState | undefined; readonly above: FileNode | undefined };
