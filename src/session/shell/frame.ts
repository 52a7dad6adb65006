// A frame on its way to the host: the commands as one length-checked piece of sh, calling what shell-loop.ts defines there.
import type { Command } from '../types.ts';

/**
 * One frame as the loop reads it: a line `sequence lines bytes`, then that many bytes of sh in that many lines.
 * Each command is one call of `_ts_run`: whether it waits for the guards, its guards, its script, and its standard input as `printf %b` takes it.
 * @throws TypeError for a script or a variable that a shell cannot hold
 */
export function encodeFrame(sequence: number, commands: readonly Command[]): Buffer {
  const body = Buffer.from(commands.map(encodeCommand).join(''));
  return Buffer.concat([Buffer.from(`${sequence} ${countLines(body)} ${body.length}\n`), body]);
}

function encodeCommand(command: Command): string {
  const words = [command.onlyIfOk ? '1' : '0', quoteAlways(command.guards?.join(' ') ?? '-'), quoteAlways(withEnvironment(command))];
  if (command.stdin !== undefined) words.push(`'${encodeBytes(command.stdin)}'`);
  return `_ts_run ${words.join(' ')}\n`;
}

function withEnvironment({ env = {}, script }: Command): string {
  const exports = Object.entries(env).map(([name, value]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new TypeError(`${JSON.stringify(name)} is not the name of an environment variable`);
    return `export ${name}=${quoteAlways(value)}\n`;
  });
  return exports.join('') + script;
}

function quoteAlways(text: string): string {
  if (text.includes('\0')) throw new TypeError('a command cannot hold a NUL byte, give it as stdin');
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** How `printf %b` is told each byte, inside single quotes: as itself where that is safe in every sh, else in octal. */
const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const plain = byte === 10 || (byte >= 32 && byte < 127 && byte !== 39 && byte !== 92);
  return plain ? String.fromCharCode(byte) : `\\0${byte.toString(8).padStart(3, '0')}`;
});

function encodeBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += BYTES[byte] ?? '';
  return text;
}

function countLines(body: Buffer): number {
  let lines = 0;
  for (let at = body.indexOf(10); at !== -1; at = body.indexOf(10, at + 1)) lines++;
  return lines;
}
