import { existsSync, statSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saveVideo } from '../../src/media/save-video.ts';
import { ftyp, mp4OfSize, tempFolder } from './media-fixture.ts';

// oxlint-disable-next-line typescript/require-await -- a body is asynchronous
async function* bodyOf(...chunks: Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

/** A box of `bytes` whose header says `said`. */
function box(bytes: number, said = bytes): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUInt32BE(said);
  buffer.write('mdat', 4);
  return buffer;
}

function largeBox(bytes: number): Buffer {
  const buffer = box(bytes, 1);
  buffer.writeBigUInt64BE(BigInt(bytes), 8);
  return buffer;
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
}

describe('saveVideo', () => {
  it('writes the very bytes, wherever they were cut', async () => {
    const folder = await tempFolder();
    const toPath = join(folder, 'video.mp4');
    const video = mp4OfSize(300).fill('content', 40);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 300 }), { maxLength: 8 }), async (cuts) => {
        const body = bodyOf(...split(video, cuts));
        const result = await saveVideo({
          body,
          toPath,
          maxBytes: 300,
          declaredBytes: 300,
          endsItself: false,
        });
        expect(result).toEqual({ kind: 'saved', path: toPath, bytes: 300 });
        expect(await readFile(toPath)).toEqual(video);
        expect(await readdir(folder)).toEqual(['video.mp4']);
      }),
      { numRuns: 30 },
    );
  });

  it('reads a chunk only when all before it are on the disk', async () => {
    const toPath = join(await tempFolder(), 'video.mp4');
    const part = `${toPath}.part`;
    let given = 0;
    let furthestAhead = 0;
    async function* body(): AsyncGenerator<Buffer> {
      for (let count = 0; count < 64; count += 1) {
        const written = existsSync(part) ? statSync(part).size : 0;
        furthestAhead = Math.max(furthestAhead, given - written);
        const chunk = count === 0 ? mp4OfSize(65_536) : Buffer.alloc(65_536);
        given += chunk.length;
        yield chunk;
      }
    }
    const result = await saveVideo({
      body: body(),
      toPath,
      maxBytes: 2 ** 30,
      declaredBytes: undefined,
      endsItself: true,
    });
    expect(result).toMatchObject({ kind: 'saved', bytes: 64 * 65_536 });
    expect(furthestAhead).toBe(0);
  });

  it('refuses a body that ends before it was said to', async () => {
    const folder = await tempFolder();
    const toPath = join(folder, 'video.mp4');
    await expect(
      saveVideo({
        body: bodyOf(mp4OfSize(100)),
        toPath,
        maxBytes: 1000,
        declaredBytes: 101,
        endsItself: false,
      }),
    ).rejects.toMatchObject({ code: 'BODY_CUT' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('replaces what a crash left of an earlier attempt', async () => {
    const folder = await tempFolder();
    const toPath = join(folder, 'video.mp4');
    await writeFile(`${toPath}.part`, Buffer.alloc(9999));
    const body = bodyOf(mp4OfSize(100));
    await saveVideo({ body, toPath, maxBytes: 1000, declaredBytes: undefined, endsItself: true });
    expect(await readFile(toPath)).toEqual(mp4OfSize(100));
    expect(await readdir(folder)).toEqual(['video.mp4']);
  });

  it('stops asking as soon as the limit is passed', async () => {
    const folder = await tempFolder();
    const toPath = join(folder, 'video.mp4');
    let given = 0;
    let isEnded = false;
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        for (;;) {
          given += 100;
          yield given === 100 ? mp4OfSize(100) : Buffer.alloc(100);
        }
      } finally {
        isEnded = true;
      }
    }
    const body = endless();
    const input = { body, toPath, maxBytes: 250, declaredBytes: undefined, endsItself: true };
    expect(await saveVideo(input)).toEqual({ kind: 'too-large' });
    expect(given).toBe(300);
    expect(isEnded).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  const boxes = Buffer.concat([ftyp('isom', 'avc1'), box(100), box(16)]);

  it.each([
    ['boxes that add up', boxes],
    ['a last box without a size', Buffer.concat([boxes, box(50, 0)])],
    ['a box with a large size', Buffer.concat([boxes, largeBox(60)])],
  ])('takes %s for whole when only the connection ended the body', async (_name, video) => {
    const toPath = join(await tempFolder(), 'video.mp4');
    const input = { body: bodyOf(video), toPath, maxBytes: 1000 };
    const result = await saveVideo({ ...input, declaredBytes: undefined, endsItself: false });
    expect(result).toMatchObject({ kind: 'saved', bytes: video.length });
  });

  it.each([
    ['within a box', boxes.subarray(0, 90)],
    ['within a box header', boxes.subarray(0, 24)],
    ['within a large box', Buffer.concat([boxes, largeBox(60)]).subarray(0, -1)],
    ['before a box with an impossible size', Buffer.concat([boxes, box(16, 7)])],
  ])('takes a body for cut %s when only the connection ended it', async (_name, video) => {
    const folder = await tempFolder();
    const input = { body: bodyOf(video), toPath: join(folder, 'video.mp4'), maxBytes: 1000 };
    await expect(
      saveVideo({ ...input, declaredBytes: undefined, endsItself: false }),
    ).rejects.toMatchObject({ code: 'BODY_CUT' });
    expect(await readdir(folder)).toEqual([]);
  });
});
