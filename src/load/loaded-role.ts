// A role that was found, in TypeScript or in YAML.
import type { AnyRole } from '../program/role.ts';

/** One in YAML is read by whoever calls it; `role` is what it says of its variables. */
export type LoadedRole = TypedRole | FolderRole;

interface TypedRole {
  readonly kind: 'typescript';
  readonly role: AnyRole;
}

/** A role in YAML. */
export interface FolderRole {
  readonly kind: 'yaml';
  readonly role: AnyRole;
  /** Absolute. */
  readonly directory: string;
}
