// The processes of this machine, by what they were started with.
import { readdirSync, readFileSync } from 'node:fs';

/** Arguments, with blanks between them, of the processes among whose arguments or environment a text is. */
export function processesWith(text: string, where: 'cmdline' | 'environ' = 'cmdline'): readonly string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && name !== String(process.pid))
    .filter(pid => read(pid, where).includes(text))
    .map(pid => read(pid, 'cmdline').replaceAll('\0', ' '));
}

/** Empty for one that has ended, or is another's. */
function read(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
