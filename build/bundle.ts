// The last step of the build: the program as it is shipped, in few files. Run after tsc, it writes `bundle/` beside what tsc wrote.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import * as names from '../src/index.ts';
import { packageRoot } from '../src/util/package-root.ts';
import { licensesOf } from './licenses.ts';
import { checksCode, engineSchemas, roleSchemas } from './validators.ts';

const root = packageRoot();
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'bundle');

/** Packages that many runs do without: each is a part, which is not even read by a run that does not use it. */
const SELDOM: readonly string[] = ['ajv', 'listr2', 'ssh2', 'tar-stream', 'yauzl'];

/** The same of packages that are imported by name everywhere: what they export is looked up, and the part read, when it is first used. */
const LATE: Readonly<Record<string, string>> = {
  cel: '@marcbachmann/cel-js',
  handlebars: 'handlebars/dist/cjs/handlebars/compiler/base.js',
  ip: 'ip-address',
};

/** What each part exports. */
const PARTS: Readonly<Record<string, string>> = {
  program: `
    exports.run = async words => (await import('./src/cli/run-command-line.ts')).runCommandLine(words);
    Object.defineProperty(exports, 'names', { get: () => require('./src/index.ts') });`,
  roles: `module.exports = require('./roles/shipped.ts');`,
  'role-checks': checksCode(await roleSchemas()),
  ...Object.fromEntries(SELDOM.map(name => [name, `module.exports = require('${name}');`])),
  ...Object.fromEntries(Object.entries(LATE).map(([part, name]) => [part, `module.exports = require('${name}');`])),
  // What else it offers brings HTTP and TLS with it, and is not used.
  ssh2: `
    exports.Client = require('ssh2/lib/client.js');
    exports.OpenSSHAgent = require('ssh2/lib/agent.js').OpenSSHAgent;
    exports.utils = { parseKey: require('ssh2/lib/protocol/keyParser.js').parseKey };`,
};

/** The first file: it loads the parts. */
const FIRST = (digest: string): string => `
  const { begin } = require('./src/start/begin.ts');
  module.exports = begin({ folder: __dirname, build: '${digest}', require, isMain: require.main === module });`;

/** What src/schema/ready.ts is in the bundle. The checks of roles are looked into for a schema that the engine does not have. */
const READY = `${checksCode(await engineSchemas())}
  export const readyCheck = digest => CHECKS[digest] ?? require('role-checks').CHECKS[digest];`;

/** The names that each package of {@link LATE} exports. */
const LATE_NAMES = new Map(
  await Promise.all(Object.values(LATE).map(async name => [name, Object.keys((await import(name)) as object)] as const)),
);

/** What a person's role imports: names out of the program that runs. */
const NAMES = `import program from './tsplay.cjs';\nexport const { ${Object.keys(names).join(', ')} } = program.names;\n`;

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const bundled = await Promise.all(
  Object.entries(PARTS).map(([part, code]) =>
    // A part is a function of what Node gives to a file of CommonJS.
    bundle(part, code, { before: '(function (exports, require, module, __filename, __dirname) {', after: '})' }),
  ),
);
const digest = createHash('sha256')
  .update(bundled.map(({ text }) => text).join('\0'))
  .digest('hex')
  .slice(0, 16);
await bundle('tsplay', FIRST(digest), { before: '#!/usr/bin/env node' });
chmodSync(join(folder, 'tsplay.cjs'), 0o755);
writeFileSync(join(folder, 'index.js'), NAMES);
writeFileSync(
  join(folder, 'LICENSES.txt'),
  licensesOf(
    bundled.flatMap(({ inputs }) => inputs),
    root,
  ),
);

interface Bundled {
  readonly text: string;
  /** The files it was made of, from the root of the package. */
  readonly inputs: readonly string[];
}

