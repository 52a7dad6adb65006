// The parameters of `command`: a line, short or as `cmd`, becomes argv while it is still text.
import { validate } from '../schema/validate.ts';
import { commandProblems } from './messages/playbook.ts';
import { watchReport, type Report } from './report.ts';
import { splitCommand } from './split-command.ts';
import { subjectOf } from './yaml-subject.ts';
import { getEntry, type YamlEntry, type YamlMap, type YamlNode, type YamlScalar } from './yaml/node.ts';

/** `command: echo hi` as a map; other forms as they are. */
export function fromShortForm(node: YamlNode | undefined): YamlNode | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return node;
  return { kind: 'map', at: node.at, entries: [{ key: 'cmd', keyAt: node.at, value: node }] };
}

/** Parameters with `cmd` split into `argv`; undefined when something is wrong with it, which is reported. */
export function splitCmd(params: YamlMap, report: Report): YamlMap | undefined {
  const cmd = getEntry(params, 'cmd');
  const argv = getEntry(params, 'argv');
  if (cmd && argv) report(commandProblems.both(argv.keyAt));
  else if (cmd === undefined && argv === undefined) report(commandProblems.neither(params.at));
  else if (cmd === undefined) return params;
  else {
    const entry = argvFrom(cmd, report);
    if (entry) return Object.freeze({ ...params, entries: params.entries.map(other => (other === cmd ? entry : other)) });
  }
  return undefined;
}

function argvFrom({ keyAt, value }: YamlEntry, report: Report): YamlEntry | undefined {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') {
    validate({ type: 'string' }, subjectOf(value), { what: 'cmd', noun: 'key' }).forEach(report);
    return undefined;
  }
  const watched = watchReport(report);
  const words = splitCommand(value.value, value.at, watched.report);
  if (watched.isSound() && words.length === 0) report(commandProblems.empty(value.at));
  if (!watched.isSound() || words.length === 0) return undefined;
  const items = words.map(({ text, at }): YamlScalar => Object.freeze({ kind: 'scalar', value: text, text, style: 'quoted', at }));
  return Object.freeze({ key: 'argv', keyAt, value: Object.freeze({ kind: 'list', items: Object.freeze(items), at: value.at }) });
}
