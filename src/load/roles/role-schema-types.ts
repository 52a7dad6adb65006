// What a role in YAML says of its variables, whatever it says it in.
import type { RoleVariables } from '../../program/role.ts';

/** The variables of a role. */
export interface RoleSchema {
  readonly vars: RoleVariables;
  readonly required: readonly string[];
}
