// The text of a file in /etc/cron.d: one job with its environment, as cron reads it.

/** A job as it should be. */
export interface CronJob {
  /** Five fields, or a word such as `@daily`. */
  readonly when: string;
  readonly user: string;
  /** As a shell would take it. */
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Bytes cron takes for a command. */
const COMMAND_LIMIT = 990;

/** The file. cron takes a percent sign for a line end and a backslash away before one, so both are escaped. */
export function formatJob({ when, user, command, environment }: CronJob): string {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
  return ['# Kept by tsplay: what is changed here by hand is put back.', ...lines, `${when} ${user} ${escaped(command)}`, ''].join('\n');
}

/** What of a job cannot be written down, in words; no value shows in them. */
export function jobProblem({ command, environment }: CronJob): string | undefined {
  if (/[\n\r]/.test(command)) return 'the command of a cron job is one line; put more into a script, and name that';
  if (command.trim() === '') return 'the command of a cron job is empty; give one, or say state: absent';
  if (Buffer.byteLength(escaped(command)) > COMMAND_LIMIT)
    return `the command of a cron job is longer than cron takes (${COMMAND_LIMIT} bytes); put it into a script, and name that`;
  for (const [name, value] of Object.entries(environment)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return `${JSON.stringify(name)} is no name of a variable; use letters, digits and _`;
    if (/[\n\r]/.test(value)) return `the value of ${name} has more than one line, and cron takes one; put it into a script`;
    if (value.includes('"') && value.includes("'"))
      return `the value of ${name} has both kinds of quotes, and cron takes one; put it into a script`;
  }
  return undefined;
}

function escaped(command: string): string {
  return command.trim().replace(/[\\%]/g, '\\$&');
}

/** cron takes the outer quotes away, and knows no escapes within. */
function quoted(value: string): string {
  const mark = value.includes('"') ? "'" : '"';
  return `${mark}${value}${mark}`;
}
