/** One box of an mp4, with its start and end including the header. */
interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const HEADER_BYTES = 8;
// The boxes from `moov` down to the tables of chunk offsets.
const PARENTS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
// The boxes that begin with a creation and a modification time.
const TIMED = new Set(['mvhd', 'tkhd', 'mdhd']);

/**
 * Moves the index of an mp4 before its media and drops the padding, so that a browser can start before
 * the file is complete. Expects 32-bit box sizes and `stco`, as the encoder writes them.
 */
export function faststart(mp4: Uint8Array): Uint8Array {
  const boxes = readBoxes(mp4, 0, mp4.byteLength);
  const type = boxes.find((box) => box.type === 'ftyp');
  const index = boxes.find((box) => box.type === 'moov');
  const media = boxes.find((box) => box.type === 'mdat');
  if (type === undefined || index === undefined || media === undefined) {
    throw new Error('The encoder did not write an mp4 with ftyp, moov and mdat');
  }
  const moov = mp4.slice(index.start, index.end);
  const mediaStart = type.end - type.start + moov.byteLength;
  shiftChunkOffsets(moov, mediaStart - media.start);
  clearTimes(moov);
  return Buffer.concat([
    mp4.subarray(type.start, type.end),
    moov,
    mp4.subarray(media.start, media.end),
  ]);
}

function readBoxes(bytes: Uint8Array, from: number, to: number): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: Box[] = [];
  let start = from;
  while (start + HEADER_BYTES <= to) {
    const size = view.getUint32(start);
    if (size < HEADER_BYTES || start + size > to) {
      throw new Error('The encoder wrote a damaged mp4 box');
    }
    boxes.push({
      type: String.fromCharCode(...bytes.subarray(start + 4, start + 8)),
      start,
      end: start + size,
    });
    start += size;
  }
  return boxes;
}

function shiftChunkOffsets(moov: Uint8Array, by: number): void {
  const view = new DataView(moov.buffer, moov.byteOffset, moov.byteLength);
  visitBoxes(moov, (box) => {
    if (box.type !== 'stco') return;
    const count = view.getUint32(box.start + 12);
    for (let entry = 0; entry < count; entry += 1) {
      const at = box.start + 16 + 4 * entry;
      view.setUint32(at, view.getUint32(at) + by);
    }
  });
}

/** Sets creation and modification times to zero, so that the same request gives the same clip. */
function clearTimes(moov: Uint8Array): void {
  visitBoxes(moov, ({ type, start }) => {
    if (!TIMED.has(type)) return;
    const isLong = moov[start + HEADER_BYTES] === 1;
    const from = start + HEADER_BYTES + 4;
    moov.fill(0, from, from + (isLong ? 16 : 8));
  });
}

/** Calls `onBox` for each relevant box of the index, parents first. */
function visitBoxes(moov: Uint8Array, onBox: (box: Box) => void): void {
  const visit = (from: number, to: number): void => {
    for (const box of readBoxes(moov, from, to)) {
      onBox(box);
      if (PARENTS.has(box.type)) visit(box.start + HEADER_BYTES, box.end);
    }
  };
  visit(0, moov.byteLength);
}
