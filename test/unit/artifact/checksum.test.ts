// Checksums: the five layouts projects publish them in, and what is none of them.
import { deepEqual, equal } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { algorithmOfFile, parseChecksum, readChecksum } from '../../../src/artifact/checksum.ts';

/** A name full of hex digits: it must not be taken for some of the digest. */
const FILE = 'kafka_2.11-2.2.0-deadbeef.tgz';
const SHA512 = createHash('sha512').update('x').digest('hex');
const SHA256 = createHash('sha256').update('x').digest('hex');
const OTHER = createHash('sha512').update('y').digest('hex');
const FOUND = { algorithm: 'sha512', digest: SHA512 };

/** As `gpg --print-md` prints it: groups of eight, continued under the first. */
function gpg(file: string, digest: string, perLine = 8): string {
  const groups = digest.toUpperCase().match(/.{8}/g) ?? [];
  const lines = Array.from({ length: Math.ceil(groups.length / perLine) }, (_, line) =>
    groups.slice(line * perLine, (line + 1) * perLine).join(' '),
  );
  return `${file}: ${lines.join(`\n${' '.repeat(file.length + 2)}`)}\n`;
}

describe('src/artifact/checksum', () => {
  const layouts: Readonly<Record<string, string>> = {
    'the digits alone': `${SHA512}\n`,
    'the digits alone, upper case, no newline': SHA512.toUpperCase(),
    'digits, two blanks, file': `${SHA512}  ${FILE}\n`,
    'digits, blank and star, file': `${SHA512} *${FILE}\n`,
    'digits, file with a path': `${SHA512}  ./target/${FILE}\n`,
    'lines of several files': `${OTHER}  other.tgz\n${SHA512}  ${FILE}\n${OTHER}  ${FILE}.asc\n`,
    'Windows line ends': `${OTHER}  other.tgz\r\n${SHA512}  ${FILE}\r\n`,
    BSD: `SHA512 (${FILE}) = ${SHA512}\n`,
    'BSD with several hashes': `SHA256 (${FILE}) = ${SHA256}\nSHA512 (${FILE}) = ${SHA512}\n`,
    'OpenSSL, its name with a dash': `SHA-512(${FILE})= ${SHA512}\n`,
    'gpg, continued': gpg(FILE, SHA512),
    'gpg, four groups a line': gpg(FILE, SHA512, 4),
    'gpg after another file': gpg('other.tgz', OTHER) + gpg(FILE, SHA512),
    'gpg, the digits on lines of their own': `${FILE}:\n${gpg('', SHA512).slice(1)}`,
    'gpg naming its hash': gpg(FILE, SHA512).replace(': ', ': SHA512 = '),
    'gpg with Windows line ends': gpg(FILE, SHA512).replaceAll('\n', '\r\n'),
    'the list of Redis': `# comment\nhash ${FILE} sha1 00 http://x\nhash ${FILE} sha512 ${SHA512} http://x/${FILE}\n`,
  };
  for (const [name, text] of Object.entries(layouts)) {
    it(`reads ${name}`, () => {
      deepEqual(parseChecksum(text, FILE, 'sha512'), FOUND);
      deepEqual(parseChecksum(text, FILE), FOUND);
    });
  }

  it('reads the short groups of gpg for md5 and sha1', () => {
    const md5 = createHash('md5').update('x').digest('hex');
    const pairs = md5.toUpperCase().match(/../g) ?? [];
    deepEqual(parseChecksum(`${FILE}: ${pairs.slice(0, 8).join(' ')}  ${pairs.slice(8).join(' ')}\n`, FILE, 'md5'), {
      algorithm: 'md5',
      digest: md5,
    });
    const sha1 = createHash('sha1').update('x').digest('hex');
    const fours = sha1.toUpperCase().match(/.{4}/g) ?? [];
    deepEqual(parseChecksum(`${FILE}: ${fours.slice(0, 5).join(' ')}  ${fours.slice(5).join(' ')}\n`, FILE), {
      algorithm: 'sha1',
      digest: sha1,
    });
  });

  for (const [name, text] of Object.entries({
    'another file': `${SHA512}  other.tgz\n`,
    'another file by gpg': gpg('other.tgz', SHA512),
    'a file whose name only ends alike': `${SHA512}  not-${FILE}\n`,
    'too few digits': `${SHA512.slice(1)}  ${FILE}\n`,
    'an error page': '<html><body>404 Not Found</body></html>\n',
    nothing: '',
  })) {
    it(`finds nothing in ${name}`, () => equal(parseChecksum(text, FILE, 'sha512'), undefined));
  }

  it('reads a checksum written out, and leaves URLs and paths', () => {
    deepEqual(readChecksum(`sha512:${SHA512.toUpperCase()}`), FOUND);
    deepEqual(readChecksum(SHA256), { algorithm: 'sha256', digest: SHA256 });
    equal(readChecksum(`sha256:${SHA512}`), undefined);
    equal(readChecksum('https://example.org/x.sha512'), undefined);
    equal(readChecksum('files/deadbeef'), undefined);
  });

  it('knows the hash a checksum file is named after', () => {
    equal(algorithmOfFile('x.tar.gz.sha512'), 'sha512');
    equal(algorithmOfFile('OpenJDK17U.tar.gz.sha256.txt'), 'sha256');
    equal(algorithmOfFile('SHA256SUMS'), 'sha256');
    equal(algorithmOfFile('CHECKSUM'), undefined);
  });
});
