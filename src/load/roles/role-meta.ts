// `meta/main.yml` of a role in YAML: what it needs, and whether it runs as often as it is called.
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { FLAG, readKeyword } from '../playbook/keywords.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { PlaybookReading } from '../playbook/playbook-reading.ts';
import { readFound } from './read-found.ts';
import { metaFile } from './role-files.ts';
import { readRoleUse } from '../playbook/role-use.ts';
import type { RoleUse } from '../types.ts';
import { get, type YamlNode } from '../yaml/node.ts';
import { toValue } from '../yaml/to-value.ts';

/** `galaxy_info` is for people, `collections` for what modules are called elsewhere. */
const KEYWORDS = ['dependencies', 'allow_duplicates', 'galaxy_info', 'argument_specs', 'collections'] as const;

interface RoleMeta {
  readonly needs: readonly RoleUse[];
  readonly repeats: boolean;
}

/** Reads it; a role without it needs nothing. */
export function readRoleMeta(directory: string, reading: PlaybookReading): RoleMeta {
  const { report } = reading;
  const path = metaFile(directory, 'main');
  const node = path === undefined ? undefined : readFound(path, reading);
  if (node === undefined) return { needs: [], repeats: false };
  if (node.kind !== 'map') {
    report(playbookProblems['not-a-map'](node.at, 'meta/main.yml', describeValue(toValue(node)), 'dependencies: [NAME]'));
    return { needs: [], repeats: false };
  }
  for (const { key, keyAt } of node.entries)
    if (!KEYWORDS.some(keyword => keyword === key))
      report(playbookProblems['unknown-keyword'](keyAt, key, 'meta/main.yml', didYouMean(key, KEYWORDS)));
  return { needs: readNeeds(get(node, 'dependencies'), reading), repeats: readKeyword(node, 'allow_duplicates', FLAG, report) ?? false };
}

function readNeeds(node: YamlNode | undefined, reading: PlaybookReading): readonly RoleUse[] {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return [];
  if (node.kind === 'list') return node.items.flatMap(item => readRoleUse(item, reading) ?? []);
  reading.report(playbookProblems['not-a-list'](node.at, '"dependencies"', describeValue(toValue(node)), 'one "- " for each role'));
  return [];
}
