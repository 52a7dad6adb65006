// A host apart with a root of its own, in which nothing is but BusyBox: its applets, or all of them but some.
import type { Project } from '../../cli/support/project.ts';
import { lacksTool } from './lacks.ts';
import { startHost, type HostApart } from './host-apart.ts';

const ROOT = '/srv/host';

/** Starts it. @param without applets that are taken away */
export function startBusyboxHost(project: Project, without: readonly string[] = [], script = ''): Promise<HostApart> {
  const made = `mkdir -p ${['bin', 'lib', 'lib64', 'usr/lib', 'proc', 'dev', 'etc', 'tmp', 'var/tmp', 'run', 'root', 'srv'].map(at => `${ROOT}/${at}`).join(' ')}
cp "$(command -v busybox)" ${ROOT}/bin/busybox
for at in /lib /lib64 /usr/lib /proc /dev; do [ ! -d $at ] || mount --rbind $at ${ROOT}$at; done
echo root:x:0:0:root:/root:/bin/sh >${ROOT}/etc/passwd; echo root:x:0: >${ROOT}/etc/group
chroot ${ROOT} /bin/busybox --install -s /bin
${script}
rm -f ${without.map(name => `${ROOT}/bin/${name}`).join(' ')}`;
  return startHost(project, made, { enter: ['--root'], keeper: `exec chroot ${ROOT} /bin/busybox sleep 100000 3>&-` });
}

/** Why this machine can have no such host. */
export const lacksBusybox = (): string | undefined => lacksTool('busybox');
