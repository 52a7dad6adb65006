// Jinja's filters, tests, functions and methods, and Ansible's variables: each with what is there in its place.
import { call, type Jinja, literal, NoCounterpart, textOf } from './tree.ts';

type Named = readonly (readonly [string, Jinja])[];
type Rewrite = (subject: Jinja, args: readonly Jinja[], named: Named) => Jinja;

const same: Rewrite = subject => subject;
const as =
  (helper: string, ...more: readonly Jinja[]): Rewrite =>
  (subject, args) =>
    call(helper, subject, ...args, ...more);
const alone =
  (helper: string): Rewrite =>
  subject =>
    call(helper, subject);

function byName(named: Named, name: string): Jinja | undefined {
  return named.find(([key]) => key === name)?.[1];
}

function needed(node: Jinja | undefined): Jinja {
  if (node === undefined) throw new NoCounterpart();
  return node;
}

/** Helpers that are called as Jinja calls them. */
const ALIKE: readonly string[] =
  'abs b64decode b64encode basename bool capitalize combine difference dirname first flatten float from_json from_yaml hash indent int intersect items join json last length lower matches max min quote random regex_escape regex_findall regex_replace regex_search replace reverse round sort split string sum ternary trim union unique upper urlencode yaml zip'.split(
    ' ',
  );

const IP: Readonly<Record<string, string>> = {
  address: 'ip_address',
  network: 'ip_network',
  netmask: 'ip_netmask',
  prefix: 'ip_prefix',
  broadcast: 'ip_broadcast',
  version: 'ip_version',
};

const FILTERS: Readonly<Record<string, Rewrite>> = {
  ...Object.fromEntries(ALIKE.map(name => [name, as(name)])),
  default: (subject, [fallback = literal('')]) => call('default', subject, fallback),
  count: alone('length'),
  list: same,
  safe: same,
  string: alone('string'),
  bool: alone('bool'),
  int: alone('int'),
  float: alone('float'),
  mandatory: (subject, [message = literal('a value is missing')]) => call('required', subject, message),
  join: (subject, [separator = literal('')]) => call('join', subject, separator),
  to_json: alone('json'),
  tojson: alone('json'),
  to_nice_json: subject => call('json', subject, literal(4)),
  to_yaml: alone('yaml'),
  to_nice_yaml: alone('yaml'),
  checksum: subject => call('hash', subject, literal('sha1')),
  sha256: alone('sha256'),
  md5: subject => call('hash', subject, literal('md5')),
  sha1: subject => call('hash', subject, literal('sha1')),
  dict2items: alone('items'),
  items2dict: alone('dict'),
  sort: (subject, args, named) => {
    const attribute = byName(named, 'attribute');
    const sorted = call('sort', subject, ...(attribute === undefined ? [] : [attribute]));
    return byName(named, 'reverse') === undefined ? sorted : call('reverse', sorted);
  },
  sum: (subject, _, named) => {
    const attribute = byName(named, 'attribute');
    return call('sum', attribute === undefined ? subject : call('pluck', subject, attribute));
  },
  random: (subject, _, named) => call('random', subject, ...named.filter(([name]) => name === 'seed').map(([, seed]) => seed)),
  combine: (subject, args, named) =>
    call('combine', subject, ...args, ...named.filter(([name]) => name === 'recursive').map(([, value]) => value)),
  flatten: (subject, args, named) =>
    call('flatten', subject, ...args, ...named.filter(([name]) => name === 'levels').map(([, value]) => value)),
  indent: (subject, [width = literal(4)]) => call('indent', subject, width),
  ternary: as('ternary'),
  symmetric_difference: (subject, [other]) =>
    call('union', call('difference', subject, needed(other)), call('difference', needed(other), subject)),
  batch: as('batch'),
  ipaddr: (subject, [what]) => {
    if (what?.kind === 'literal' && typeof what.value === 'number') return call('ip_nth', subject, what);
    const helper = IP[textOf(what) ?? 'address'];
    if (helper === undefined) throw new NoCounterpart();
    return call(helper, subject);
  },
  map: (subject, [first, ...others], named) => {
    const attribute = byName(named, 'attribute');
    if (attribute !== undefined) return call('pluck', subject, attribute);
    const filter = textOf(first);
    if (filter === 'extract') return call('extract', needed(others[0]), subject, ...others.slice(1));
    return call('map', subject, literal(simple(filter)), ...others);
  },
  select: (subject, args) => call('select', subject, ...test(args)),
  reject: (subject, args) => call('reject', subject, ...test(args)),
  selectattr: (subject, [attribute, ...args]) => call('selectattr', subject, needed(attribute), ...test(args)),
  rejectattr: (subject, [attribute, ...args]) => call('rejectattr', subject, needed(attribute), ...test(args)),
};

