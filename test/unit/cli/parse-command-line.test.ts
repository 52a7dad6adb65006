import assert from 'node:assert/strict';
import { ANSIBLE_FLAGS } from '../../../src/cli/arguments/ansible-flags.ts';
import { parseCommandLine } from '../../../src/cli/arguments/parse-command-line.ts';
import type { CommandSpec } from '../../../src/cli/arguments/specs.ts';
import { COMMANDS } from '../../../src/cli/arguments/tables.ts';
import { EXIT, InputError } from '../../../src/errors/errors.ts';

const RUN_DEFAULTS = {
  kind: 'run',
  inventory: [],
  limit: undefined,
  from: undefined,
  retryFailed: undefined,
  extraVars: [],
  tags: [],
  skipTags: [],
  check: false,
  diff: false,
  exitCode: false,
  forceHandlers: false,
  prove: false,
  listTasks: false,
  oneByOne: false,
  profile: false,
  trace: undefined,
  listHosts: false,
  listTags: false,
  startAtTask: undefined,
  step: false,
  syntaxCheck: false,
  thorough: false,
  user: undefined,
  privateKey: undefined,
  connection: undefined,
  timeout: undefined,
  sshCommonArgs: undefined,
  sshExtraArgs: undefined,
  askPass: false,
  connectionPasswordFile: undefined,
  askBecomePass: false,
  becomeMethod: undefined,
  becomePasswordFile: undefined,
  become: false,
  becomeUser: undefined,
  waitLock: undefined,
  breakLock: false,
  forks: 50,
  output: undefined,
  color: 'auto',
  verbose: 0,
};

