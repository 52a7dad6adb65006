// Every golden case of every fact: the probe's text for the arguments, and the value of what it printed.
import { deepEqual, equal } from 'node:assert/strict';
import type { FactArguments, FactDefinition, ProbeOutput } from '../../src/facts/contract.ts';
import { deepFreeze } from '../../src/util/freeze.ts';
import { exportsUnder, goldenFiles, printed, rewrite, updating } from '../support/golden.ts';

type AnyFact = FactDefinition<FactArguments, unknown>;

interface FactCase {
  readonly title: string;
  readonly args?: FactArguments;
  readonly stdout?: string;
  /** Instead of `stdout`, where text would lose something. */
  readonly stdout_base64?: string;
  readonly stderr?: string;
  readonly status?: number;
}

interface FactAnswer {
  readonly probe: string;
  /** What the answer depends on, `kind id`. */
  readonly reads: readonly string[];
  readonly value?: unknown;
  /** The words it fails with. */
  readonly error?: string;
}

const ANSWERS = ['probe', 'reads', 'value', 'error'] as const satisfies readonly (keyof FactAnswer)[];
const FOLDERS = ['src/facts', 'src/modules', 'roles/*/facts', 'roles/*/modules'];

for (const file of goldenFiles<FactCase & Partial<FactAnswer>>(['test/facts', 'roles/*/facts', 'roles/*/modules'], 'fact')) {
  const name = String(file.content['fact']);
  describe(`${file.name}: ${name}`, () => {
    let fact: AnyFact;
    before(async () => {
      fact = await findFact(name);
    });

    file.content.cases.forEach((golden, index) => {
      it(golden.title, () => {
        const answer = ask(fact, golden);
        if (updating) file.content.cases[index] = { ...without(golden), ...answer };
        else for (const part of ANSWERS) deepEqual(answer[part], golden[part], part);
      });
    });

    if (updating) after(() => rewrite(file));
  });
}

describe('test/facts', () => {
  it('has no fact defined twice', async () => {
    const names = (await factsFound()).facts.map(fact => fact.name);
    equal(names.filter((name, index) => names.indexOf(name) !== index).join(), '');
  });
});

function ask(fact: AnyFact, golden: FactCase): FactAnswer {
  const args = deepFreeze({ ...golden.args });
  const bytes = golden.stdout_base64 === undefined ? Buffer.from(golden.stdout ?? '') : Buffer.from(golden.stdout_base64, 'base64');
  const output: ProbeOutput = { stdout: bytes.toString('utf8'), stderr: golden.stderr ?? '', status: golden.status ?? 0, bytes };
  const asked = { probe: fact.probe(args).text, reads: fact.reads(args).map(({ kind, id }) => `${kind} ${id}`.trim()) };
  try {
    return { ...asked, value: printed(fact.parse(output, args)) };
  } catch (error) {
    return { ...asked, error: error instanceof Error ? error.message : String(error) };
  }
}

function without(golden: FactCase & Partial<FactAnswer>): FactCase {
  return Object.fromEntries(Object.entries(golden).filter(([key]) => !(ANSWERS as readonly string[]).includes(key))) as unknown as FactCase;
}

async function findFact(name: string): Promise<AnyFact> {
  const { facts, failed } = await factsFound();
  const found = facts.find(fact => fact.name === name);
  if (found === undefined) throw new Error([`no fact ${name} in ${FOLDERS.join(', ')}`, ...failed].join('\n'));
  return found;
}

async function factsFound(): Promise<{ readonly facts: readonly AnyFact[]; readonly failed: readonly string[] }> {
  const { exports, failed } = await exportsUnder(FOLDERS);
  const facts = exports.map(exported => (exported as { readonly definition?: AnyFact } | undefined)?.definition);
  return {
    facts: [...new Set(facts.filter(definition => definition !== undefined && 'probe' in definition))] as readonly AnyFact[],
    failed,
  };
}
