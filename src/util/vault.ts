// Ansible Vault's envelope: text encrypted with a password. Reads 1.1 and 1.2, writes 1.1.
// The format is documented at docs.ansible.com, "Ansible Vault payload format 1.1 - 1.2".
import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

const HEADER = '$ANSIBLE_VAULT;1.1;AES256';
const ITERATIONS = 10_000;
const LINE = 80;

interface Keys {
  readonly cipher: Buffer;
  readonly mac: Buffer;
  readonly counter: Buffer;
}

/** Encrypts a text. Every call gives another envelope of the same text. */
export function encryptVault(plain: string, password: string): string {
  const salt = randomBytes(32);
  const keys = keysOf(password, salt);
  const cipher = createCipheriv('aes-256-ctr', keys.cipher, keys.counter);
  cipher.setAutoPadding(false);
  const bytes = Buffer.concat([cipher.update(padded(Buffer.from(plain))), cipher.final()]);
  const mac = createHmac('sha256', keys.mac).update(bytes).digest();
  const body = Buffer.from([salt, mac, bytes].map(part => part.toString('hex')).join('\n')).toString('hex');
  return [HEADER, ...(body.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [])].join('\n');
}

/** The text in an envelope. @throws Error in words when it is none, or the password is another */
export function decryptVault(envelope: string, password: string): string {
  const [header = '', ...lines] = envelope.trim().split(/\r?\n/);
  if (!/^\$ANSIBLE_VAULT;1\.[12];AES256(;|$)/.test(header.trim())) throw new Error('not an Ansible Vault envelope of version 1.1 or 1.2');
  const parts = Buffer.from(lines.map(line => line.trim()).join(''), 'hex')
    .toString('utf8')
    .split('\n');
  const [salt, mac, bytes] = parts.map(part => Buffer.from(part, 'hex'));
  if (salt === undefined || mac === undefined || bytes === undefined) throw new Error('the Ansible Vault envelope is cut off');
  const keys = keysOf(password, salt);
  const expected = createHmac('sha256', keys.mac).update(bytes).digest();
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) throw new Error('the vault password does not fit');
  const decipher = createDecipheriv('aes-256-ctr', keys.cipher, keys.counter);
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
  return plain.subarray(0, plain.length - (plain.at(-1) ?? 0)).toString('utf8');
}

function keysOf(password: string, salt: Buffer): Keys {
  const derived = pbkdf2Sync(password, salt, ITERATIONS, 80, 'sha256');
  return { cipher: derived.subarray(0, 32), mac: derived.subarray(32, 64), counter: derived.subarray(64, 80) };
}

/** Filled up to a whole number of blocks of 16, each added byte saying how many there are. */
function padded(plain: Buffer): Buffer {
  const missing = 16 - (plain.length % 16);
  return Buffer.concat([plain, Buffer.alloc(missing, missing)]);
}
