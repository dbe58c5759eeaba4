/** One top-level or nested box of an mp4: where it starts and ends, header included. */
interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

const HEADER_BYTES = 8;
// The boxes on the way from `moov` to the tables of chunk offsets.
const PARENTS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
// Their first fields are two times: of creation and of change.
const TIMED = new Set(['mvhd', 'tkhd', 'mdhd']);

/**
 * Moves the index of an mp4 in front of its media and drops the padding, so that a browser can
 * start before the whole file is there. Expects 32-bit box sizes and `stco`, as the encoder writes them.
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
  forgetTimes(moov);
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

/** The same request is the same clip, whatever the time: creation and change times become zero. */
function forgetTimes(moov: Uint8Array): void {
  visitBoxes(moov, ({ type, start }) => {
    if (!TIMED.has(type)) return;
    const isLong = moov[start + HEADER_BYTES] === 1;
    const from = start + HEADER_BYTES + 4;
    moov.fill(0, from, from + (isLong ? 16 : 8));
  });
}

/** Every box of the index that matters here, from the outside in. */
function visitBoxes(moov: Uint8Array, meet: (box: Box) => void): void {
  const visit = (from: number, to: number): void => {
    for (const box of readBoxes(moov, from, to)) {
      meet(box);
      if (PARENTS.has(box.type)) visit(box.start + HEADER_BYTES, box.end);
    }
  };
  visit(0, moov.byteLength);
}
