// The module that Elasticsearch's index of users needs and the lab's archive lacks, compiled against that archive.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../support/project-root.ts';

/** Why it cannot be compiled on this machine. */
export function javacObstacle(): string | undefined {
  return ['javac', 'jar'].every(name => spawnSync(name, ['--version']).status === 0)
    ? undefined
    : 'there is no Java compiler; install default-jdk-headless';
}

/** Puts the module for a version below a folder. @param archive of that version @returns the folder that belongs below `modules/` */
export function buildEmailAnalysis(version: string, archive: string, below: string): string {
  const [server, classes, module] = [join(below, 'server'), join(below, 'classes'), join(below, 'analysis-common')];
  for (const folder of [server, classes, module]) mkdirSync(folder);
  execFileSync('tar', ['-xzf', archive, '-C', server, '--strip-components=1', '--wildcards', '*/lib/*.jar']);
  const source = join(projectRoot(), 'test', 'lab', 'support', 'EmailAnalysis.java');
  execFileSync('javac', ['--release', '11', '-cp', join(server, 'lib', '*'), '-d', classes, source]);
  execFileSync('jar', ['--create', '--file', join(module, 'analysis-common.jar'), '-C', classes, '.']);
  const about = {
    name: 'analysis-common',
    description: 'words of addresses',
    classname: 'EmailAnalysis',
    version,
    'elasticsearch.version': version,
    'java.version': '11',
    type: 'isolated',
    'has.native.controller': 'false',
  };
  const lines = Object.entries(about).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(module, 'plugin-descriptor.properties'), lines.join(''));
  return module;
}
