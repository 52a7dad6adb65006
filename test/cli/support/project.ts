// A project in a folder of its own: playbooks, inventories and roles that a test writes, gone afterwards.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runProgram, startProgram, type Ended, type Running } from './program.ts';

/** Content by path. */
export type Files = Readonly<Record<string, string>>;

/** A folder with files; the program runs in it. */
export class Project implements Disposable {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'tsplay-cli-')));

  constructor(files: Files = {}) {
    this.write(files);
  }

  /** The absolute path of a name in it. */
  path(name: string): string {
    return join(this.directory, name);
  }

  write(files: Files): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      // A private key that others may read is refused.
      writeFileSync(this.path(name), content, { mode: content.includes('PRIVATE KEY-----') ? 0o600 : 0o666 });
    }
  }

  has(name: string): boolean {
    return existsSync(this.path(name));
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  run(...args: readonly string[]): Promise<Ended> {
    return runProgram(this.directory, args);
  }

  /** The same where only the programs of one folder are found. */
  runOn(path: string, ...args: readonly string[]): Promise<Ended> {
    return startProgram(this.directory, args, { PATH: path }).ended;
  }

  /** Runs its `play.yml` on its `hosts.yml`; the playbook is told the folder as `where`. */
  runPlay(...args: readonly string[]): Promise<Ended> {
    return this.run('run', 'play.yml', '-i', 'hosts.yml', '-e', `where=${this.directory}`, ...args);
  }

  start(...args: readonly string[]): Running {
    return startProgram(this.directory, args);
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** An inventory of hosts that are this machine. */
export function localHosts(...names: readonly string[]): string {
  return `all:\n  vars: {connection: local}\n  hosts: {${names.map(name => `${name}: `).join(', ')}}\n`;
}
