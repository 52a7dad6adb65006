// What a host shows of itself, and what the known-hosts files make of it.
import type { Duplex } from 'node:stream';
import { UnreachableError } from '../../errors/errors.ts';
import { describeHost, fingerprint, judgeHostKey, placeOf, removal, type Judgement } from '../../session/host-keys/host-key.ts';
import { keyType } from '../../session/host-keys/known-hosts.ts';
import type { ConnectionSpec } from '../../session/types.ts';

interface ShownKey {
  readonly key: Buffer;
  readonly judgement: Judgement;
}

/** `changed`: a key is another than the one that is known, or revoked; nothing is recorded for the host. */
export type Finding =
  | { readonly kind: 'unreachable'; readonly words: string }
  | { readonly kind: 'shown' | 'changed'; readonly spec: ConnectionSpec; readonly keys: readonly ShownKey[] };

/** Asks a host for all its keys. */
export async function lookAtHost(spec: ConnectionSpec, dial: () => Promise<Duplex>): Promise<Finding> {
  try {
    const { scanHostKeys } = await import('../../session/ssh2/scan-host-keys.ts');
    const judged = (await scanHostKeys(spec, dial)).map(key => ({ key, judgement: judgeHostKey(spec, key) }));
    const isKnown = judged.some(({ judgement }) => judgement.kind === 'known');
    const keys = judged.map(({ key, judgement }) => ({ key, judgement: isKnown ? besideKnown(key, judgement) : judgement }));
    const isChanged = keys.some(({ judgement: { kind } }) => kind === 'changed' || kind === 'revoked');
    return { kind: isChanged ? 'changed' : 'shown', spec, keys };
  } catch (error) {
    if (error instanceof UnreachableError) return { kind: 'unreachable', words: error.message };
    throw error;
  }
}

/** A host that shows a key which is known may have others, of types of which none is. */
function besideKnown(key: Buffer, judgement: Judgement): Judgement {
  return judgement.kind === 'changed' && judgement.by.type !== keyType(key) ? { kind: 'new', authority: undefined } : judgement;
}

/** Prints it. */
export function sayFinding(finding: Finding): void {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  if (finding.kind === 'unreachable') {
    say(finding.words);
    return;
  }
  const { spec, keys } = finding;
  say(describeHost(spec));
  if (keys.length === 0) say('  shows no key of a type that can be used');
  for (const { key, judgement } of keys) say(`  ${keyType(key).padEnd(19)} ${fingerprint(key)}  ${inWords(spec, judgement)}`);
}

function inWords(spec: ConnectionSpec, judgement: Judgement): string {
  switch (judgement.kind) {
    case 'new':
      return 'new';
    case 'known':
      return `known: ${placeOf(judgement.by)}`;
    case 'revoked':
      return `REVOKED by ${placeOf(judgement.by)}: do not log in to it`;
    case 'changed': {
      const { by } = judgement;
      const advice = `if the host was reinstalled remove that line with: ${removal(spec, by)}`;
      return `CHANGED: ${placeOf(by)} has ${by.type} ${fingerprint(by.key)}; ${advice}`;
    }
    default:
      return judgement satisfies never;
  }
}
