// `--output junit`: one XML document at the end, for CI servers. A play is a suite, a task on a host is a case.
import type { ExitCode } from '../errors/errors.ts';
import type { Event, TaskResult } from './events.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';
import { showValue } from './show-value.ts';
import { createWriter } from './writer.ts';

interface Suite {
  readonly name: string;
  readonly results: TaskResult[];
  /** What its run ended with; undefined while it has not. */
  exitCode: ExitCode | undefined;
}

/** Keeps what happened and writes one document when everything is over, however many playbooks that were. */
export function createJunitReporter(options: Pick<ReporterOptions, 'stream'>): Reporter {
  const writer = createWriter(options.stream);
  const suites: Suite[] = [];
  const names: string[] = [];
  let isWritten = false;
  const begin = (name: string): void => void suites.push({ name, results: [], exitCode: undefined });
  const write = (): void => {
    if (isWritten) return;
    isWritten = true;
    writer.line(renderJunit(names.join(' ') || 'tsplay', suites));
  };
  return {
    emit(event: Event) {
      if (event.kind === 'run-started') names.push(event.playbook);
      else if (event.kind === 'play-started') begin(event.play);
      else if (event.kind === 'task-result') {
        if (suites.length === 0) begin(names.at(-1) ?? 'tsplay');
        suites.at(-1)?.results.push(event);
      } else if (event.kind === 'run-finished') for (const suite of suites) suite.exitCode ??= event.exitCode;
    },
    async close() {
      write();
      await writer.flush();
    },
  };
}

function renderJunit(name: string, suites: readonly Suite[]): string {
  const all = suites.flatMap(suite => suite.results);
  const body = suites.flatMap(suite => [
    `  <testsuite name="${escape(suite.name)}" ${counts(suite.results)}>`,
    ...(suite.exitCode === undefined ? [] : [`    <properties><property name="exitCode" value="${suite.exitCode}"/></properties>`]),
    ...suite.results.map(renderCase),
    '  </testsuite>',
  ]);
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="${escape(name)}" ${counts(all)}>`, ...body, '</testsuites>'].join(
    '\n',
  );
}

function renderCase(result: TaskResult): string {
  const item = result.item === undefined ? '' : ` (${result.item})`;
  const file = result.task.at ? ` file="${escape(result.task.at.file)}" line="${result.task.at.line}"` : '';
  const open = `    <testcase classname="${escape(result.host)}" name="${escape(result.task.name + item)}"${file} time="${seconds(result.milliseconds)}"`;
  const inner = innerOf(result);
  return inner === '' ? `${open}/>` : `${open}>${inner}</testcase>`;
}

function innerOf(result: TaskResult): string {
  const message = escape(result.message ?? '');
  if (isFailure(result)) return `<failure type="${result.status}" message="${message}"/>`;
  if (result.status === 'skipped' || result.status === 'unknown') return `<skipped message="${message}"/>`;
  const changes = result.changes.map(change => `${change.attribute}: ${showValue(change.from)} → ${showValue(change.to)}`);
  return changes.length === 0 ? '' : `<system-out>${escape(changes.join('\n'))}</system-out>`;
}

function counts(results: readonly TaskResult[]): string {
  const failures = results.filter(isFailure).length;
  const skipped = results.filter(({ status }) => status === 'skipped' || status === 'unknown').length;
  return `tests="${results.length}" failures="${failures}" skipped="${skipped}" time="${seconds(results.reduce((sum, result) => sum + result.milliseconds, 0))}"`;
}

function isFailure(result: TaskResult): boolean {
  return (result.status === 'failed' || result.status === 'unreachable') && !result.ignored && result.rescued !== true;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Text for XML; what XML cannot hold at all is replaced. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"\n\r\t]|[^\P{Cc}\n\r\t]|[\uFFFE\uFFFF]/gu, char => ENTITIES[char] ?? '\uFFFD');
}
