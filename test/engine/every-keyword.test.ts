// The playbook that uses every keyword: none is forgotten in it, and it runs twice, the second time with nothing to do.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSources } from '../../src/load/load-sources.ts';
import { LOOP_CONTROLS } from '../../src/load/playbook/loop-source.ts';
import { PLAY_KEYWORDS } from '../../src/load/playbook/play-source.ts';
import { BLOCK_KEYWORDS, CALLING_KEYWORDS } from '../../src/load/playbook/task-list.ts';
import { TASK_KEYWORDS } from '../../src/load/playbook/task-module.ts';
import { get, type YamlNode } from '../../src/load/yaml/node.ts';
import { readYamlFile } from '../../src/load/yaml/read-yaml-file.ts';
import { META_ACTIONS } from '../../src/modules/engine/meta.ts';
import { CONTROLS, loadModules } from '../../src/modules/registry.ts';
import { compileProgram } from '../../src/program/compile.ts';
import { slotsOf } from '../../src/program/walk.ts';
import { copyKeywords } from '../keywords/files.ts';
import { runLocally } from './support/harness.ts';
import { recap } from './support/playbook.ts';

const LISTS = ['pre_tasks', 'tasks', 'post_tasks', 'handlers', 'block', 'rescue', 'always'];

describe('a playbook that uses every keyword', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tsplay-keywords-'));
    copyKeywords(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('has none left out', () => {
    const plays = itemsOf(readYamlFile(join(folder, 'every-keyword.yml')));
    const role = itemsOf(readYamlFile(join(folder, 'roles', 'ends', 'tasks', 'main.yml')));
    const nodes = [...plays.flatMap(within), ...role];
    const isBlock = (node: YamlNode): boolean => get(node, 'block') !== undefined;
    const used = (some: readonly YamlNode[]): ReadonlySet<string> => new Set(some.flatMap(keysOf));
    const controls = nodes.flatMap(node => get(node, 'loop_control') ?? []);
    const missing = {
      plays: PLAY_KEYWORDS.filter(key => !used(plays).has(key)),
      tasks: TASK_KEYWORDS.filter(key => !used(nodes.filter(node => !isBlock(node))).has(key)),
      blocks: BLOCK_KEYWORDS.filter(key => !used(nodes.filter(isBlock)).has(key)),
      lists: [...CALLING_KEYWORDS, ...Object.keys(CONTROLS), 'include_vars'].filter(key => !used(nodes).has(key)),
      loops: LOOP_CONTROLS.filter(key => !used(controls).has(key)),
      meta: META_ACTIONS.filter(action => !nodes.some(node => textOf(get(node, 'meta')) === action)),
      playbook: ['import_playbook'].filter(key => !used(plays).has(key)),
    };
    assert.deepEqual(missing, { plays: [], tasks: [], blocks: [], lists: [], loops: [], meta: [], playbook: [] });
  });

  it('runs twice, through JSON, and the second time changes nothing', async function () {
    this.timeout(60_000);
    const extraVars = [`place=${join(folder, 'place')}`];
    const sources = await loadSources({ playbook: 'every-keyword.yml', inventory: 'hosts.yml', extraVars, cwd: folder });
    const options = { mode: 'run', tags: { only: [], skip: [] }, magic: {}, hostsOf: sources.hostsOf, cwd: folder } as const;
    const program = compileProgram(sources, options);
    assert.deepEqual(JSON.parse(JSON.stringify(program)), program);
    const modules = await loadModules(slotsOf(program).map(slot => slot.ref.module));
    const typed = [...modules.values()].map(definition => ({ definition }));
    const first = await runLocally(program, typed);
    const failures = first.results.filter(({ status, rescued }) => status === 'failed' && rescued !== true);
    assert.deepEqual(
      failures.map(({ task, message }) => [task.name, message]),
      [],
    );
    assert.equal(first.exitCode, 0);
    assert.ok(recap(first).some(row => row.startsWith('n1 ') && row.includes('changed=')));
    assert.ok(recap(first).some(row => row.startsWith('made ')));
    const second = await runLocally(program, typed);
    assert.equal(second.exitCode, 0);
    assert.deepEqual(
      second.results.filter(({ status }) => status === 'changed').map(({ task }) => task.name),
      [],
    );
  });
});

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function within(node: YamlNode): readonly YamlNode[] {
  return LISTS.flatMap(key => itemsOf(get(node, key))).flatMap(each => [each, ...within(each)]);
}

function keysOf(node: YamlNode): readonly string[] {
  return node.kind === 'map' ? node.entries.map(({ key }) => key) : [];
}

function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined;
}
