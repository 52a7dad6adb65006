// A saved plan: what a dry run said would change, and what that rests on. Plain data; it holds no command text.
import type { Position } from '../errors/problem.ts';
import type { TaskStatus } from '../report/events.ts';
import type { Json } from '../util/value.ts';

/** The version of the format. Raised when a field changes its meaning or goes away. */
export const PLAN_FORMAT = 'tsplay.plan/1';

/** What was asked for: enough to compile the same Program again. Paths as they were typed, from the folder the plan was made in. */
export interface PlanRequest {
  readonly playbook: string;
  /** One, or several in order. */
  readonly inventory?: string | readonly string[];
  readonly limit?: string;
  /** As typed; `{"$secret": n}` where one holds a secret. */
  readonly extraVars: readonly Json[];
  readonly tags: { readonly only: readonly string[]; readonly skip: readonly string[] };
  readonly from?: string;
  readonly become?: boolean;
  readonly becomeUser?: string;
}

/** Keyed digests of what the plan was compiled from. */
export interface PlanSources {
  /** The bytes of the playbook. */
  readonly playbook: string;
  /** Hosts, groups and their variables. */
  readonly inventory: string;
  /** Everything: tasks, roles, templates, files, variables. */
  readonly program: string;
}

/** A fact that the plan rests on. */
export interface PlanFact {
  readonly fact: string;
  readonly args: { readonly [name: string]: Json };
  /** Who read it; absent for the login user. */
  readonly user?: string;
  /** The part of the value that has to be the same; left out where it is somebody's content. */
  readonly value?: Json;
  /** Keyed digest of that part. */
  readonly digest: string;
}

/** A host as it was when the plan was made. */
export interface PlanHost {
  readonly name: string;
  /** Fingerprint of the key it showed; absent where it shows none (a local connection). */
  readonly hostKey?: string;
  /** Empty where it has none. */
  readonly machineId: string;
  readonly facts: readonly PlanFact[];
}

/** An attribute that would change. */
export interface PlanChange {
  readonly attribute: string;
  readonly from: Json;
  readonly to: Json;
  readonly diff?: string;
}

/** A task's turn on a host; in a loop, one item of it. */
export interface PlanTurn {
  readonly host: string;
  readonly item?: string;
  readonly index?: number;
  readonly status: TaskStatus;
  /** As the module receives them; absent while they cannot be known. */
  readonly parameters?: Json;
  readonly changes: readonly PlanChange[];
  /** What the changes rest on besides facts. */
  readonly assumes: readonly string[];
  /** Why it cannot be known, wholly or in part; empty when it is known. */
  readonly unknown: readonly string[];
  readonly message?: string;
}

/** A task with its turns. Tasks at which nothing would change are counted only. */
export interface PlanTask {
  readonly id: string;
  readonly name: string;
  readonly module: string;
  readonly role?: string;
  readonly at?: Position;
  readonly handler: boolean;
  readonly turns: readonly PlanTurn[];
}

export interface Plan {
  readonly format: typeof PLAN_FORMAT;
  /** The version of tsplay that made it: another one may compile another Program. */
  readonly tsplay: string;
  /** ISO 8601, UTC. */
  readonly made: string;
  readonly request: PlanRequest;
  readonly sources: PlanSources;
  readonly hosts: readonly PlanHost[];
  readonly tasks: readonly PlanTask[];
  /** Turns that have nothing to do. */
  readonly still: number;
  /** An Ansible Vault envelope of the secret values, in the order of their numbers; absent when there are none. */
  readonly secrets?: string;
  readonly seal: PlanSeal;
}

/** What keeps it as it is. */
export interface PlanSeal {
  /** `vault`: keyed with the vault password. `controller`: with a key that the user who made it keeps. */
  readonly key: 'vault' | 'controller';
  readonly salt: string;
  /** HMAC-SHA-256 over the canonical JSON of everything else. */
  readonly mac: string;
}
