// What a lab leaves on the machine: read from the kernel, by other means than the lab's own.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Every trace of a lab, one line each; empty when nothing of it is there. */
export function tracesOf(id: string, directory: string): readonly string[] {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  const tool = (file: string, ...args: readonly string[]) => execFileSync(file, args, { encoding: 'utf8' }).split('\n');
  const mentions = (line: string) =>
    line.includes(directory) || new RegExp(`\\b(ts-${id}|vb-${id}-\\d+|tsplay_${id}|tsplay-lab/${id})\\b`).test(line);
  const isZombie = (pid: string) => /^State:\s+[ZX]/m.test(read(`/proc/${pid}/status`));
  const processes = readdirSync('/proc').filter(entry => /^\d+$/.test(entry) && Number(entry) !== process.pid && !isZombie(entry));
  return [
    ...tool('ip', '-o', 'link')
      .filter(mentions)
      .map(line => `link ${line}`),
    ...tool('ip', 'route')
      .filter(mentions)
      .map(line => `route ${line}`),
    ...tool('nft', 'list', 'tables')
      .filter(mentions)
      .map(line => `rules ${line}`),
    ...read('/proc/self/mounts')
      .split('\n')
      .filter(mentions)
      .map(line => `mount ${line}`),
    ...processes
      .filter(pid => mentions(read(`/proc/${pid}/cgroup`)) || mentions(read(`/proc/${pid}/mountinfo`)))
      .map(pid => `process ${pid} ${read(`/proc/${pid}/comm`).trim()}`),
    ...tool('find', '/sys/fs/cgroup', '-type', 'd', '-path', `*/tsplay-lab/${id}*`)
      .filter(Boolean)
      .map(line => `group ${line}`),
    ...[directory, `/run/netns/ts-${id}`].filter(path => existsSync(path)).map(path => `path ${path}`),
    ...(existsSync('/run/systemd/nspawn') ? tool('find', '/run/systemd/nspawn', '-name', `${id}-*`) : [])
      .filter(Boolean)
      .map(line => `path ${line}`),
  ];
}
