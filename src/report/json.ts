// `--output json`: one event a line, as it happens. Secrets are *** by type, unknowns `{"$unknown": [reasons]}`.
import type { Reporter, ReporterOptions } from './reporter.ts';
import { createWriter } from './writer.ts';

/** The version of the lines; stands in the first one. Raised when a field changes its meaning or goes away. */
export const EVENT_SCHEMA = 'tsplay.events/1';

/** Writes each event as a line of JSON. */
export function createJsonReporter(options: Pick<ReporterOptions, 'stream'>): Reporter {
  const writer = createWriter(options.stream);
  let isFirst = true;
  return {
    emit(event) {
      writer.line(JSON.stringify(isFirst ? { schema: EVENT_SCHEMA, ...event } : event));
      isFirst = false;
    },
    close: () => writer.flush(),
  };
}