const SHORT: Readonly<Record<string, string>> = {
  d: 'default',
  ipv4: 'ipaddr',
  ipv6: 'ipaddr',
  e: 'safe',
  escape: 'safe',
  sha256: 'sha256',
};

const TESTS: Readonly<Record<string, string>> = {
  '==': 'eq',
  eq: 'eq',
  equalto: 'eq',
  '!=': 'ne',
  ne: 'ne',
  gt: 'gt',
  '>': 'gt',
  ge: 'gte',
  '>=': 'gte',
  lt: 'lt',
  '<': 'lt',
  le: 'lte',
  '<=': 'lte',
  match: 'matches',
  search: 'matches',
  regex: 'matches',
  contains: 'contains',
};

/** A filter or a test that `map` and `select` can be given by its name. */
function simple(name: string | undefined): string {
  const word = name === undefined ? undefined : (TESTS[name] ?? { to_json: 'json', count: 'length' }[name] ?? name);
  if (word === undefined || !(ALIKE.includes(word) || Object.values(TESTS).includes(word))) throw new NoCounterpart();
  return word;
}

function test([name, ...args]: readonly Jinja[]): readonly Jinja[] {
  return name === undefined
    ? []
    : [literal(simple(textOf(name))), ...args.map((arg, index) => (index === 0 ? anchored(textOf(name), arg) : arg))];
}

/** Jinja's `match` is tied to the beginning. */
function anchored(test: string | undefined, pattern: Jinja): Jinja {
  const text = textOf(pattern);
  return test === 'match' && text !== undefined && !text.startsWith('^') ? literal(`^${/\|/.test(text) ? `(?:${text})` : text}`) : pattern;
}

/** `subject | name(args)`. */
export function filtered(subject: Jinja, name: string, args: readonly Jinja[], named: Named): Jinja {
  const short = name.replace(/^(?:ansible\.\w+\.)/, '');
  const rewrite = ownOf(FILTERS, ownOf(SHORT, short) ?? short);
  if (rewrite === undefined) throw new NoCounterpart();
  return rewrite(subject, args, named);
}

const result =
  (attribute: string, wanted: boolean) =>
  (of: Jinja): Jinja => {
    const key: Jinja = { kind: 'key', of, key: literal(attribute), dotted: true };
    return wanted ? key : { kind: 'not', of: key };
  };
const compared =
  (value: boolean | null) =>
  (left: Jinja): Jinja => ({ kind: 'both', sign: '==', left, right: literal(value) });

const IS: Readonly<Record<string, (subject: Jinja, args: readonly Jinja[]) => Jinja>> = {
  defined: alone1('has'),
  undefined: subject => ({ kind: 'not', of: call('has', subject) }),
  none: compared(null),
  true: compared(true),
  false: compared(false),
  changed: result('changed', true),
  failed: result('failed', true),
  skipped: result('skipped', true),
  succeeded: result('failed', false),
  success: result('failed', false),
  match: (subject, [pattern]) => call('matches', subject, anchored('match', needed(pattern))),
  search: (subject, [pattern]) => call('matches', subject, needed(pattern)),
  regex: (subject, [pattern]) => call('matches', subject, needed(pattern)),
  in: (left, [right]) => ({ kind: 'both', sign: 'in', left, right: needed(right) }),
  contains: (right, [left]) => ({ kind: 'both', sign: 'in', left: needed(left), right }),
  even: left => ({ kind: 'both', sign: '==', left: { kind: 'both', sign: '%', left, right: literal(2) }, right: literal(0) }),
  odd: left => ({ kind: 'both', sign: '==', left: { kind: 'both', sign: '%', left, right: literal(2) }, right: literal(1) }),
  subset: (left, [right]) => ({
    kind: 'both',
    sign: '==',
    left: call('length', call('difference', left, needed(right))),
    right: literal(0),
  }),
  superset: (left, [right]) => ({
    kind: 'both',
    sign: '==',
    left: call('length', call('difference', needed(right), left)),
    right: literal(0),
  }),
};

function alone1(helper: string): (subject: Jinja) => Jinja {
  return subject => call(helper, subject);
}

/** `subject is name(args)`. */
export function tested(subject: Jinja, name: string, args: readonly Jinja[]): Jinja {
  const sign = ({ eq: '==', equalto: '==', ne: '!=', gt: '>', ge: '>=', lt: '<', le: '<=' } as const)[name as 'eq'] as '==' | undefined;
  if (sign !== undefined) return { kind: 'both', sign, left: subject, right: needed(args[0]) };
  const rewrite = ownOf(IS, name.toLowerCase());
  if (rewrite === undefined) throw new NoCounterpart();
  return rewrite(subject, args);
}

