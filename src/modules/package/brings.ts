// What well-known packages bring besides their files: the table that a dry run assumes when it cannot look inside them.

/** A file or directory of a package. */
export interface BroughtPath {
  readonly kind: 'file' | 'directory';
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
}

/** A user a package makes. */
export interface BroughtUser {
  readonly group: string;
  readonly home: string;
  readonly shell: string;
}

/** What is there once a package is installed. */
export interface Brings {
  /** Packages that always come along. */
  readonly packages?: readonly string[];
  /** Units by name, and how the installation leaves them: `active` and `inactive` ones are enabled, `disabled` ones neither run nor are. */
  readonly units?: Readonly<Record<string, 'active' | 'inactive' | 'disabled'>>;
  readonly users?: Readonly<Record<string, BroughtUser>>;
  readonly groups?: readonly string[];
  readonly paths?: Readonly<Record<string, BroughtPath>>;
  /** Programs by name, and where they are. */
  readonly commands?: Readonly<Record<string, string>>;
  /** TCP ports that are listened on. */
  readonly ports?: readonly number[];
}

const directory = (mode = '0755', owner = 'root', group = 'root'): BroughtPath => ({ kind: 'directory', owner, group, mode });
const file = (mode = '0644', owner = 'root', group = 'root'): BroughtPath => ({ kind: 'file', owner, group, mode });

/**
 * The table for Debian 12, as its packages' contents and installation scripts say.
 * @returns undefined for a package it does not know
 */
export function bringsOf(name: string, architecture: string): Brings | undefined {
  const java = /^openjdk-(\d+)-(jre|jdk)(-headless)?$/.exec(name);
  return java?.[1] === undefined ? TABLE[name] : openjdk(java[1], java[2] === 'jdk', java[3] ?? '', architecture);
}

function openjdk(version: string, isJdk: boolean, headless: string, architecture: string): Brings {
  const home = `/usr/lib/jvm/java-${version}-openjdk-${architecture}`;
  const programs = isJdk ? ['javac', 'jps', 'jcmd'] : ['java', 'keytool'];
  const others = [
    ...(isJdk ? [`openjdk-${version}-jre${headless}`] : []),
    ...(headless === '' ? [`openjdk-${version}-${isJdk ? 'jdk' : 'jre'}-headless`] : []),
  ];
  return {
    packages: [...others, 'ca-certificates-java', 'java-common'],
    commands: Object.fromEntries(programs.map(program => [program, `/usr/bin/${program}`])),
    paths: {
      '/usr/lib/jvm': directory(),
      [home]: directory(),
      [`${home}/bin`]: directory(),
      ...Object.fromEntries(programs.map(program => [`${home}/bin/${program}`, file('0755')])),
    },
  };
}

const TABLE: Readonly<Record<string, Brings>> = Object.freeze({
  apache2: {
    units: { 'apache2.service': 'active' },
    commands: { apache2ctl: '/usr/sbin/apache2ctl', a2enmod: '/usr/sbin/a2enmod' },
    paths: {
      '/etc/apache2': directory(),
      '/etc/apache2/apache2.conf': file(),
      '/etc/apache2/ports.conf': file(),
      '/etc/apache2/sites-available': directory(),
      '/etc/apache2/sites-enabled': directory(),
      '/var/log/apache2': directory('0750', 'root', 'adm'),
    },
    ports: [80],
  },
  'ca-certificates': { commands: { 'update-ca-certificates': '/usr/sbin/update-ca-certificates' } },
  cron: {
    packages: ['cron-daemon-common'],
    units: { 'cron.service': 'active' },
    groups: ['crontab'],
    commands: { cron: '/usr/sbin/cron', crontab: '/usr/bin/crontab' },
  },
  'cron-daemon-common': {
    groups: ['crontab'],
    paths: {
      '/etc/crontab': file(),
      '/etc/cron.d': directory(),
      '/etc/cron.hourly': directory(),
      '/etc/cron.daily': directory(),
      '/etc/cron.weekly': directory(),
      '/etc/cron.monthly': directory(),
    },
  },
  curl: { commands: { curl: '/usr/bin/curl' } },
  haproxy: {
    units: { 'haproxy.service': 'active' },
    users: { haproxy: { group: 'haproxy', home: '/var/lib/haproxy', shell: '/usr/sbin/nologin' } },
    groups: ['haproxy'],
    commands: { haproxy: '/usr/sbin/haproxy' },
    paths: { '/etc/haproxy': directory(), '/etc/haproxy/haproxy.cfg': file(), '/var/lib/haproxy': directory() },
  },
  ipvsadm: { commands: { ipvsadm: '/usr/sbin/ipvsadm' } },
  jq: { commands: { jq: '/usr/bin/jq' } },
  keepalived: {
    // It does not start without a configuration.
    units: { 'keepalived.service': 'inactive' },
    commands: { keepalived: '/usr/sbin/keepalived' },
    paths: { '/etc/keepalived': directory() },
  },
  'netcat-openbsd': { commands: { nc: '/usr/bin/nc' } },
  nginx: {
    packages: ['nginx-common'],
    units: { 'nginx.service': 'active' },
    commands: { nginx: '/usr/sbin/nginx' },
    paths: {
      '/etc/nginx': directory(),
      '/etc/nginx/conf.d': directory(),
      '/etc/nginx/nginx.conf': file(),
      '/etc/nginx/sites-available': directory(),
      '/etc/nginx/sites-enabled': directory(),
      '/var/log/nginx': directory('0755', 'root', 'adm'),
    },
    ports: [80],
  },
  'redis-server': {
    packages: ['redis-tools'],
    units: { 'redis-server.service': 'active' },
    commands: { 'redis-server': '/usr/bin/redis-server' },
    paths: { '/etc/redis/redis.conf': file('0640', 'redis', 'redis') },
    ports: [6379],
  },
  'redis-tools': {
    users: { redis: { group: 'redis', home: '/var/lib/redis', shell: '/usr/sbin/nologin' } },
    groups: ['redis'],
    commands: { 'redis-cli': '/usr/bin/redis-cli' },
    paths: {
      '/etc/redis': directory('2770', 'redis', 'redis'),
      '/var/lib/redis': directory('0750', 'redis', 'redis'),
      '/var/log/redis': directory('2750', 'redis', 'adm'),
    },
  },
  rsync: { units: { 'rsync.service': 'disabled' }, commands: { rsync: '/usr/bin/rsync' } },
  tar: { commands: { tar: '/usr/bin/tar' } },
  unzip: { commands: { unzip: '/usr/bin/unzip' } },
});
