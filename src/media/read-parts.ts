/** Reads up to `length` bytes at an offset of a file that is held in parts; fewer at its end. */
export function readParts(parts: readonly Uint8Array[], offset: number, length: number): Buffer {
  const found: Uint8Array[] = [];
  let start = 0;
  for (const part of parts) {
    if (start >= offset + length) break;
    const [from, to] = [offset - start, offset + length - start];
    if (from < part.length) found.push(part.subarray(Math.max(0, from), to));
    start += part.length;
  }
  return Buffer.concat(found);
}
