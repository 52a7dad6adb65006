// Small modules whose whole subject is a file in a folder of the test: just enough to watch the engine at work.
import { defineFact } from '../../../src/facts/contract.ts';
import { resource } from '../../../src/facts/resource.ts';
import { run } from '../../../src/modules/actions.ts';
import { defineClusterModule, defineModule, isAbsent } from '../../../src/modules/contract.ts';
import { assign, change, differs, unmet, waitFor } from '../../../src/modules/steps.ts';
import { sh } from '../../../src/util/shell.ts';

/** The text of a file, and whether there is one. */
export const note = defineFact({
  name: 'test.note',
  summary: 'the text of a file',
  probe: (args: { readonly path: string }) => sh`cat -- ${args.path}`,
  reads: args => [resource.path(args.path)],
  parse: ({ stdout, status }) => ({ exists: status === 0, text: stdout }),
  absent: { exists: false, text: '' },
  cost: 'cheap',
});

const NOTE_PARAMS = {
  type: 'object',
  properties: { path: { type: 'string' }, text: { type: 'string' } },
  required: ['path', 'text'],
  additionalProperties: false,
} as const;

/** Keeps a text in a file. */
export const keep = defineModule({
  name: 'test.keep',
  summary: 'keep a text in a file',
  params: NOTE_PARAMS,
  examples: [],
  facts: p => ({ note: note({ path: p.path }) }),
  changes: (p, have) =>
    differs('text', have.note.exists ? have.note.text : null, p.text, {
      actions: [run(sh`printf %s ${p.text} > ${p.path}`)],
      sets: [note({ path: p.path }).becomes({ exists: true, text: p.text })],
      touches: [resource.path(p.path)],
    }),
  result: (_p, have) => ({ text: have.note.text }),
});

/** Says that it keeps a text, and keeps another. */
export const lie = defineModule({
  name: 'test.lie',
  summary: 'promise one text and keep another',
  params: NOTE_PARAMS,
  examples: [],
  rounds: () => 0,
  facts: p => ({ note: note({ path: p.path }) }),
  changes: (p, have) =>
    differs('text', have.note.text, p.text, {
      actions: [run(sh`printf %s ${`${p.text}, almost`} > ${p.path}`)],
      sets: [note({ path: p.path }).becomes({ exists: true, text: p.text })],
      touches: [resource.path(p.path)],
    }),
});

/** Changes something, and never what was asked for. */
export const stubborn = defineModule({
  name: 'test.stubborn',
  summary: 'never converge',
  params: NOTE_PARAMS,
  examples: [],
  facts: p => ({ note: note({ path: p.path }) }),
  changes: (p, have) => differs('text', have.note.text, p.text, { actions: [run(sh`true`)], sets: [], touches: [] }),
});

/** Runs a command, always; nothing is known of what it does. */
export const always = defineModule({
  name: 'test.always',
  summary: 'run a command',
  params: {
    type: 'object',
    properties: { script: { type: 'string' }, touches: { type: 'array', items: { type: 'string' } } },
    required: ['script'],
    additionalProperties: false,
  },
  examples: [],
  rounds: () => 0,
  facts: () => ({}),
  changes: p => [
    change('run', null, p.script, {
      actions: [run(sh`sh -c ${p.script}`)],
      sets: [],
      touches: p.touches === undefined ? [resource.anything] : p.touches.map(resource.path),
    }),
  ],
  result: (_p, _have, ran) => ({ stdout: ran.outputs[0]?.stdout ?? '', status: ran.outputs[0]?.status ?? 0 }),
});

/** Needs a file that something else provides. */
export const needs = defineModule({
  name: 'test.needs',
  summary: 'need a file',
  params: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'], additionalProperties: false },
  examples: [],
  facts: p => ({ note: note({ path: p.path }) }),
  changes: (p, have) => (have.note.exists ? [] : [unmet(`there is no ${p.path}; make it first, with test.keep`)]),
});

/** Three facts for one answer. */
export const three = defineModule({
  name: 'test.three',
  summary: 'look at three files',
  params: {
    type: 'object',
    properties: { paths: { type: 'array', items: { type: 'string' } } },
    required: ['paths'],
    additionalProperties: false,
  },
  examples: [],
  facts: p => ({ notes: p.paths.map(path => note({ path })) }),
  changes: () => [],
  result: (_p, have) => have.notes.map(item => item.text),
});

/** Gives a variable a value. */
export const remember = defineModule({
  name: 'test.remember',
  summary: 'set a variable',
  params: {
    type: 'object',
    properties: { value: { type: ['string', 'number', 'boolean', 'null', 'array', 'object'] } },
    additionalProperties: false,
  },
  examples: [],
  facts: () => ({}),
  changes: p => [assign({ remembered: p.value as string })],
});

/** Waits until a file is there. */
export const awaitNote = defineModule({
  name: 'test.await',
  summary: 'wait for a file',
  params: {
    type: 'object',
    properties: { path: { type: 'string' }, seconds: { type: 'integer', default: 1 } },
    required: ['path'],
    additionalProperties: false,
  },
  examples: [],
  facts: p => ({ note: note({ path: p.path }) }),
  changes: (p, have) =>
    have.note.exists
      ? []
      : [
          waitFor({
            for: `${p.path} to appear`,
            until: sh`test -e ${p.path}`,
            deadline: p.seconds,
            sets: [note({ path: p.path }).with({ exists: true })],
          }),
        ],
});

/** Members write one after the other, the last in the list last: one a round. */
export const takeTurns = defineClusterModule({
  name: 'test.turns',
  summary: 'write on one member after the other',
  params: {
    type: 'object',
    properties: { folder: { type: 'string' }, text: { type: 'string' } },
    required: ['folder', 'text'],
    additionalProperties: false,
  },
  examples: [],
  members: (_p, hosts) => hosts,
  rounds: () => 10,
  facts: (p, member) => ({ note: note({ path: `${p.folder}/${member}` }) }),
  changes: (p, have) => {
    const behind = [...have].find(([, answer]) => !isAbsent(answer) && answer.note.text !== p.text);
    if (behind === undefined) return [];
    const path = `${p.folder}/${behind[0]}`;
    const mend = {
      actions: [run(sh`printf %s ${p.text} > ${path}; echo ${behind[0]} >> ${`${p.folder}/order`}`)],
      sets: [note({ path }).becomes({ exists: true, text: p.text })],
      touches: [resource.path(path)],
    };
    return [change('text', null, p.text, { ...mend, on: behind[0] })];
  },
  says: (_p, have) => `${have.size} members agree`,
});
