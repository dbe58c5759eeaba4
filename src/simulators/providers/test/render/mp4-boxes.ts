/** The facts about an mp4 that tests check. */
export interface Mp4Facts {
  /** The top-level boxes in order. */
  readonly boxes: readonly string[];
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly durationSeconds: number;
  /** The H.264 NAL unit type at the first chunk's offset. */
  readonly firstUnit: number;
}

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function boxesIn(bytes: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let start = from; start < to;) {
    const end = start + bytes.readUInt32BE(start);
    if (end < start + 8 || end > to) throw new Error(`damaged box at ${start}`);
    boxes.push({ type: bytes.toString('latin1', start + 4, start + 8), start, end });
    start = end;
  }
  return boxes;
}

function find(bytes: Buffer, path: readonly string[]): Box {
  let box: Box = { type: '', start: -8, end: bytes.byteLength };
  for (const type of path) {
    const found = boxesIn(bytes, box.start + 8, box.end).find((one) => one.type === type);
    if (found === undefined) throw new Error(`no ${type} in ${box.type}`);
    box = found;
  }
  return box;
}

const TABLES = ['moov', 'trak', 'mdia', 'minf', 'stbl'];

/** Reads the boxes of an mp4. Throws if one is missing or damaged. */
export function readMp4(mp4: Uint8Array): Mp4Facts {
  const bytes = Buffer.from(mp4);
  const header = find(bytes, ['moov', 'mvhd']).start + 8;
  const sample = find(bytes, [...TABLES, 'stsd']).start + 16;
  const firstChunk = bytes.readUInt32BE(find(bytes, [...TABLES, 'stco']).start + 16);
  return {
    boxes: boxesIn(bytes, 0, bytes.byteLength).map(({ type }) => type),
    codec: bytes.toString('latin1', sample + 4, sample + 8),
    width: bytes.readUInt16BE(sample + 32),
    height: bytes.readUInt16BE(sample + 34),
    durationSeconds: bytes.readUInt32BE(header + 16) / bytes.readUInt32BE(header + 12),
    firstUnit: bytes.readUInt8(firstChunk + 4) & 0x1f,
  };
}
