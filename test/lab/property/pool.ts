// The names that the generated calls share, so that they get in each other's way; and how a host is made free of them.
import type { Dice } from './dice.ts';

/** All paths of the pool are below it. It is always there, and nothing else is in it. */
export const ROOT = '/srv/p';

/** Whether links lead to directories that other calls write to, through the link and by the real path. LINKS=0 leaves them out. */
const WITH_LINKS = process.env['LINKS'] !== '0';

const at = (...names: readonly string[]): readonly string[] => names.map(name => `${ROOT}/${name}`);

/** Where a directory, a file or a link may stand; some are below others. */
const PLACES = at('m/f', 'a', 'a/b', 'a/b/c', 'a/f', 'd', 'd/b', 'd/f', 'f', 'a/pkg', 'a/pkg/f');
const THROUGH_LINKS = at('l', 'l', 'l/b', 'l/f', 'l/b/c', 'l/pkg/f');
export const PATHS = WITH_LINKS ? [...PLACES, ...THROUGH_LINKS] : PLACES;
/** A file system is mounted there, so that what is below comes and goes; itself it is never removed, since what is busy cannot be. */
export const MOUNT_POINT = `${ROOT}/m`;
/** Where links are put, and where they lead. */
export const LINK_PATHS = WITH_LINKS ? at('l', 'l', 'l', 'd/b', 'd', 'a/f') : at('k');
export const LINK_TARGETS = [...at('a', 'd', 'a/b', 'f', 'nothing'), 'a', 'd', '../a'];
/** Directories that archives are unpacked into. */
export const DIRECTORIES = WITH_LINKS ? at('a', 'd', 'a', 'l') : at('a', 'd');

export const USERS = ['prop1', 'prop2'] as const;
export const GROUPS = ['propg', 'prop1', 'propx'] as const;
/** Nothing is brought into the pool that the package cache does not hold after the first time. */
export const PACKAGES = ['tree', 'hello'] as const;
export const SYSCTL = 'net.ipv4.ip_default_ttl';
export const SYSCTL_FILE = '/etc/sysctl.d/90-prop.conf';
export const PORT = 7399;
/** Nothing ever listens there. */
export const QUIET_PORT = 7398;

const unit = (description: string, more: string, install = true): string =>
  `[Unit]\nDescription=${description}\n\n[Service]\n${more}${install ? '\n[Install]\nWantedBy=multi-user.target\n' : ''}`;
const ONCE = 'Type=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n';

/** Texts of the units by name, each in two versions. Most leave no process, so that a start needs no time. */
export const UNITS: Readonly<Record<string, readonly [string, string]>> = {
  'prop-a.service': [unit('one', ONCE), unit('two', ONCE)],
  'prop-b.service': [unit('one', `User=prop1\n${ONCE}`), unit('two', `User=prop1\n${ONCE}`)],
  'prop-c.socket': [`[Socket]\nListenStream=${PORT}\n`, `[Socket]\nListenStream=${PORT}\nBacklog=7\n`],
  'prop-c.service': [unit('one', 'ExecStart=/bin/sleep infinity\n', false), unit('two', 'ExecStart=/bin/sleep infinity\n', false)],
};

/** Makes a host free of the pool's names. Only the last line may not fail. */
export function resetOf(host: string): string {
  return [
    `systemctl -q stop ${Object.keys(UNITS).join(' ')} 2>/dev/null`,
    `umount -q ${MOUNT_POINT}; sed -i '\\#${ROOT}/#d' /etc/fstab`,
    `rm -rf ${ROOT} /etc/systemd/system/prop-* /etc/systemd/system/*.wants/prop-* ${SYSCTL_FILE} /etc/cron.d/prop* /etc/apt/sources.list.d/prop*`,
    'systemctl daemon-reload; systemctl reset-failed',
    ...USERS.map(name => `userdel -f ${name} 2>/dev/null; rm -rf /home/${name}`),
    ...[...GROUPS, ...USERS].map(name => `groupdel ${name} 2>/dev/null`),
    'echo 64 > /proc/sys/net/ipv4/ip_default_ttl',
    `sed -i '/192\\.0\\.2\\./d; /prop-/d' /etc/hosts; echo '127.0.1.1 prop-one prop-two' >> /etc/hosts`,
    `hostname ${host}; echo ${host} > /etc/hostname`,
    ...PACKAGES.map(name => `if dpkg -s ${name} >/dev/null 2>&1; then dpkg --purge ${name} >/dev/null; fi`),
    `mkdir ${ROOT}`,
  ].join('\n');
}

/** What may be there when a sequence begins. */
const START = [
  ...['a', 'a/b', 'd', 'd/b', 'a/pkg'].map(name => `mkdir -p ${ROOT}/${name}`),
  ...['a', 'd', 'a', 'd'].map(name => `mkdir -p ${ROOT}/${name}`),
  `chmod 0700 ${ROOT}/a`,
  ...['a/f', 'd/f', 'f', 'd', 'l'].map(name => `test -e ${ROOT}/${name} || printf 'a = 1\\nb = 2\\n' > ${ROOT}/${name}`),
  ...(WITH_LINKS ? [`ln -s a ${ROOT}/l`, `ln -s ${ROOT}/d ${ROOT}/l`, `ln -s /nowhere ${ROOT}/l`] : []),
  'groupadd propg',
  'useradd -m prop1',
  'useradd -M -s /usr/sbin/nologin prop2',
  `chown prop1:prop1 ${ROOT}/a/f`,
  `chown prop1 ${ROOT}/d`,
  ...Object.entries(UNITS).map(
    ([name, [text]]) => `printf '${text.replaceAll('\n', '\\n')}' > /etc/systemd/system/${name}; systemctl daemon-reload`,
  ),
  'systemctl enable --now prop-a',
  'systemctl start prop-c.socket',
  `echo 70 > /proc/sys/net/ipv4/ip_default_ttl`,
  `echo '${SYSCTL} = 70' > ${SYSCTL_FILE}`,
  `echo '192.0.2.1 alpha beta' >> /etc/hosts`,
] as const;

/** Lines of a state to start from. */
export function startOf(dice: Dice): readonly string[] {
  return dice.some(START, dice.pick([0, 0.3, 0.6]));
}