/** Writes one file of the bundle, and its map. Names are kept and lines short: people read stacks. */
async function bundle(part: string, code: string, around: { readonly before: string; readonly after?: string }): Promise<Bundled> {
  const file = join(folder, `${part}.cjs`);
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: { contents: code, resolveDir: root, sourcefile: `${part}.js` },
    outfile: file,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    // What is ASCII is read fastest.
    charset: 'ascii',
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 160,
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    banner: { js: around.before },
    footer: { js: around.after ?? '' },
    plugins: [otherParts(part), sources()],
  });
  return { text: readFileSync(file, 'utf8'), inputs: Object.keys(metafile.inputs) };
}

/** Leaves what belongs to other parts to them. It is asked for when it is first used, as it is in the sources. */
function otherParts(part: string): Plugin {
  const leaveTo = (other: string): { readonly path: string; readonly namespace: string } => ({ path: other, namespace: 'other' });
  return {
    name: 'other parts',
    setup(on) {
      on.onResolve({ filter: new RegExp(`^(?:${[...SELDOM, 'role-checks'].join('|')})$`) }, ({ path }) =>
        path === part ? undefined : leaveTo(`./${path}.cjs`),
      );
      for (const [other, name] of Object.entries(LATE))
        on.onResolve({ filter: new RegExp(`^${name}$`) }, () =>
          part === other ? undefined : { path: `./${other}.cjs`, namespace: 'late' },
        );
      on.onResolve({ filter: /\/roles\/shipped\.ts$/ }, () => (part === 'roles' ? undefined : leaveTo('./roles.cjs')));
      on.onResolve({ filter: /\/import-file\.ts$/ }, () => (part === 'program' ? leaveTo('import-file') : undefined));
      on.onResolve({ filter: /\/src\/index\.ts$/ }, () => (part === 'roles' ? leaveTo('tsplay') : undefined));
      // ssh2 looks for code that was compiled when it was installed, and is as fast without.
      on.onResolve({ filter: /^cpu-features$|\.node$/ }, ({ path }) => ({ path, namespace: 'absent' }));
      on.onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({ contents: `throw new Error('${path} is left out');` }));
      on.onResolve({ filter: /.*/, namespace: 'other' }, ({ path }) => ({ path, external: true }));
      on.onResolve({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ path, external: true }));
      on.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ contents: lateNames(path) }));
      on.onLoad({ filter: /.*/, namespace: 'other' }, ({ path }) => ({ contents: `module.exports = require('${path}');` }));
    },
  };
}

/** A module with the names of a part, which is read when one of them is used. */
function lateNames(path: string): string {
  const names = LATE_NAMES.get(LATE[basename(path, '.cjs')] ?? '') ?? [];
  return names
    .filter(name => /^[A-Za-z]\w*$/.test(name) && name !== 'default')
    .map(name => `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('${path}')['${name}'] });`)
    .join('\n');
}

/** Our own files, in CommonJS: what they are told of themselves is where their sources are. */
function sources(): Plugin {
  return {
    name: 'sources',
    setup(on) {
      on.onLoad({ filter: /\/src\/schema\/ready\.ts$/ }, () => ({ contents: READY, loader: 'js', resolveDir: root }));
      // Its one letter that is not ASCII stands in a regular expression, too, where esbuild leaves it as it is.
      on.onLoad({ filter: /\/cel-js\/lib\/.*\.js$/ }, ({ path }) => ({ contents: readFileSync(path, 'utf8').replaceAll('µ', '\\u00b5') }));
      on.onLoad({ filter: /\/(?:src|roles)\/.*\.ts$/ }, ({ path }) => {
        const url = `new URL(${JSON.stringify(relative(folder, path))}, require('node:url').pathToFileURL(__filename)).href`;
        const text = readFileSync(path, 'utf8');
        return { contents: text.replaceAll('createRequire(import.meta.url)', 'require').replaceAll('import.meta.url', url), loader: 'ts' };
      });
    },
  };
}
