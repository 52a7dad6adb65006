// What a task inherits from the play, the role and the blocks around it.
import type { Position } from '../errors/problem.ts';
import type { SharedSource } from '../load/types.ts';
import type { BecomeMethod } from '../util/become-method.ts';
import type { Condition } from './types.ts';

/** What is said around a task. Undefined where nothing is said. */
export interface Surroundings {
  readonly become?: boolean | undefined;
  readonly becomeUser?: string | undefined;
  readonly becomeMethod?: BecomeMethod | undefined;
  readonly ignoreErrors?: boolean | undefined;
  readonly anyErrorsFatal?: boolean | undefined;
  readonly throttle?: number | undefined;
  readonly runOnce?: boolean | undefined;
  readonly tags: readonly string[];
  readonly when: readonly Condition[];
  /** Ids of handlers. */
  readonly notify: readonly string[];
  /** Names of shared variables, weakest first. */
  readonly scopes: readonly string[];
  /** Folders that may hold templates/ and files/. */
  readonly directories: readonly string[];
  /** Ids of the handlers a name means; reports a name that means none. */
  readonly handlersFor: (name: string, at: Position | undefined, task: string) => readonly string[];
}

/** Keywords as a playbook or a role in TypeScript has them; only the first knows where they stand. */
type Own = Omit<SharedSource, 'when' | 'notify' | 'vars'> & {
  readonly name: string;
  readonly when: readonly Text[];
  readonly notify: readonly Text[];
};

interface Text {
  readonly value: string;
  readonly at?: Position;
}

/** What stands in something with these keywords inherits: conditions, tags and notifications come on top, the rest outweighs. Variables are the caller's. */
export function inherit(around: Surroundings, own: Own): Surroundings {
  return {
    ...around,
    become: own.become ?? around.become,
    becomeUser: own.becomeUser ?? around.becomeUser,
    becomeMethod: own.becomeMethod ?? around.becomeMethod,
    ignoreErrors: own.ignoreErrors ?? around.ignoreErrors,
    anyErrorsFatal: own.anyErrorsFatal ?? around.anyErrorsFatal,
    throttle: own.throttle ?? around.throttle,
    runOnce: own.runOnce ?? around.runOnce,
    tags: [...new Set([...around.tags, ...own.tags])],
    when: [...around.when, ...own.when.map(({ value, at }) => ({ text: value, ...(at && { at }) }))],
    notify: [...new Set([...around.notify, ...own.notify.flatMap(name => around.handlersFor(name.value, name.at, own.name))])],
  };
}
