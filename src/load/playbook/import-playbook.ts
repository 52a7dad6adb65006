// Playbooks that a playbook takes over: their plays stand where it names them, before anything else is looked at.
import { dirname, resolve } from 'node:path';
import { describeValue } from '../../schema/describe.ts';
import { didYouMean } from '../../util/nearest.ts';
import { NAME, readConditions, readKeyword, readTags } from './keywords.ts';
import { playbookProblems } from '../messages/playbook.ts';
import type { PlaybookReading } from './playbook-reading.ts';
import { attempt, type Report } from '../report.ts';
import { shownPath } from '../shown-path.ts';
import type { Located, PlaySource, VariableSources } from '../types.ts';
import { readVariables } from '../variables/variables.ts';
import { get, getEntry, type YamlMap, type YamlNode } from '../yaml/node.ts';
import { readYamlFile } from '../yaml/read-yaml-file.ts';
import { toValue } from '../yaml/to-value.ts';

const KEYWORDS = ['name', 'import_playbook', 'vars', 'tags', 'when'] as const;

/** A play as it stands in some playbook, and the imports that lead to it, the outermost first. */
export interface PlayNode {
  readonly node: YamlNode;
  /** Of its playbook; absolute. */
  readonly directory: string;
  readonly imports: readonly YamlMap[];
}

/** The plays of a playbook in order, with those of the playbooks that it takes over. @param cwd what paths in messages are relative to */
export async function expandPlaybooks(
  items: readonly YamlNode[],
  file: string,
  cwd: string,
  report: Report,
  { imports = [], files = [file] }: { readonly imports?: readonly YamlMap[]; readonly files?: readonly string[] } = {},
): Promise<readonly PlayNode[]> {
  const plays: PlayNode[] = [];
  for (const node of items) {
    const entry = getEntry(node, 'import_playbook');
    if (entry === undefined || node.kind !== 'map') {
      plays.push({ node, directory: dirname(file), imports });
      continue;
    }
    for (const { key, keyAt } of node.entries)
      if (!KEYWORDS.some(keyword => keyword === key))
        report(playbookProblems['unknown-keyword'](keyAt, key, 'playbook that is taken over', didYouMean(key, KEYWORDS)));
    const name = readKeyword(node, 'import_playbook', NAME, report);
    if (name === undefined) continue;
    const path = resolve(dirname(file), name);
    if (name.includes('{{')) report(playbookProblems['import-template'](entry.value.at));
    else if (files.includes(path)) report(playbookProblems['import-circle'](entry.value.at, shownPath(path, cwd)));
    else plays.push(...(await read(path, node)));
  }
  return plays;

  async function read(path: string, from: YamlMap): Promise<readonly PlayNode[]> {
    const found = await attempt(() => ({ node: readYamlFile(path, shownPath(path, cwd)) }), report);
    if (found?.node === undefined) return [];
    const further = { imports: [...imports, from], files: [...files, path] };
    if (found.node.kind === 'list') return expandPlaybooks(found.node.items, path, cwd, report, further);
    const got = describeValue(toValue(found.node));
    report(playbookProblems['not-a-list'](found.node.at, 'a playbook', got, '"- hosts: all" and the tasks below it'));
    return [];
  }
}

/** The play with what its imports say: their variables outweigh its own, their tags and conditions come on top. */
export function withImports(play: PlaySource, imports: readonly YamlMap[], reading: PlaybookReading): PlaySource {
  const more = imports.map(node => ({
    vars: readVariables(get(node, 'vars'), { ...reading, source: 'import_playbook', what: '"vars"' }),
    tags: readTags(node, reading.report),
    when: readConditions(node, 'when', reading.report),
  }));
  // The outermost has the last word.
  const vars = more.toReversed().reduce<VariableSources>((all, { vars: own }) => ({ ...all, ...own }), play.vars);
  const when: readonly Located<string>[] = more.flatMap(each => each.when);
  return { ...play, vars, tags: [...new Set([...more.flatMap(each => each.tags), ...play.tags])], when };
}
