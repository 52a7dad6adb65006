// A private key in the words of PuTTY (version 2), as its own tools on Debian no longer write it unless they are told to.
import { createCipheriv, createHash, createHmac, createPrivateKey } from 'node:crypto';

/** An RSA key. @param pem as ssh-keygen -m PEM writes it; @param blob the public key as it goes over the wire */
export function puttyKey(pem: string, blob: Buffer, passphrase: string): string {
  const { d = '', p = '', q = '', qi = '' } = createPrivateKey(pem).export({ format: 'jwk' });
  const inside = Buffer.concat([d, p, q, qi].map(number => string(mpint(Buffer.from(number, 'base64url')))));
  const isLocked = passphrase !== '';
  const padding = isLocked
    ? createHash('sha1')
        .update(inside)
        .digest()
        .subarray(0, (16 - (inside.length % 16)) % 16)
    : Buffer.alloc(0);
  const plain = Buffer.concat([inside, padding]);
  const encryption = isLocked ? 'aes256-cbc' : 'none';
  const signed = Buffer.concat([Buffer.from('ssh-rsa'), Buffer.from(encryption), Buffer.from('test'), blob, plain].map(string));
  const secret = createHash('sha1').update(`putty-private-key-file-mac-key${passphrase}`).digest();
  return [
    'PuTTY-User-Key-File-2: ssh-rsa',
    `Encryption: ${encryption}`,
    'Comment: test',
    ...block('Public', blob),
    ...block('Private', isLocked ? encrypt(plain, passphrase) : plain),
    `Private-MAC: ${createHmac('sha1', secret).update(signed).digest('hex')}`,
    '',
  ].join('\n');
}

function encrypt(plain: Buffer, passphrase: string): Buffer {
  const halves = [0, 1].map(index =>
    createHash('sha1')
      .update(Buffer.from([0, 0, 0, index]))
      .update(passphrase)
      .digest(),
  );
  const cipher = createCipheriv('aes-256-cbc', Buffer.concat(halves).subarray(0, 32), Buffer.alloc(16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

function block(name: string, bytes: Buffer): readonly string[] {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`${name}-Lines: ${lines.length}`, ...lines];
}

function mpint(number: Buffer): Buffer {
  return (number[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), number]) : number;
}

function string(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
