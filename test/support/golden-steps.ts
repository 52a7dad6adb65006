// Steps as a golden file shows them: the command's text, the promises by fact and arguments, secrets masked.
import type { FactSet } from '../../src/facts/contract.ts';
import type { Resource } from '../../src/facts/resource.ts';
import type { Action } from '../../src/modules/actions.ts';
import type { Step } from '../../src/modules/steps.ts';
import type { ShellText } from '../../src/util/shell.ts';
import { printed } from './golden.ts';

/** One step as plain JSON. */
export function describeStep(step: Step): unknown {
  return printed(describe(step));
}

function describe(step: Step): unknown {
  switch (step.kind) {
    case 'change': {
      const { attribute, from, to, actions, sets, touches, empties, diff, on } = step;
      return {
        attribute,
        from,
        to,
        on,
        actions: actions.map(describeAction),
        sets: sets.map(describeSet),
        touches: touches.map(describeResource),
        empties: empties?.map(describeResource),
        diff: diff && { path: diff.path, before: diff.before.key, after: diff.after },
      };
    }
    case 'wait':
      return {
        wait: step.for,
        ...command(step.until, 'until'),
        deadline: step.deadline,
        interval: step.interval,
        sets: step.sets.map(describeSet),
        touches: step.touches?.map(describeResource),
        on: step.on,
      };
    case 'trial':
      return { proves: step.proves, action: describeAction(step.action), on: step.on };
    case 'unmet':
      return { unmet: step.message, on: step.on };
    case 'assign':
      return { assign: step.variables };
    case 'enlist':
      return { enlist: step.host, groups: step.groups, parents: step.parents, variables: step.variables };
  }
}

function describeAction(action: Action): unknown {
  switch (action.kind) {
    case 'put':
      return {
        put: action.path,
        body: action.body,
        owner: action.owner,
        group: action.group,
        mode: action.mode,
        validate: action.validate,
        validateReadsOnly: action.validateReadsOnly,
        validateIsAlone: action.validateIsAlone,
        backup: action.backup,
      };
    case 'run':
      return {
        ...command(action.command, 'run'),
        timeout: action.timeout,
        accept: action.accept,
        alters: action.alters,
        preview: action.preview?.key,
      };
    case 'make':
      return { make: action.path, ...action.what, owners: action.owners };
    case 'alter':
      return { alter: action.path, owners: action.owners, mode: action.mode };
    case 'remove':
      return { remove: action.path };
    case 'reopen':
      return { reopen: true };
  }
}

function command(text: ShellText, name: string): Readonly<Record<string, unknown>> {
  return { [name]: text.text, stdin: text.stdin, env: text.env };
}

function describeSet(set: FactSet): unknown {
  const { ref } = set;
  return {
    fact: ref.definition.name,
    args: Object.keys(ref.args).length > 0 ? ref.args : undefined,
    host: ref.host,
    ...(set.patch === undefined ? { value: set.value } : { patch: set.patch }),
    assumed: set.assumed,
  };
}

function describeResource(resource: Resource): string {
  return resource.id === '' ? resource.kind : `${resource.kind} ${resource.id}`;
}