const METHODS: Readonly<Record<string, Rewrite>> = {
  startswith: as('startsWith'),
  startsWith: as('startsWith'),
  endswith: as('endsWith'),
  endsWith: as('endsWith'),
  lower: alone('lower'),
  upper: alone('upper'),
  strip: alone('trim'),
  capitalize: alone('capitalize'),
  splitlines: alone('lines'),
  split: as('split'),
  replace: as('replace'),
  items: alone('items'),
  keys: alone('keys'),
  values: alone('values'),
  join: (separator, [list]) => call('join', needed(list), separator),
  union: as('union'),
  get: (of, [key, fallback = literal(null)]) => call('default', { kind: 'key', of, key: needed(key), dotted: false }, fallback),
};

/** `subject.name(args)`. */
export function method(subject: Jinja, name: string, args: readonly Jinja[]): Jinja {
  const rewrite = ownOf(METHODS, name);
  return rewrite === undefined ? { kind: 'method', of: subject, name, args } : rewrite(subject, args, []);
}

const LOOKUPS: Readonly<Record<string, (args: readonly Jinja[]) => Jinja>> = {
  file: ([name]) => call('file', needed(name)),
  env: ([name]) => call('env', needed(name)),
  template: ([name]) => call('template', withoutJ2(needed(name))),
  first_found: ([names]) => call('first_found', needed(names)),
  vars: ([name, fallback]) => {
    const variable = textOf(name);
    if (variable === undefined) throw new NoCounterpart();
    return fallback === undefined ? { kind: 'name', name: variable } : call('default', { kind: 'name', name: variable }, fallback);
  },
  dict: ([map]) => call('items', needed(map)),
  list: ([list]) => needed(list),
  flattened: ([list]) => call('flatten', needed(list)),
};

function withoutJ2(name: Jinja): Jinja {
  const text = textOf(name);
  return text === undefined ? name : literal(text.replace(/\.j2$/, '.hbs'));
}

/** `name(args)`; a name that is no function of Jinja's is taken for one of ours. */
export function called(name: string, args: readonly Jinja[], named: Named): Jinja {
  if (['lookup', 'query', 'q'].includes(name)) {
    const [plugin, ...others] = args;
    const fallback = byName(named, 'default');
    const rewrite = ownOf(LOOKUPS, (textOf(plugin) ?? '').replace(/^ansible\.builtin\./, ''));
    if (rewrite === undefined) throw new NoCounterpart();
    return rewrite(fallback === undefined ? others : [...others, fallback]);
  }
  if (name === 'dict' && args.length === 0) return { kind: 'map', entries: named };
  if (named.length > 0) throw new NoCounterpart();
  return call(name, ...args);
}

/** Facts that Ansible gathers, and where they are here. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  os_family: ['os', 'family'],
  distribution: ['os', 'name'],
  distribution_version: ['os', 'version'],
  distribution_release: ['os', 'codename'],
  kernel: ['os', 'kernel'],
  architecture: ['os', 'arch'],
  machine: ['os', 'arch'],
  hostname: ['net', 'hostname'],
  nodename: ['net', 'hostname'],
  fqdn: ['net', 'hostname'],
  default_ipv4: ['net', 'default'],
  all_ipv4_addresses: ['net', 'addresses'],
  processor_vcpus: ['cpu', 'count'],
  processor_nproc: ['cpu', 'count'],
  processor_count: ['cpu', 'count'],
  mounts: ['mounts'],
  service_mgr: ['service_manager'],
  virtualization_type: ['virtualization'],
  machine_id: ['machine_id'],
  user_id: ['user', 'name'],
  user_uid: ['user', 'uid'],
  user_gid: ['user', 'gid'],
  user_dir: ['user', 'home'],
};

/** Variables that Ansible sets, and what is here in their place. */
const VARIABLES: Readonly<Record<string, string>> = {
  ansible_play_hosts: 'play_hosts',
  ansible_play_batch: 'play_hosts',
  ansible_role_name: 'role_name',
};

/** Facts and variables of Ansible's in a path, as they are called here; undefined when the path has none. */
export function ourPath(keys: readonly string[]): readonly string[] | undefined {
  const [root = '', first = '', ...others] = keys;
  const fact =
    root === 'ansible_facts' ? first.replace(/^ansible_/, '') : root.startsWith('ansible_') ? root.slice('ansible_'.length) : undefined;
  const rest = root === 'ansible_facts' ? others : keys.slice(1);
  const variable = ownOf(VARIABLES, root);
  if (variable !== undefined) return [variable, ...keys.slice(1)];
  const place = fact === undefined ? undefined : ownOf(FACTS, fact);
  if (place !== undefined) return ['facts', ...place, ...rest];
  return root === 'ansible_facts' && keys.length === 1 ? ['facts'] : undefined;
}

function ownOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
