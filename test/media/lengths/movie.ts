/** A box with this content; `size` is what its header says instead of its length. */
export function box(type: string, content: Buffer | readonly Buffer[], size?: number): Buffer {
  const inner = Buffer.isBuffer(content) ? content : Buffer.concat(content);
  const header = Buffer.from(`\0\0\0\0${type}`, 'latin1');
  header.writeUInt32BE(size ?? header.length + inner.length);
  return Buffer.concat([header, inner]);
}

/** The same with its size in eight bytes. */
export function largeBox(type: string, content: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(16 + content.length));
  return box(type, [size, content], 1);
}

/** A movie's header of version 0. */
export function mvhd(timeScale: number, duration: number): Buffer {
  const content = Buffer.alloc(100);
  content.writeUInt32BE(timeScale, 12);
  content.writeUInt32BE(duration, 16);
  return box('mvhd', content);
}

/** The same of version 1, with a duration of eight bytes. */
export function mvhdLong(timeScale: number, duration: bigint): Buffer {
  const content = Buffer.alloc(112);
  content[0] = 1;
  content.writeUInt32BE(timeScale, 20);
  content.writeBigUInt64BE(duration, 24);
  return box('mvhd', content);
}
