// What a task inherits from the play, the role and the blocks around it.
import type { Position } from '../errors/problem.ts';
import { isTemplate } from '../expression/render-template.ts';
import type { SharedSource } from '../load/types.ts';
import type { BecomeMethod } from '../util/become-method.ts';
import { nodeFromYaml } from './node.ts';
import type { Condition, NamedHandlers, Node } from './types.ts';

/** Names of shared variables by their strength, in each list the weakest first. */
export interface ScopeNames {
  /** Defaults of roles in YAML. */
  readonly defaults: readonly string[];
  readonly play: string;
  /** What is in `vars/` of roles in YAML. */
  readonly roles: readonly string[];
  /** Of blocks, of roles in TypeScript, and parameters of roles. */
  readonly blocks: readonly string[];
}

/** All of them, weakest first. */
export function namesOf({ defaults, play, roles, blocks }: ScopeNames): readonly string[] {
  return [...defaults, play, ...roles, ...blocks];
}

/** The same with blocks further in. */
export function withBlocks(scopes: ScopeNames, blocks: readonly string[]): ScopeNames {
  return blocks.length === 0 ? scopes : { ...scopes, blocks: [...scopes.blocks, ...blocks] };
}

/** What is said around a task. Undefined where nothing is said. */
export interface Surroundings {
  readonly become?: boolean | undefined;
  readonly becomeUser?: string | undefined;
  readonly becomeMethod?: BecomeMethod | undefined;
  readonly ignoreErrors?: boolean | undefined;
  readonly anyErrorsFatal?: boolean | undefined;
  readonly throttle?: number | undefined;
  readonly runOnce?: boolean | undefined;
  readonly ignoreUnreachable?: boolean | undefined;
  readonly timeout?: number | undefined;
  readonly noLog?: boolean | undefined;
  readonly checkMode?: boolean | undefined;
  readonly diff?: boolean | undefined;
  readonly delegateTo?: Node | undefined;
  readonly delegateFacts?: boolean | undefined;
  /** Weakest first. */
  readonly environment?: readonly Node[];
  readonly tags: readonly string[];
  readonly when: readonly Condition[];
  /** Ids of handlers. */
  readonly notify: readonly string[];
  readonly notifyNamed?: readonly NamedHandlers[];
  readonly scopes: ScopeNames;
  /** Folders that may hold templates/ and files/. */
  readonly directories: readonly string[];
  /** Ids of the handlers a name means; reports a name that means none. */
  readonly handlersFor: (name: string, at: Position | undefined, task: string) => readonly string[];
  /** Those that a name with expressions in it may mean. */
  readonly handlersLike: (name: string, at: Position | undefined, task: string) => NamedHandlers['ids'];
}

/** Keywords as a playbook or a role in TypeScript has them; only the first knows where they stand. */
type Own = Omit<SharedSource, 'when' | 'notify' | 'vars'> & {
  readonly name: string;
  readonly when: readonly Text[];
  readonly notify?: readonly Text[] | undefined;
};

interface Text {
  readonly value: string;
  readonly at?: Position;
}

/** What stands in something with these keywords inherits: conditions and tags come on top, the rest outweighs. Variables are the caller's. */
export function inherit(around: Surroundings, own: Own): Surroundings {
  // Named one by one: writing over what was spread is what a large playbook would wait for.
  return {
    scopes: around.scopes,
    directories: around.directories,
    handlersFor: around.handlersFor,
    handlersLike: around.handlersLike,
    become: own.become ?? around.become,
    becomeUser: own.becomeUser ?? around.becomeUser,
    becomeMethod: own.becomeMethod ?? around.becomeMethod,
    ignoreErrors: own.ignoreErrors ?? around.ignoreErrors,
    anyErrorsFatal: own.anyErrorsFatal ?? around.anyErrorsFatal,
    throttle: own.throttle ?? around.throttle,
    runOnce: own.runOnce ?? around.runOnce,
    ignoreUnreachable: own.ignoreUnreachable ?? around.ignoreUnreachable,
    timeout: own.timeout ?? around.timeout,
    noLog: own.noLog ?? around.noLog,
    checkMode: own.checkMode ?? around.checkMode,
    diff: own.diff ?? around.diff,
    delegateTo: own.delegateTo === undefined ? around.delegateTo : nodeFromYaml(own.delegateTo),
    delegateFacts: own.delegateFacts ?? around.delegateFacts,
    environment: added(around.environment ?? [], (own.environment ?? []).map(nodeFromYaml)),
    tags: own.tags.length === 0 ? around.tags : [...new Set([...around.tags, ...own.tags])],
    when: added(
      around.when,
      own.when.map(({ value, at }) => ({ text: value, ...(at && { at }) })),
    ),
    ...notifications(around, own),
  };
}

/** Both, one behind the other; most tasks say nothing further. */
function added<T>(around: readonly T[], own: readonly T[]): readonly T[] {
  return own.length === 0 ? around : [...around, ...own];
}

function notifications(around: Surroundings, own: Own): Pick<Surroundings, 'notify' | 'notifyNamed'> {
  if (own.notify === undefined) return { notify: around.notify, ...(around.notifyNamed && { notifyNamed: around.notifyNamed }) };
  const plain = own.notify.filter(({ value }) => !isTemplate(value));
  const named = own.notify.filter(({ value }) => isTemplate(value));
  return {
    notify: [...new Set(plain.flatMap(({ value, at }) => around.handlersFor(value, at, own.name)))],
    notifyNamed: named.map(({ value, at }): NamedHandlers => ({
      name: { kind: 'template', text: value, ...(at && { at }) },
      ids: around.handlersLike(value, at, own.name),
    })),
  };
}
