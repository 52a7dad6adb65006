// The files that are mutated, each with the runs that read it.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileRequest, type RunRequest } from '../../src/cli/compile-request.ts';
import { unlockedConnections } from '../../src/cli/unlocked-connections.ts';
import type { Program } from '../../src/program/types.ts';
import { becomingOf } from '../../src/schedule/hosts/becoming.ts';
import { copyKeywords } from '../keywords/files.ts';
import { projectRoot } from '../support/project-root.ts';

/** A playbook on an inventory. */
interface Pair {
  readonly playbook: string;
  readonly inventory: string;
}

const LAB: readonly Pair[] = ['kafka', 'kafka-upgrade', 'zookeeper', 'zookeeper-upgrade'].map(name => ({
  playbook: `playbooks/${name}.yml`,
  inventory: 'lab',
}));

const PAIRS: readonly Pair[] = [
  ...LAB,
  { playbook: 'playbooks/kafka-kraft.yml', inventory: 'lab-kraft' },
  { playbook: 'playbooks/zookeeper.yml', inventory: 'lab39' },
  { playbook: 'playbooks/kafka.yml', inventory: 'lvskafka' },
  { playbook: 'playbooks/zookeeper.yml', inventory: 'hadoop' },
  { playbook: 'playbooks/kafka.yml', inventory: 'prod' },
  { playbook: 'bench/62-tasks.yml', inventory: 'n1,n2,' },
  { playbook: 'test/peers/dependent-tasks.tsplay.yml', inventory: 'tsplay,' },
  { playbook: 'test/peers/unmet-tasks.tsplay.yml', inventory: 'tsplay,' },
  { playbook: 'test/keywords/every-keyword.yml', inventory: 'test/keywords/hosts.yml' },
];

/** A file, and what is run to see what becomes of a fault in it. */
export interface Subject extends Pair {
  /** Relative to the project. */
  readonly file: string;
  readonly text: string;
}

/** The project's example files in a folder of their own, so that they can be broken. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tsplay-mutations-'));

  constructor() {
    for (const name of ['playbooks', 'inventories', 'bench', 'test/peers'])
      cpSync(join(projectRoot(), name), join(this.#folder, name), { recursive: true, filter: source => !source.endsWith('.ts') });
    copyKeywords(join(this.#folder, 'test', 'keywords'));
  }

  /** Every file of every pair: a playbook with what it is made of, and the files of an inventory. */
  subjects(): readonly Subject[] {
    return PAIRS.flatMap(pair =>
      this.#filesOf(pair).map(file => ({ ...pair, file, text: readFileSync(join(this.#folder, file), 'utf8') })),
    );
  }

  #filesOf({ playbook, inventory }: Pair): readonly string[] {
    const folder = `inventories/${inventory}`;
    const ofInventory = inventory.includes(',') ? [] : inventory.endsWith('.yml') ? [inventory] : this.#yamlIn(folder);
    const beside = playbook.startsWith('test/keywords') ? this.#yamlIn('test/keywords') : [playbook];
    return [...new Set([...beside, ...ofInventory])];
  }

  #yamlIn(folder: string): readonly string[] {
    const names = readdirSync(join(this.#folder, folder), { recursive: true }) as string[];
    return names
      .filter(name => name.endsWith('.yml'))
      .sort()
      .map(name => `${folder}/${name}`);
  }

  /** Loads and compiles with another text in a file, as far as a run comes before it connects. */
  async compile({ playbook, inventory, file }: Subject, text: string): Promise<Program> {
    const request: RunRequest = {
      playbook,
      inventory,
      extraVars: ['known_key', 'app_name', 'tree', 'tree_checksum', 'release', 'release_checksum'].map(name => `${name}=x`),
      tags: { only: [], skip: [] },
      mode: 'run',
      forks: 5,
      diff: false,
      prove: false,
      connection: {},
      cwd: this.#folder,
    };
    const path = join(this.#folder, file);
    const before = readFileSync(path);
    writeFileSync(path, text);
    try {
      const { program } = await compileRequest(request);
      becomingOf(program, await unlockedConnections(program, request, undefined));
      return program;
    } finally {
      writeFileSync(path, before);
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
