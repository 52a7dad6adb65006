// The labs' tests once more, over each other way to reach a host, and each login. Words choose: of ways, and of files.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { labObstacle } from './lab/support/lab-inventory.ts';
import { WAYS, type Way } from './lab/support/way.ts';

const here = dirname(fileURLToPath(import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What is not run again, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  openssh: 'has these ways in it: it is what "logins" runs',
  secrets: 'has its clients in it, and a login by password that hosts on the way do not know',
  installed: 'writes an inventory of its own',
  lab: 'is about the lab itself',
  prod: 'reaches hosts as the inventory of production says, from a network of their own',
};

/** One file, over a way; undefined: as its tests say themselves. */
interface Part {
  readonly name: string;
  readonly way: Way | undefined;
}

/** Those that take minutes a file come last. */
const weightOf = (name: string): number =>
  name.startsWith('kafka') || name === 'drops' ? 2 : /zookeeper|ensembles|truth/.test(name) ? 1 : 0;

const all = readdirSync(join(here, 'lab')).flatMap(file => /^(.*)\.test\.js$/.exec(file)?.[1] ?? []);
const files = all.filter(name => !(name in LEFT_OUT)).sort((one, other) => weightOf(one) - weightOf(other) || one.localeCompare(other));
const ways = Object.keys(WAYS) as Way[];
const isWay = (word: string): word is Way => word in WAYS;
const LOGINS = 'logins';

/** What the words leave. */
function partsOf(words: readonly string[]): readonly Part[] {
  const names = words.filter(word => word !== LOGINS && !isWay(word));
  const strangers = names.filter(name => !files.includes(name));
  if (strangers.length > 0) throw new Error(`${strangers.join(', ')}: there are ${[LOGINS, ...ways, ...files].join(', ')}`);
  const chosen = words.some(isWay) ? words.filter(isWay) : names.length > 0 || !words.includes(LOGINS) ? ways : [];
  const wanted = names.length > 0 ? files.filter(name => names.includes(name)) : files;
  const logins = words.length === 0 || words.includes(LOGINS) ? [{ name: 'openssh', way: undefined }] : [];
  return [...logins, ...chosen.flatMap(way => wanted.map(name => ({ name, way })))];
}

const inWords = ({ name, way }: Part): string =>
  way === undefined ? 'each login (a certificate, a password and another for sudo …)' : `${name}, ${WAYS[way]}`;

async function passes({ name, way }: Part): Promise<boolean> {
  const child = spawn(process.execPath, [join(here, 'all.js'), join('lab', `${name}.test.js`)], {
    stdio: 'inherit',
    env: { ...process.env, TSPLAY_TEST_WAY: way ?? '' },
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0;
}

const obstacle = await labObstacle();
if (obstacle !== undefined) {
  say(`no lab here: ${obstacle}`);
  process.exit(1);
}
for (const [name, why] of Object.entries(LEFT_OUT)) say(`left out: ${name}: it ${why}`);
const parts = partsOf(process.argv.slice(2));
const lines: string[] = [];
let passed = 0;
for (const part of parts) {
  say(`\n${inWords(part)}`);
  const isSound = await passes(part);
  if (isSound) passed += 1;
  lines.push(`${isSound ? '✓' : '✗'} ${inWords(part)}`);
}
say(`\n${lines.join('\n')}\n${passed} of ${parts.length} passed`);
process.exit(parts.length > 0 && passed === parts.length ? 0 : 1);
