// Which reporter a run gets: the one asked for, else a live tree on a terminal and plain lines everywhere else.
import { createJsonReporter } from './json.ts';
import { createJunitReporter } from './junit.ts';
import { createLiveReporter } from './live.ts';
import { createPlainReporter } from './plain.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/** What `--output` takes. */
export const OUTPUTS = ['plain', 'live', 'json', 'junit'] as const;
export type Output = (typeof OUTPUTS)[number];

const REPORTERS: Readonly<Record<Output, (options: ReporterOptions) => Reporter>> = {
  plain: createPlainReporter,
  live: createLiveReporter,
  json: createJsonReporter,
  junit: createJunitReporter,
};

/** The reporter for `--output`; undefined is "as fits". `live` without a terminal is answered with plain lines. */
export function chooseReporter(
  output: Output | undefined,
  options: ReporterOptions,
  env: Readonly<Record<string, string | undefined>>,
): Reporter {
  const isTerminal = options.stream.isTTY === true && env['TERM'] !== 'dumb';
  const fits: Output = isTerminal && env['CI'] === undefined ? 'live' : 'plain';
  const chosen = output ?? fits;
  return REPORTERS[chosen === 'live' && !isTerminal ? 'plain' : chosen](options);
}
