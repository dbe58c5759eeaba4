import type { FrameSize } from './frame-size.ts';

/** Reads the size in pixels from the `avc1` entry of a clip that this renderer made. */
export function clipSize(mp4: Uint8Array): FrameSize | undefined {
  const bytes = Buffer.from(mp4.buffer, mp4.byteOffset, mp4.byteLength);
  const entry = bytes.indexOf('avc1');
  if (entry < 0 || entry + 32 > bytes.byteLength) return undefined;
  return { width: bytes.readUInt16BE(entry + 28), height: bytes.readUInt16BE(entry + 30) };
}
