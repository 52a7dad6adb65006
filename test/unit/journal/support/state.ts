// A folder for what is kept on the controller, in place of that of whoever runs the tests.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** While it is there, the journal is in it. */
export class State implements Disposable {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'tsplay-state-')));
  readonly #before = process.env['XDG_STATE_HOME'];

  constructor() {
    process.env['XDG_STATE_HOME'] = this.directory;
  }

  /** Where the files of runs are. */
  get runs(): string {
    return join(this.directory, 'tsplay', 'runs');
  }

  [Symbol.dispose](): void {
    if (this.#before === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = this.#before;
    rmSync(this.directory, { recursive: true, force: true });
  }
}
