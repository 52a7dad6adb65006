// What a command printed, as text.
import type { CommandResult } from '../../session/types.ts';

/** Both outputs of a command, and how it ended. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export function outputOf(result: CommandResult): Output {
  return { stdout: decode(result.stdout), stderr: decode(result.stderr), status: result.status };
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
