// What was measured, as the Markdown that is printed and kept in RESULTS.md.
import { plural } from '../src/report/plural.ts';
import { roundTripsOf, spreadOf, type Sample } from './figures.ts';
import { judgeGoals, ROUND_TRIP } from './goals.ts';
import { PARTS, PROGRAM_NAMES, PROGRAMS, type Part } from './programs.ts';
import type { Absence } from './peers.ts';
import type { Effort } from './warm-up.ts';

/** All that a bench has found out. */
export interface Findings {
  readonly machine: string;
  readonly commit: string;
  readonly date: string;
  readonly rounds: number;
  readonly hosts: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly samples: readonly Sample[];
  readonly efforts: readonly Effort[];
  readonly absences: readonly Absence[];
}

const TITLES: Readonly<Record<Part, string>> = {
  first: 'First run: nothing is there yet',
  converged: 'Nothing left to do',
  proxied: `Nothing left to do, through a proxy ${ROUND_TRIP / 2} ms away`,
};

/** The whole page. */
export function pageOf(findings: Findings): string {
  const { machine, commit, date, rounds, hosts, versions } = findings;
  const lists = [
    ['Left out', findings.absences.map(({ program, why }) => `${PROGRAMS[program].title}: ${why}`)],
    ['Runs that do not count', failureLines(findings.samples)],
  ] as const;
  return [
    '# The speed bench',
    '',
    `Written by \`npm run bench\` on ${date}: 62 tasks on ${plural(hosts, 'host')} of the lab, ${plural(rounds, 'round')}, all programs in turn in each, every run`,
    'a process of its own without an open connection. Times are medians, from spawn to exit. Compare within a page only.',
    '',
    `- machine: ${machine}`,
    `- versions: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}`,
    `- commit: ${commit}`,
    '',
    '## Goals',
    '',
    goalTable(findings.samples),
    '',
    `Connecting is what ${PROGRAMS.connect.title} takes, without the one round trip of the task.`,
    ...PARTS.filter(part => findings.samples.some(sample => sample.part === part)).flatMap(part => [
      '',
      `## ${TITLES[part]}`,
      '',
      partTable(findings.samples, part),
    ]),
    '',
    '## What the controller gives',
    '',
    'One converged run each: the memory of the largest process, and the processor time of all of them.',
    '',
    effortTable(findings.efforts),
    ...lists.flatMap(([title, lines]) => (lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines.map(line => `- ${line}`)])),
    '',
  ].join('\n');
}

function goalTable(samples: readonly Sample[]): string {
  const rows = judgeGoals(samples).map(({ what, bound, reached, isMet }) => [
    what,
    bound,
    number(reached, 2),
    reached === undefined ? 'not measured' : isMet ? 'met' : '**missed**',
  ]);
  return table(['goal', 'bound', 'measured', ''], rows);
}

function partTable(samples: readonly Sample[], part: Part): string {
  const own = spreadOf(samples, part, 'tsplay')?.median;
  const rows = PROGRAM_NAMES.flatMap(program => {
    const all = samples.filter(sample => sample.part === part && sample.program === program);
    if (all.length === 0) return [];
    const spread = spreadOf(samples, part, program);
    const bad = all.filter(sample => sample.failure !== undefined).length;
    return [
      [
        PROGRAMS[program].title,
        seconds(spread?.median),
        `${seconds(spread?.least)} to ${seconds(spread?.most)}`,
        spread && own !== undefined ? number(spread.median / own, 2) : '–',
        ...(part === 'proxied' ? [number(roundTripsOf(samples, program), 0), frames(all)] : []),
        bad === 0 ? '' : `${bad} of ${all.length}`,
      ],
    ];
  });
  const more = part === 'proxied' ? ['round trips on the wire', 'frames of tsplay, all hosts'] : [];
  return table(['program', 'median', 'range', '× tsplay', ...more, 'failed'], rows);
}

function effortTable(efforts: readonly Effort[]): string {
  return table(
    ['program', 'peak memory', 'processor'],
    efforts.map(({ program, peakMegabytes, processorMilliseconds }) => [
      PROGRAMS[program].title,
      `${peakMegabytes.toFixed(0)} MiB`,
      seconds(processorMilliseconds),
    ]),
  );
}

function failureLines(samples: readonly Sample[]): readonly string[] {
  return samples.flatMap(({ part, program, round, failure }) =>
    failure === undefined ? [] : [`${PROGRAMS[program].title}, ${TITLES[part].toLowerCase()}, round ${round}: ${failure}`],
  );
}

function frames(samples: readonly Sample[]): string {
  return [...new Set(samples.flatMap(sample => sample.frames ?? []))].join(', ');
}

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '–' : `${number(milliseconds / 1000, milliseconds < 9_995 ? 3 : 1)} s`;
}

function number(value: number | undefined, digits: number): string {
  return value === undefined ? '–' : value.toFixed(digits);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
