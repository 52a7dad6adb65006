// What can be told of the values in a tree of Jinja without knowing any.
import { keysOf } from './read.ts';
import { type Jinja, literal, textOf } from './tree.ts';

/** Whether something is text for certain: `+` beside it joins. */
export function isTextual(node: Jinja): boolean {
  if (node.kind === 'literal') return typeof node.value === 'string';
  if (node.kind === 'both') return node.sign === '~' || (node.sign === '+' && (isTextual(node.left) || isTextual(node.right)));
  return (
    node.kind === 'list' ||
    (node.kind === 'call' && ['upper', 'lower', 'trim', 'join', 'string', 'concat', 'replace', 'regex_replace'].includes(node.helper))
  );
}

/** Words that Ansible has for families and names of systems. */
const SYSTEMS: Readonly<Record<string, string>> = {
  Debian: 'debian',
  RedHat: 'redhat',
  Suse: 'suse',
  Alpine: 'alpine',
  Archlinux: 'arch',
  Ubuntu: 'ubuntu',
  CentOS: 'centos',
  Rocky: 'rocky',
  AlmaLinux: 'almalinux',
  Fedora: 'fedora',
};

/** What is compared with the family or the name of a system, in the words that the facts here have. */
export function inOurWords(left: Jinja, right: Jinja): Jinja {
  const [root, fact, key] = keysOf(left) ?? [];
  if (root !== 'facts' || fact !== 'os' || !['family', 'name'].includes(key ?? '')) return right;
  if (right.kind === 'list') return { ...right, items: right.items.map(item => inOurWords(left, item)) };
  const text = textOf(right);
  if (text === undefined) return right;
  const ours = Object.hasOwn(SYSTEMS, text) ? SYSTEMS[text] : undefined;
  return ours === undefined ? right : literal(key === 'name' && text === 'RedHat' ? 'rhel' : ours);
}