describe('cli/arguments', () => {
  const good: readonly (readonly [string, object])[] = [
    ['', { kind: 'help', about: undefined }],
    ['--help', { kind: 'help', about: undefined }],
    ['--version', { kind: 'version' }],
    ['help run', { kind: 'help', about: 'run' }],
    ['help lab up', { kind: 'help', about: 'lab up' }],
    ['run --help', { kind: 'help', about: 'run' }],
    ['run --nonsense -h', { kind: 'help', about: 'run' }],
    ['lab', { kind: 'help', about: 'lab' }],
    ['run a.yml', { ...RUN_DEFAULTS, operands: ['a.yml'] }],
    ['run a.yml b.yml -i prod -i lab', { ...RUN_DEFAULTS, inventory: ['prod', 'lab'], operands: ['a.yml', 'b.yml'] }],
    ['run -CD a.yml -vv --verbose', { ...RUN_DEFAULTS, check: true, diff: true, verbose: 3, operands: ['a.yml'] }],
    ['run a.yml -t x,y --tags z --skip-tags slow', { ...RUN_DEFAULTS, tags: ['x', 'y', 'z'], skipTags: ['slow'], operands: ['a.yml'] }],
    ['run a.yml -e a=1,2 -e {"b":1}', { ...RUN_DEFAULTS, extraVars: ['a=1,2', '{"b":1}'], operands: ['a.yml'] }],
    [
      'run a.yml -i n1,n2, -l !n1 -f10 --output=json --color never',
      { ...RUN_DEFAULTS, inventory: ['n1,n2,'], limit: '!n1', forks: 10, output: 'json', color: 'never', operands: ['a.yml'] },
    ],
    ['run a.yml --limit=-x', { ...RUN_DEFAULTS, limit: '-x', operands: ['a.yml'] }],
    [
      'run a.yml -u root --private-key k -b --become-user db',
      { ...RUN_DEFAULTS, user: 'root', privateKey: 'k', become: true, becomeUser: 'db', operands: ['a.yml'] },
    ],
    [
      'run a.yml -uroot -bK -vvv -c ssh -T 7 --key-file=k -l @file -e @file',
      {
        ...RUN_DEFAULTS,
        user: 'root',
        become: true,
        askBecomePass: true,
        verbose: 3,
        connection: 'ssh',
        timeout: 7,
        privateKey: 'k',
        limit: '@file',
        extraVars: ['@file'],
        operands: ['a.yml'],
      },
    ],
    [
      'run a.yml -b -K --become-pass-file=b --conn-pass-file c --subset n1 --inventory-file prod -i lab --user=me --timeout=3 --connection=local',
      {
        ...RUN_DEFAULTS,
        become: true,
        askBecomePass: true,
        becomePasswordFile: 'b',
        connectionPasswordFile: 'c',
        limit: 'n1',
        inventory: ['prod', 'lab'],
        user: 'me',
        timeout: 3,
        connection: 'local',
        operands: ['a.yml'],
      },
    ],
    ['run a.yml --ssh-common-args=-C', { ...RUN_DEFAULTS, sshCommonArgs: '-C', operands: ['a.yml'] }],
    ['run --retry-failed a.yml', { ...RUN_DEFAULTS, retryFailed: 'last', operands: ['a.yml'] }],
    ['run a.yml --retry-failed=3f2a', { ...RUN_DEFAULTS, retryFailed: '3f2a', operands: ['a.yml'] }],
    ['runs', { kind: 'runs' }],
    ['run a.yml -kK', { ...RUN_DEFAULTS, askPass: true, askBecomePass: true, operands: ['a.yml'] }],
    [
      'inventory -i prod --host n1',
      { kind: 'inventory', inventory: ['prod'], limit: undefined, extraVars: [], list: false, host: 'n1', why: undefined, operands: [] },
    ],
    ['docs', { kind: 'docs', operands: [] }],
    ['lint a.yml -i prod', { kind: 'lint', inventory: ['prod'], extraVars: [], operands: ['a.yml'] }],
    ['doctor', { kind: 'doctor' }],
    ['lab up a.yml -i lab', { kind: 'lab up', inventory: ['lab'], operands: ['a.yml'] }],
    ['lab ssh n1 -i lab -- ls -la', { kind: 'lab ssh', inventory: ['lab'], operands: ['n1'], rest: ['ls', '-la'] }],
  ];
  for (const [line, command] of good) {
    it(`reads: tsplay ${line}`, () => {
      const parsed = parseCommandLine(line === '' ? [] : line.split(' '));
      assert.deepEqual(parsed, command);
      for (const part of [parsed, ...Object.values<unknown>({ ...parsed })]) assert.ok(Object.isFrozen(part));
    });
  }

  it('takes words that begin with a dash for a value where they hold a blank', () => {
    const parsed = parseCommandLine(['run', 'a.yml', '--ssh-common-args', '-o ProxyJump=outer', '--ssh-extra-args', '-i k']);
    assert.deepEqual(parsed, { ...RUN_DEFAULTS, sshCommonArgs: '-o ProxyJump=outer', sshExtraArgs: '-i k', operands: ['a.yml'] });
  });

  const bad: readonly (readonly [string, string])[] = [
    ['run', 'tsplay run needs a PLAYBOOK, tsplay run --help shows how'],
    ['run a.yml --chek', 'unknown option --chek of tsplay run, did you mean "--check"?'],
    ['run a.yml -z', 'unknown option -z of tsplay run, tsplay run --help lists them'],
    ['run a.yml -l --check', '--limit needs a value, got "--check", write --limit=PATTERN'],
    ['run a.yml --limit', '--limit needs a value, write --limit=PATTERN'],
    ['run a.yml --check=yes', '--check takes no value, got "yes", write --check'],
    ['run a.yml --retry-failed=', '--retry-failed needs a value, write --retry-failed=RUN'],
    ['run a.yml --retry-failed -l n1', '--retry-failed and --limit both say which hosts, give one of them'],
    ['run a.yml --forks 0', '--forks takes a whole number from 1, got "0"'],
    ['run a.yml -T soon', '--timeout takes a whole number from 1, got "soon"'],
    ['run a.yml -c lokal', '--connection is one of ssh, ssh2, openssh, local, got "lokal", did you mean "local"?'],
    ['run a.yml --ssh-common-args -C', '--ssh-common-args needs a value, got "-C", write --ssh-common-args=ARGS'],
    ['run a.yml --key-file', '--private-key needs a value, write --private-key=FILE'],
    ['run a.yml -J', '-J of Ansible is not an option of tsplay run, encrypted variables are not read yet'],
    ['run a.yml --output jsn', '--output is one of plain, live, json, junit, got "jsn", did you mean "json"?'],
    ['run a.yml --exit-code', '--exit-code says whether a check found changes, add --check'],
    ['run a.yml -- b.yml', 'tsplay run takes nothing after --, got b.yml'],
    ['run a.yml --ask-vault-pass', '--ask-vault-pass of Ansible is not an option of tsplay run, encrypted variables are not read yet'],
    [
      'run a.yml --forks many --tgas x',
      'unknown option --tgas of tsplay run, did you mean "--tags"?\n--forks takes a whole number from 1, got "many"',
    ],
    ['verify a.yml b.yml', 'tsplay verify takes one PLAYBOOK, got "b.yml", tsplay verify --help shows how'],
    ['doctor now', 'tsplay doctor takes options only, got "now", tsplay doctor --help shows how'],
    ['inventory --list --host n1', '--list and --host are two questions, give one of them'],
    ['rnu a.yml', 'unknown command "rnu", did you mean "run"?'],
    ['frobnicate', 'unknown command "frobnicate", tsplay --help lists the commands'],
    ['ansible-playbook a.yml', 'unknown command "ansible-playbook", write tsplay run PLAYBOOK'],
    ['a.yml -i prod', 'a.yml is a playbook, not a command, write tsplay run a.yml -i prod'],
    ['-i prod run a.yml', 'the command comes first, got -i, write tsplay run PLAYBOOK and the options after it'],
    ['lab upp', 'tsplay lab does not know "upp", did you mean "up"?'],
    ['lab explode', 'tsplay lab does not know "explode", it does up, down, status, ssh'],
    ['help rnu', 'unknown command "rnu", did you mean "run"?'],
  ];
  for (const [line, message] of bad) {
    it(`refuses: tsplay ${line}`, () => {
      assert.throws(
        () => parseCommandLine(line.split(' ')),
        (error: unknown) => {
          assert.ok(error instanceof InputError);
          assert.equal(error.message, message);
          assert.equal(error.exitCode, EXIT.usage);
          return true;
        },
      );
    });
  }

  it('has no flag twice, and answers no flag that it has', () => {
    for (const spec of Object.values(COMMANDS) as readonly CommandSpec[]) {
      const typed = spec.flags.flatMap(flag => [
        `--${flag.name}`,
        ...(flag.aliases ?? []).map(alias => `--${alias}`),
        ...(flag.short === undefined ? [] : [`-${flag.short}`]),
      ]);
      assert.equal(new Set(typed).size, typed.length, spec.name);
      for (const flag of typed) assert.ok(!ANSIBLE_FLAGS.has(flag), `${spec.name} ${flag}`);
    }
  });
});
