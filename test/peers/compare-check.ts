// `npm run compare:check`: the dependent tasks in Ansible and in tsplay, each on a fresh host, first checked and then run; docs/check-mode.md keeps it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installNeeds } from '../../src/lab/install-needs.ts';
import { projectRoot } from '../support/project-root.ts';
import { prepareAnsible, runAnsible } from './ansible.ts';
import { ansibleModules, pairUp, taskNames, type Pair, type Witness } from './pair.ts';
import { playbookText, startPeersLab, type PeersLab } from './peers-lab.ts';
import { countTable, taskTable, wordTable } from './table.ts';
import { tsplayModules, tsplayOutcomes } from './tsplay.ts';

const PAGE = join(projectRoot(), 'docs', 'check-mode.md');
const [BEGIN, END] = ['<!-- compare:check -->', '<!-- /compare:check -->'] as const;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function askAnsible(peers: PeersLab, playbook: string): Promise<Witness> {
  const file = `${playbook}.ansible.yml`;
  const check = await runAnsible(peers, 'ansible', file, true);
  say(`Ansible has checked ${playbook}`);
  const run = await runAnsible(peers, 'ansible', file, false);
  say(`Ansible has run ${playbook}`);
  return { modules: ansibleModules(file), check, run };
}

async function askTsplay({ lab }: PeersLab, playbook: string): Promise<Witness> {
  const text = playbookText(`${playbook}.tsplay.yml`);
  const check = await lab.play('check', text);
  say(`tsplay has checked ${playbook}`);
  const run = await lab.play('run', text);
  say(`tsplay has run ${playbook}`);
  return { modules: tsplayModules(check), check: tsplayOutcomes(check), run: tsplayOutcomes(run) };
}

/** The hosts are fresh for `dependent-tasks`; what `unmet-tasks` needs, they do not make. */
async function compare(peers: PeersLab, playbook: string): Promise<readonly Pair[]> {
  const ansible = await askAnsible(peers, playbook);
  const tsplay = await askTsplay(peers, playbook);
  return pairUp(taskNames(`${playbook}.tsplay.yml`), ansible, tsplay);
}

function pageOf(version: string, dependent: readonly Pair[], unmet: readonly Pair[]): string {
  const { version: own } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { readonly version: string };
  const numbered = dependent.filter(({ task }) => /^\d/.test(task));
  const others = dependent.filter(({ task }) => !/^\d/.test(task));
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${version}, tsplay ${own}, Debian 12 hosts, by \`npm run compare:check\`.`,
    `## ${numbered.length} tasks that depend on earlier ones`,
    countTable(numbered),
    taskTable(numbered),
    `The ${others.length} tasks without a number, which make what these need:`,
    countTable(others),
    '## Tasks that need what nobody provides',
    'Here the run fails, so a true check fails too.',
    countTable(unmet),
    taskTable(unmet),
    '## In their own words',
    wordTable([...dependent, ...unmet]),
  ].join('\n\n');
}

await installNeeds(say, ['hosts', 'peers']);
await using peers = await startPeersLab(['ansible', 'tsplay']);
const version = await prepareAnsible(peers, 'ansible');
const dependent = await compare(peers, 'dependent-tasks');
const unmet = await compare(peers, 'unmet-tasks');
const tables = pageOf(version, dependent, unmet);
const page = readFileSync(PAGE, 'utf8');
const [head = '', tail = ''] = [page.split(BEGIN)[0], page.split(END)[1]];
writeFileSync(PAGE, `${head}${BEGIN}\n\n${tables}\n\n${END}${tail}`);
process.stdout.write(`${tables}\n`);
