// The variables of roles: misspelt ones, literal values that do not fit, and required ones that a host does not get.
import type { AnyRole } from '../../program/role.ts';
import { validate } from '../../schema/validate.ts';
import { didYouMean } from '../../util/nearest.ts';
import { roleProblems } from '../messages/role.ts';
import type { Report } from '../report.ts';
import type { PlaySource, RoleUse, Sources, VariableSource, VariableSources } from '../types.ts';
import { subjectOf } from '../yaml-subject.ts';
import { callsOf } from '../playbook/walk-sources.ts';
import type { YamlNode } from '../yaml/node.ts';

/** What the check looks at; `known` are the names of all roles, loaded or not. */
export interface RoleVariableCheck extends Pick<Sources, 'playbook' | 'inventory' | 'roles' | 'extra' | 'targets'> {
  readonly known: readonly string[];
}

/** Reports what is wrong with the variables of the roles in use, wherever they are set. */
export function checkRoleVariables(check: RoleVariableCheck, report: Report): void {
  const { playbook, inventory, roles, extra } = check;
  const seen = new Set<YamlNode>();
  const anywhere = [extra, ...playbook.plays.flatMap(variablesOfPlay), ...[...inventory.hosts.values()].map(host => host.variables)];
  for (const [name, variable] of anywhere.flatMap(variables => Object.entries(variables))) {
    if (seen.has(variable.node)) continue;
    seen.add(variable.node);
    checkVariable(name, variable, ownerOf(name, roles, check.known), report);
  }
  for (const play of playbook.plays) for (const call of callsOf(play)) checkParameters(call, roles, report);
  playbook.plays.forEach((play, index) => checkRequired(play, check.targets[index] ?? [], check, report));
}

/** The role whose variable a name would be: the longest prefix among all roles, so that `zookeeper_ui_port` is not zookeeper's. */
function ownerOf(name: string, roles: ReadonlyMap<string, AnyRole>, known: readonly string[]): AnyRole | undefined {
  const declared = [...roles.values()].find(role => Object.hasOwn(role.vars, name));
  if (declared) return declared;
  const prefixes = [...new Set([...known, ...roles.keys()])].filter(role => name.startsWith(`${role.replaceAll('-', '_')}_`));
  const [longest] = prefixes.sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : roles.get(longest);
}

function checkVariable(name: string, { node, source }: VariableSource, role: AnyRole | undefined, report: Report): void {
  if (role === undefined) return;
  const schema = Object.hasOwn(role.vars, name) ? role.vars[name] : undefined;
  if (schema === undefined) {
    report(roleProblems['unknown-variable'](node.at, name, role.name, didYouMean(name, Object.keys(role.vars))));
    return;
  }
  for (const problem of validate(schema, subjectOf(node), { what: name, noun: 'key' })) {
    // `-e name=value` gives strings only: the other form is what helps.
    const typed = source === '-e' ? /^write (\w+): (.+)$/.exec(problem.advice ?? '') : null;
    report(typed ? { ...problem, advice: `write -e '{"${typed[1] ?? ''}": ${typed[2] ?? ''}}'` } : problem);
  }
}

function checkParameters(use: RoleUse, roles: ReadonlyMap<string, AnyRole>, report: Report): void {
  const role = roles.get(use.name);
  for (const [name, variable] of Object.entries(use.vars)) {
    const owner = [...roles.values()].find(other => Object.hasOwn(other.vars, name)) ?? role;
    checkVariable(name, variable, owner, report);
  }
}

/** What a play itself says, as far as its files could be read. */
function variablesOfPlay({ vars, varsFiles }: PlaySource): readonly VariableSources[] {
  return [vars, ...varsFiles.flatMap(file => (file.kind === 'read' ? [file.variables] : []))];
}

function checkRequired(play: PlaySource, hosts: readonly string[], { inventory, roles, extra }: RoleVariableCheck, report: Report): void {
  for (const use of play.roles) {
    for (const role of withRequired(use.name, roles)) {
      // A file that is found host by host may give any of them; compiling tells.
      if (play.varsFiles.some(file => file.kind === 'named')) continue;
      const sources: readonly VariableSources[] = [extra, use.vars, ...variablesOfPlay(play)];
      const isGiven = (name: string): boolean =>
        sources.some(variables => Object.hasOwn(variables, name)) || play.prompts.some(prompt => prompt.name === name);
      for (const name of role.required ?? []) {
        if (role.vars[name]?.default !== undefined || isGiven(name)) continue;
        const without = hosts.filter(host => !Object.hasOwn(inventory.hosts.get(host)?.variables ?? {}, name));
        if (without.length > 0) report(roleProblems['missing-variable'](use.at, role.name, name, inWords(without)));
      }
    }
  }
}

/** A role and those it requires, and they in turn. */
export function withRequired(name: string, roles: ReadonlyMap<string, AnyRole>): readonly AnyRole[] {
  const found = new Set<AnyRole>();
  const visit = (each: string): void => {
    const role = roles.get(each);
    if (role === undefined || found.has(role)) return;
    found.add(role);
    role.requires?.forEach(visit);
  };
  visit(name);
  return [...found];
}

function inWords(hosts: readonly string[]): string {
  const shown = hosts.slice(0, 3).join(', ');
  const rest = hosts.length > 3 ? ` and ${hosts.length - 3} more` : '';
  return `${hosts.length === 1 ? 'host' : 'hosts'} ${shown}${rest}`;
}
