// Module `cron`: a job of the host's cron, in a file of its own.
import { userAccount } from '../../facts/account.ts';
import { fileDigest } from '../../facts/file/digest.ts';
import { fileNode, NO_NODE } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { resource } from '../../facts/resource.ts';
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { reveal, Secret, secret } from '../../util/secret.ts';
import { sh } from '../../util/shell.ts';
import { ACCOUNT_NAME } from '../account/account-name.ts';
import { run } from '../actions.ts';
import { defineModule } from '../contract.ts';
import { fileChanges, fileFacts } from '../file/write-file.ts';
import { change, unmet } from '../steps.ts';
import type { Step } from '../steps.ts';
import { formatJob, jobProblem } from './crontab.ts';
import type { CronJob } from './crontab.ts';

const DIRECTORY = '/etc/cron.d';
const FIELDS = ['minute', 'hour', 'day', 'month', 'weekday'] as const;
const field = (what: string) => ({ type: ['string', 'number'], description: `${what}; left out: every one` }) as const;

const params = {
  type: 'object',
  properties: {
    name: {
      type: 'string',
      // cron passes over names with a dot in them.
      pattern: '^[A-Za-z0-9_][A-Za-z0-9_-]*$',
      description: `the name of the file in ${DIRECTORY}: letters, digits, dashes and underscores`,
    },
    minute: field('0 to 59, *, */5, 1,31 or 10-20'),
    hour: field('0 to 23'),
    day: field('day of the month, 1 to 31'),
    month: field('1 to 12, or jan to dec'),
    weekday: field('0 to 7 (0 and 7 are Sunday), or mon to sun'),
    special: {
      type: 'string',
      enum: ['@reboot', '@hourly', '@daily', '@weekly', '@monthly', '@yearly'],
      description: 'a time with a name, instead of the five fields',
    },
    user: { ...ACCOUNT_NAME, default: 'root', description: 'whom it runs as' },
    command: { type: 'string', description: 'the command, one line as a shell takes it; percent signs need no backslash here' },
    environment: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      description: 'variables of its environment, PATH and MAILTO among them; with a secret in it, only root may read the file',
    },
    state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether the job is to be there' },
  },
  required: ['name'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

type Params = Infer<typeof params>;

const fileOf = (p: Params) => ({ path: `${DIRECTORY}/${p.name}`, owner: 'root', group: 'root' });

/** Keeps one job. */
export const cron = defineModule({
  name: 'cron',
  summary: `keep a job of cron, in a file of its own in ${DIRECTORY}`,
  params,
  examples: [
    {
      title: 'every night',
      yaml: 'name: back up at night\ncron:\n  name: backup\n  minute: 30\n  hour: 2\n  user: backup\n  command: /usr/local/bin/backup --to "/srv/$(date +%F)"\n',
    },
    {
      title: 'at a time with a name',
      yaml: 'name: tidy up\ncron:\n  name: tidy\n  special: "@daily"\n  command: find /srv/spool -mtime +7 -delete\n',
    },
    { title: 'a job that must be gone', yaml: 'name: no old job\ncron:\n  name: old-backup\n  state: absent\n' },
  ],
  facts: p => ({ ...fileFacts(fileOf(p)), user: p.state === 'absent' ? undefined : userAccount({ name: p.user }) }),
  changes: (p, have): readonly Step[] => {
    const { path } = fileOf(p);
    if (p.state === 'absent') return have.node.kind === 'absent' ? [] : removal(path, have.node.kind);
    const when = timeOf(p);
    if (when === undefined || p.command === undefined)
      return [unmet('cron needs "command", and either "special" or some of minute, hour, day, month and weekday')];
    const isSecret = [p.command, ...Object.values(p.environment)].some(text => (text as unknown) instanceof Secret);
    const environment = Object.fromEntries(Object.entries(p.environment).map(([name, value]) => [name, reveal(value)]));
    const job: CronJob = { when, user: p.user, command: reveal(p.command), environment };
    const problem = badTime(p) ?? jobProblem(job);
    if (problem !== undefined) return [unmet(problem)];
    if (have.user?.exists === false) return [unmet(`no user "${p.user}" on the host; create it first, with user`)];
    if (have.parent.kind === 'absent') return [unmet(`the host has no ${DIRECTORY}; install cron first, with package`)];
    const wanted = { ...fileOf(p), mode: isSecret ? '0600' : '0644', validate: undefined, backup: false, replaceLink: false };
    return fileChanges(wanted, isSecret ? secret(formatJob(job)) : formatJob(job), have);
  },
  result: p => ({ path: fileOf(p).path }),
});

function removal(path: string, kind: string): readonly Step[] {
  if (kind === 'directory') return [unmet(`${path} is a directory, not a job; remove it with file.absent`)];
  return [
    change('state', 'present', 'absent', {
      actions: [run(sh`rm -f -- ${path}`)],
      sets: [fileNode({ path }).becomes(NO_NODE), fileDigest({ path }).becomes(''), fileText({ path }).becomes('')],
      touches: [resource.path(path)],
    }),
  ];
}

/** The time as cron writes it; undefined when none or two are given. */
function timeOf(p: Params): string | undefined {
  const given = FIELDS.some(name => p[name] !== undefined);
  if (given === (p.special !== undefined)) return undefined;
  return p.special ?? FIELDS.map(name => fieldText(p[name] ?? '*')).join(' ');
}

function badTime(p: Params): string | undefined {
  const wrong = FIELDS.find(name => p[name] !== undefined && !/^[0-9A-Za-z*,/~-]+$/.test(fieldText(p[name])));
  if (wrong === undefined) return undefined;
  return `${wrong} "${fieldText(p[wrong])}" is no time cron reads; use numbers, *, ranges (1-5), lists (1,3) and steps (*/10)`;
}

/** A field as it was written: the schema lets texts and numbers through. */
function fieldText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
