// Pins the jars of a stand-in archive: resolves what the given coordinates need at run time and prints the list for src/lab/artifacts/jars.
//   node .build/lab/test/lab/support/pin-jars.js group:artifact:version… > src/lab/artifacts/jars/NAME.json
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/lab/command.ts';
import { fileName } from '../../../src/lab/artifacts/maven.ts';

/** Native code for other systems than the lab's. */
const ELSEWHERE = /osx|windows|aarch/;

const work = await mkdtemp(join(tmpdir(), 'pin-jars-'));
try {
  const dependencies = process.argv.slice(2).map(text => {
    const [group, artifact, version] = text.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  const project =
    '<modelVersion>4.0.0</modelVersion><groupId>lab</groupId><artifactId>lab</artifactId><version>1</version><packaging>pom</packaging>';
  await writeFile(join(work, 'pom.xml'), `<project>${project}<dependencies>${dependencies.join('')}</dependencies></project>`);
  const maven = ['mvn', '-q', '-B', '-DincludeScope=runtime'];
  await run([...maven, 'dependency:list', `-DoutputFile=${work}/list`], { cwd: work });
  await run([...maven, 'dependency:copy-dependencies', `-DoutputDirectory=${work}/jars`], { cwd: work });
  const pins: Record<string, string> = {};
  for (const line of (await readFile(join(work, 'list'), 'utf8')).split('\n').sort()) {
    const found = /^\s+([^:\s]+):([^:\s]+):([^:\s]+):(?:([^:\s]+):)?([^:\s]+):(?:compile|runtime)/.exec(line);
    if (!found || ELSEWHERE.test(found[4] ?? '')) continue;
    const [, group = '', artifact = '', type = '', classifier, version = ''] = found;
    const coordinate = [group, artifact, version, ...(classifier === undefined ? [] : [type, classifier])].join(':');
    pins[coordinate] = createHash('sha256')
      .update(await readFile(join(work, 'jars', fileName(coordinate))))
      .digest('hex');
  }
  process.stdout.write(`${JSON.stringify(pins, null, 2)}\n`);
} finally {
  await rm(work, { recursive: true, force: true });
}
