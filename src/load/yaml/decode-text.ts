// Bytes of an input file to text: UTF-8, with or without a byte order mark, and nothing else.
import { InputError } from '../../errors/errors.ts';

/** One for all files: making it takes longer than decoding a file of variables. */
const DECODER = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes UTF-8; a byte order mark is dropped.
 * @throws InputError naming the line of the first byte that is not UTF-8
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new InputError([{ at: { file, line: 1, column: 1 }, what: 'the file is UTF-16', advice: 'save it as UTF-8' }]);
  }
  const whole = decode(bytes);
  if (whole !== undefined) return whole;
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end < 0 ? bytes.length : end + 1;
    if (decode(bytes.subarray(start, stop)) === undefined) break;
    start = stop;
  }
  throw new InputError([
    { at: { file, line, column: 1 }, what: 'this line holds bytes that are not UTF-8', advice: 'save the file as UTF-8' },
  ]);
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}
