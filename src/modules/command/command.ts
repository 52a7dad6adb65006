// Module `command`: a program of the author's, run as it is unless something says that there is no need.
import { execArgv } from '../../facts/command/exec-argv.ts';
import { commandOutput } from '../../facts/command/output.ts';
import { commandProbe } from '../../facts/command/probe.ts';
import { fileNode, NO_NODE } from '../../facts/file/node.ts';
import type { FileNode } from '../../facts/file/node.ts';
import { resource } from '../../facts/resource.ts';
import type { Resource } from '../../facts/resource.ts';
import type { FactSet } from '../../facts/contract.ts';
import type { Infer, ObjectSchema } from '../../schema/schema.ts';
import { quote } from '../../util/shell.ts';
import { unknown } from '../../util/unknown.ts';
import { run } from '../actions.ts';
import { defineModule } from '../contract.ts';
import type { Have } from '../contract.ts';
import { tidy } from '../file/paths.ts';
import { change } from '../steps.ts';
import type { Step } from '../steps.ts';

const ARGV = { type: 'array', items: { type: 'string' }, minItems: 1 } as const;

const params = {
  type: 'object',
  properties: {
    argv: { ...ARGV, description: 'the program and its arguments, one word each; no shell reads them' },
    creates: {
      type: 'string',
      kind: 'path',
      description: 'what it makes; where this is there, it is not run; a slash at the end says that it is a directory',
    },
    removes: { type: 'string', kind: 'path', description: 'what it takes away; where this is gone, it is not run' },
    unless: {
      ...ARGV,
      description: 'a program that changes nothing; where it succeeds, there is no need, and once the command has run it has to',
    },
    only_if: { ...ARGV, description: 'a program that changes nothing; where it fails, the command is not run' },
    check: {
      ...ARGV,
      description:
        'a program that changes nothing and prints what the command would: a dry run runs it instead, and takes its output for the command’s',
    },
    chdir: { type: 'string', kind: 'path', description: 'the directory it runs in' },
    environment: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      description: 'further variables of its environment; the place for secrets',
    },
    stdin: { type: 'string', description: 'what it reads; nothing when left out' },
    timeout: { type: 'integer', minimum: 1, default: 600, description: 'seconds until it is ended' },
    ok_statuses: {
      type: 'array',
      items: { type: 'integer', minimum: 0, maximum: 255 },
      minItems: 1,
      default: [0],
      description: 'exit statuses that count as success',
    },
    touches: {
      type: 'array',
      items: { type: 'string', kind: 'path' },
      description:
        'files and directories it may alter, with all below them; left out, it may alter anything, and a dry run says so of all that follows',
    },
  },
  required: ['argv'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

type Params = Infer<typeof params>;

const probeArguments = (p: Params, argv: readonly string[]) => ({
  argv,
  chdir: p.chdir,
  ...(Object.keys(p.environment).length > 0 && { environment: p.environment }),
});

const probeOf = (p: Params, argv: readonly string[]) => commandProbe(probeArguments(p, argv));

const facts = (p: Params) => ({
  creates: p.creates === undefined ? undefined : fileNode({ path: tidy(p.creates) }),
  removes: p.removes === undefined ? undefined : fileNode({ path: tidy(p.removes) }),
  unless: p.unless === undefined ? undefined : probeOf(p, p.unless),
  onlyIf: p.only_if === undefined ? undefined : probeOf(p, p.only_if),
});

type HaveNeed = Have<ReturnType<typeof facts>>;

/** Runs a program. Without creates, removes, unless or only_if it runs always. */
export const command = defineModule({
  name: 'command',
  summary: 'run a program, unless something says that there is no need',
  params,
  examples: [
    {
      title: 'once',
      yaml: 'name: make the index\ncommand:\n  cmd: /opt/search/bin/mkindex --all\n  creates: /var/lib/search/index\n',
    },
    {
      title: 'where a look says that it is needed',
      yaml: 'name: the module is loaded\ncommand:\n  argv: [modprobe, ip_vs]\n  unless: [test, -d, /sys/module/ip_vs]\n  touches: []\n',
    },
    {
      title: 'always, with a secret that shows nowhere',
      yaml: 'name: ask the cluster\ncommand:\n  cmd: redis-cli cluster info\n  environment:\n    REDISCLI_AUTH: "{{ redis_password }}"\n  touches: []\nregister: cluster\n',
    },
    {
      title: 'with an output that a dry run can know too',
      yaml: 'name: the version in use\ncommand:\n  cmd: /opt/search/bin/upgrade --print-version\n  check: /opt/search/bin/upgrade --dry-run --print-version\nregister: version\n',
    },
  ],
  facts,
  changes: (p, have): readonly Step[] => {
    if (reasonToRest(p, have) !== undefined) return [];
    const { argv, chdir, environment, stdin } = p;
    return [
      change('run', null, argv.map(quote).join(' '), {
        actions: [
          run(execArgv({ argv, chdir, environment: Object.keys(environment).length > 0 ? environment : undefined, stdin }), {
            timeout: p.timeout,
            accept: p.ok_statuses,
            ...(p.check !== undefined && { preview: commandOutput(probeArguments(p, p.check)) }),
          }),
        ],
        sets: promises(p),
        touches: disturbed(p),
      }),
    ];
  },
  disturbs: disturbed,
  runsOnly: true,
  // A goal is looked at again; a program that merely runs, or runs under a condition, has none.
  rounds: p => (p.creates === undefined && p.removes === undefined && p.unless === undefined ? 0 : 1),
  result: (_p, _have, ran) => {
    const output = ran.outputs[0];
    if (output === undefined) return { ran: false, stdout: '', stdout_lines: [], stderr: '', status: 0 };
    const { stdout, stderr, status } = output;
    return { ran: true, stdout, stdout_lines: linesOf(stdout), stderr, status };
  },
  says: (p, have, ran) => (ran.outputs.length > 0 ? undefined : reasonToRest(p, have)),
});

/** Why it need not run, in words; undefined when it has to. */
function reasonToRest(p: Params, have: HaveNeed): string | undefined {
  if (have.creates !== undefined && have.creates.kind !== 'absent') return `${p.creates ?? ''} is there`;
  if (have.removes?.kind === 'absent') return `${p.removes ?? ''} is gone`;
  if (have.onlyIf !== undefined && have.onlyIf.status !== 0) return `only_if ended with status ${have.onlyIf.status}`;
  return have.unless?.status === 0 ? 'unless succeeds' : undefined;
}

function promises(p: Params): readonly FactSet[] {
  const told = `the command ${quote(p.argv[0] ?? '')} does as its task says`;
  return [
    ...(p.creates === undefined
      ? []
      : [fileNode({ path: tidy(p.creates) }).becomes(nodeMade(p.creates), `${told}: it makes ${p.creates}`)]),
    ...(p.removes === undefined ? [] : [fileNode({ path: tidy(p.removes) }).becomes(NO_NODE, `${told}: it takes ${p.removes} away`)]),
    ...(p.unless === undefined ? [] : [probeOf(p, p.unless).becomes({ status: 0 }, `${told}: afterwards unless succeeds`)]),
  ];
}

/** Only a slash at its end tells what it will be. */
function nodeMade(path: string): FileNode {
  const later = unknown(`what ${path} is shows once the command has made it`) as never;
  return { kind: path.endsWith('/') ? 'directory' : later, owner: later, group: later, mode: later, size: later, target: later };
}

function disturbed(p: Params): readonly Resource[] {
  if (p.touches === undefined) return [resource.anything];
  const paths = [...p.touches, ...[p.creates, p.removes].filter(path => path !== undefined)];
  return [...new Set(paths.map(tidy))].map(resource.tree);
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
