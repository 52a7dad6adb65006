import assert from 'node:assert/strict';
import type { Event } from '../../../src/report/events.ts';
import { createMasker } from '../../../src/report/mask.ts';
import { secretForms } from '../../../src/report/secret-forms.ts';
import { secret } from '../../../src/util/secret.ts';
import { quote } from '../../../src/util/shell.ts';
import { unknown } from '../../../src/util/unknown.ts';
import { aResult } from './support/events.ts';

const PASSWORD = `p4ss "w'ord" $x/+&é`;

describe('report/mask', () => {
  const spellings: Readonly<Record<string, string>> = {
    plain: PASSWORD,
    'quoted for a shell': quote(PASSWORD),
    'inside a longer quoted word': quote(`--password=${PASSWORD}`),
    'in double quotes': `"${PASSWORD.replaceAll(/["\\$`]/g, '\\$&')}"`,
    'in JSON': JSON.stringify({ password: PASSWORD }),
    base64: Buffer.from(PASSWORD).toString('base64'),
    'base64 for URLs': Buffer.from(PASSWORD).toString('base64url'),
    'base64 after one byte': Buffer.from(`:${PASSWORD}`).toString('base64'),
    'base64 after a user': Buffer.from(`ad:${PASSWORD}`).toString('base64'),
    'base64 between others': Buffer.from(`admin:${PASSWORD}\n`).toString('base64'),
    'in a URL': `https://n1/?p=${encodeURIComponent(PASSWORD)}&q=1`,
    'in a form': new URLSearchParams({ p: PASSWORD }).toString(),
    'in a URL in lower case': encodeURIComponent(PASSWORD).replaceAll(/%../g, code => code.toLowerCase()),
  };
  for (const [name, text] of Object.entries(spellings)) {
    it(`masks a secret ${name}`, () => {
      const masker = createMasker();
      assert.equal(masker.mask(text), text);
      masker.addSecret(PASSWORD);
      const masked = masker.mask(text);
      assert.ok(masked.includes('***'), masked);
      for (const form of secretForms(PASSWORD)) assert.ok(!masked.includes(form), masked);
      assert.ok(!masked.includes('w%27ord') && !masked.includes('p4ss'), masked);
    });
  }

  it('masks secrets that are large, and many', () => {
    const masker = createMasker();
    const many = Array.from({ length: 1_000 }, (_, index) => `secret ${index} & its "end"`);
    const large = `${'x'.repeat(400_000)} & its end`;
    for (const text of [...many, large, PASSWORD]) masker.addSecret(text);
    assert.equal(masker.mask(`a ${large} b ${PASSWORD} c ${many[321] ?? ''} d`), 'a *** b *** c *** d');
    assert.equal(masker.mask(Buffer.from(large).toString('base64')), '***');
  });

  it('masks each line of a secret with several', () => {
    const masker = createMasker();
    masker.addSecret('-----BEGIN KEY-----\nMIIEvQIBADANBgkqh\nkiG9w0BAQEFAASCBK\n-----END KEY-----\n');
    assert.equal(masker.mask('+ kiG9w0BAQEFAASCBK'), '+ ***');
    assert.equal(masker.mask('-----BEGIN KEY-----'), '-----BEGIN KEY-----');
  });

  it('leaves short secrets to their type', () => {
    const masker = createMasker();
    masker.addSecret('abcde');
    assert.equal(masker.mask('abcde'), 'abcde');
  });

  it('masks the longer of two secrets that overlap', () => {
    const masker = createMasker();
    masker.addSecret('hunter2');
    masker.addSecret('hunter2-and-more');
    assert.equal(masker.mask('hunter2-and-more hunter2'), '*** ***');
  });

  it('masks every text of an event, and keeps its words, secrets and numbers', () => {
    const masker = createMasker();
    masker.addSecret('changed');
    masker.addSecret('hunter22');
    const event = aResult('t', 'n1', {
      status: 'changed',
      item: 'hunter22',
      message: 'said hunter22',
      assumes: ['unit hunter22'],
      changes: [
        {
          attribute: 'of hunter22',
          from: { hunter22: ['x', 'hunter22', 5], status: 'hunter22' },
          to: unknown('depends on hunter22'),
          diff: '+hunter22',
        },
        { attribute: 'key', from: null, to: secret('hunter22') },
      ],
    });
    const masked = masker.maskEvent(event);
    assert.equal(masked.kind === 'task-result' && masked.status, 'changed');
    assert.ok(!JSON.stringify(masked).includes('hunter22'), JSON.stringify(masked));
    assert.equal(masked.kind === 'task-result' && masked.changes.length, 2);
    assert.equal(masked.kind === 'task-result' && masked.milliseconds, 10);
  });

  it('stands before any reporter, and learns during the run', () => {
    const heard: Event[] = [];
    const masker = createMasker();
    const emit = masker.wrap(event => heard.push(event));
    emit({ kind: 'note', level: 'info', text: 'hunter22' });
    masker.addSecret('hunter22');
    emit({ kind: 'note', level: 'info', text: 'hunter22' });
    assert.deepEqual(heard, [
      { kind: 'note', level: 'info', text: 'hunter22' },
      { kind: 'note', level: 'info', text: '***' },
    ]);
  });
});
