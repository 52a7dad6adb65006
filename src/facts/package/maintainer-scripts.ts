// What a package's own scripts do when it is installed, as far as it can be read off them: units, users, and paths they name.

/** A user that a script makes; what cannot be read is absent. */
export interface ScriptUser {
  readonly group?: string;
  readonly home?: string;
  readonly shell?: string;
}

/** What is read off the scripts. */
export interface ScriptDeeds {
  /** Units that are enabled when the package comes new. */
  readonly enables: readonly string[];
  /** Units that are started, if they are enabled. */
  readonly starts: readonly string[];
  readonly users: Readonly<Record<string, ScriptUser>>;
  readonly groups: readonly string[];
  /** Programs that become known under another name: their paths. */
  readonly alternatives: readonly string[];
  /** Paths below /etc, /var, /srv, /opt and /home that a script names: it may make or alter them. */
  readonly names: readonly string[];
}

/** Options of adduser and useradd whose value is the next word. */
const WITH_VALUE = /^--?(home|home-dir|shell|ingroup|gid|uid|gecos|comment|firstuid|lastuid|d|s|g|u|c|G|groups|k|skel|b|base-dir|K|r)$/;
/** Directories that scripts name and leave to the tools they belong to. */
const LEFT_ALONE =
  /^\/(etc\/(init\.d|systemd|rc[0-9S]?\.d|alternatives|passwd|group|shadow|gshadow|default)|var\/lib\/(dpkg|systemd|ucf|apt)|var\/run)(\/|$)/;

/** Reads scripts and files of sysusers.d. */
export function readScripts(scripts: string, sysusers: string): ScriptDeeds {
  const text = scripts.replace(/\\\n/g, ' ').replace(/^\s*#.*$/gm, '');
  // A unit that comes with --no-enable is only enabled again where it was before.
  const known = new Set(unitsAfter(text, /deb-systemd-helper debian-installed/g));
  const enables = unitsAfter(text, /deb-systemd-helper --quiet was-enabled|deb-systemd-helper enable/g).filter(unit => !known.has(unit));
  const accounts = [...readAccounts(text), ...readSysusers(sysusers)];
  return {
    enables: [...new Set(enables)],
    starts: [...new Set(unitsAfter(text, /deb-systemd-invoke (?:start|restart|\$_dh_action)/g))],
    users: Object.fromEntries(accounts.flatMap(({ user, made = {} }) => (user === undefined ? [] : [[user, made]]))),
    groups: [...new Set(accounts.flatMap(({ group }) => (group === undefined ? [] : [group])))],
    alternatives: [...text.matchAll(/update-alternatives\s[^;&|\n]*?--install\s+(\/[\w/.+-]+)\s/g)].map(([, path = '']) => path),
    names: [...new Set([...text.matchAll(/(?<![\w$}.*-])\/(?:etc|var|srv|opt|home)\/[\w.+/-]*\w/g)].map(([path]) => path))].filter(
      path => !LEFT_ALONE.test(path),
    ),
  };
}

interface Account {
  readonly user?: string;
  readonly made?: ScriptUser;
  readonly group?: string;
}

/** The quoted names that follow a command. */
function unitsAfter(text: string, command: RegExp): readonly string[] {
  return [...text.matchAll(new RegExp(`(?:${command.source})((?:\\s+'[^'\\n]+')+)`, 'g'))].flatMap(([, names = '']) =>
    [...names.matchAll(/'([^']+)'/g)].map(([, unit = '']) => unit),
  );
}

function readAccounts(text: string): readonly Account[] {
  return [...text.matchAll(/(?:^|[\s;&|({!])(adduser|useradd|addgroup|groupadd)\s+([^;&|\n>)]*)/g)].flatMap(([, tool = '', rest = '']) => {
    const words = rest.match(/"[^"]*"|'[^']*'|\S+/g)?.map(word => word.replace(/^(["'])(.*)\1$/, '$2')) ?? [];
    const options = new Map<string, string>();
    const plain: string[] = [];
    for (let at = 0; at < words.length; at++) {
      const [option = '', value] = (words[at] ?? '').split(/=(.*)/s);
      if (!option.startsWith('-')) plain.push(words[at] ?? '');
      else if (value !== undefined) options.set(option, value);
      else if (WITH_VALUE.test(option)) options.set(option, words[++at] ?? '');
      else options.set(option, '');
    }
    return readAccount(tool, options, plain);
  });
}

function readAccount(tool: string, options: ReadonlyMap<string, string>, plain: readonly string[]): readonly Account[] {
  const literal = (word: string | undefined): string | undefined => (word !== undefined && /^[\w/.-]+$/.test(word) ? word : undefined);
  const pick = (...names: readonly string[]): string | undefined => literal(names.map(name => options.get(name)).find(Boolean));
  const [name] = plain;
  if (name === undefined || !/^[a-z_][a-z0-9_-]*$/.test(name)) return [];
  if (tool === 'addgroup' || tool === 'groupadd') return [{ group: name }];
  // adduser USER GROUP puts a user that is there into a group.
  if (plain.length > 1) return [];
  const isSystem = options.has('--system') || options.has('-r');
  const own = options.has('--group') || options.has('-U') || options.has('--user-group') || (tool === 'adduser' && !isSystem);
  const group = pick('--ingroup', '--gid', '-g') ?? (own ? name : undefined);
  const home = pick('--home', '--home-dir', '-d');
  const shell = pick('--shell', '-s') ?? (tool === 'adduser' && isSystem ? '/usr/sbin/nologin' : undefined);
  const made = { ...(group !== undefined && { group }), ...(home !== undefined && { home }), ...(shell !== undefined && { shell }) };
  return [{ user: name, made, ...(own && { group: name }) }];
}

/** `u name id "gecos" home shell` and `g name id`. */
function readSysusers(text: string): readonly Account[] {
  return text.split('\n').flatMap((line): readonly Account[] => {
    const [type, name, , , home, shell] = line.match(/"[^"]*"|\S+/g) ?? [];
    if (name === undefined || !/^[a-z_][a-z0-9_-]*$/.test(name)) return [];
    if (type === 'g') return [{ group: name }];
    if (type !== 'u') return [];
    const or = (word: string | undefined, otherwise: string): string => (word === undefined || word === '-' ? otherwise : word);
    return [{ user: name, made: { group: name, home: or(home, '/'), shell: or(shell, '/usr/sbin/nologin') }, group: name }];
  });
}
