// Writes small zip archives for tests, entries stored as they are.
import { crc32 } from './crc32.ts';

/** An entry; `mode` as in st_mode, 0 for one that a system without modes wrote. */
export interface Zipped {
  readonly name: string;
  readonly mode: number;
  readonly content?: string;
}

/** The bytes of a zip archive. */
export function zipOf(entries: readonly Zipped[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, mode, content = '' } of entries) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x5821, 8);
    common.writeUInt32LE(crc32(Buffer.from(content)), 10);
    common.writeUInt32LE(Buffer.byteLength(content), 14);
    common.writeUInt32LE(Buffer.byteLength(content), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), Buffer.from(content)]);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}
