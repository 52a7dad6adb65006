// What an inventory file is written in: told by its ending, else by its first words.

/** The kinds of inventory files. */
export type InventoryKind = 'yaml' | 'ini' | 'toml' | 'program';

/** The kind of a file. Without an ending it is INI unless it reads like YAML, as with Ansible. */
export function inventoryKind(ending: string, text: string): InventoryKind {
  if (['.yml', '.yaml', '.json'].includes(ending)) return 'yaml';
  if (text.startsWith('#!')) return 'program';
  if (ending === '.toml') return 'toml';
  if (ending === '.ini' || /^\s*\[[^\]\n]+\]\s*(?:#.*)?$/m.test(text) || /^[^\s:#]+[ \t]+\w+=/m.test(text)) return 'ini';
  const isBare = /^\s*(?:[#;].*)?$/;
  const lines = text.split('\n').filter(line => !isBare.test(line));
  return lines.length === 0 || /^(?:---|%YAML|\{|- |["']?[\w.-]+["']?\s*:(?:\s|$))/.test(lines[0] ?? '') ? 'yaml' : 'ini';
}
