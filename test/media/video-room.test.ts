import * as fc from 'fast-check';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createVideoFiles } from '../../src/media/file-space.ts';
import { saveVideo } from '../../src/media/save-video.ts';
import { createVideoPort } from '../../src/media/video-port.ts';
import { createVideoRoom } from '../../src/media/video-room.ts';
import { createFetcher, ftyp, mp4OfSize, serve, tempFolder } from './media-fixture.ts';

const MIB = 1_048_576;

// oxlint-disable-next-line typescript/require-await -- a body is asynchronous
async function* inParts(bytes: Buffer, partBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += partBytes) yield bytes.subarray(at, at + partBytes);
}

type Kept = Extract<Awaited<ReturnType<typeof saveVideo>>, { kind: 'held' | 'saved' }>;

const isKept = (result: unknown): result is Kept =>
  typeof result === 'object' && result !== null && 'kind' in result;

const bytesOf = async (kept: Kept, path: string): Promise<Buffer> =>
  kept.kind === 'held' ? Buffer.concat(kept.content) : readFile(path);

/** Whether a room has exactly so much left. */
function expectLeft(room: ReturnType<typeof createVideoRoom>, bytes: number): void {
  expect(room.take(bytes + 1)).toBe(false);
  expect(room.take(bytes)).toBe(true);
  room.give(bytes);
}

describe('the room for clips in memory', () => {
  it('is 8 MiB a clip and 64 MiB together', () => {
    const room = createVideoRoom();
    expect(room.clipBytes).toBe(8 * MIB);
    expectLeft(room, 64 * MIB);
  });

  it('holds what fits, sends the rest to files, and gets everything back', async () => {
    const folder = await tempFolder();
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            bytes: fc.integer({ min: 40, max: 400 }),
            partBytes: fc.integer({ min: 20, max: 400 }),
            isDeclared: fc.boolean(),
            isCut: fc.boolean(),
          }),
          { maxLength: 8 },
        ),
        async (clips) => {
          const room = createVideoRoom({ clipBytes: 200, totalBytes: 500 });
          let heldBytes = 0;
          for (const [index, { bytes, partBytes, isDeclared, isCut }] of clips.entries()) {
            const video = mp4OfSize(bytes).fill('frames', 32);
            const toPath = join(folder, `${index}.mp4`);
            const saving = saveVideo({
              body: inParts(isCut ? video.subarray(0, -1) : video, partBytes),
              toPath,
              room,
              maxBytes: 1000,
              declaredBytes: isDeclared || isCut ? bytes : undefined,
              endsItself: true,
            });
            const kept = await saving.catch((error: unknown) => error);
            expect(kept).toMatchObject(isCut ? { code: 'BODY_CUT' } : { bytes });
            if (!isKept(kept)) continue;
            const fits = bytes <= 200 && heldBytes + bytes <= 500;
            expect(kept.kind).toBe(fits ? 'held' : 'saved');
            if (fits) heldBytes += bytes;
            expect(await bytesOf(kept, toPath)).toEqual(video);
          }
          expectLeft(room, 500 - heldBytes);
          expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is left early by a clip that grows too large, whose bytes go on to the file', async () => {
    const folder = await tempFolder();
    const room = createVideoRoom({ clipBytes: 1000, totalBytes: 10_000 });
    const video = mp4OfSize(5000).fill('frames', 32);
    const toPath = join(folder, 'video.mp4');
    const body = inParts(video, 300);
    const bounds = { maxBytes: 5000, declaredBytes: undefined, endsItself: true };
    const kept = await saveVideo({ body, toPath, room, ...bounds });
    expect(kept).toEqual({ kind: 'saved', path: toPath, bytes: 5000 });
    expect(await readFile(toPath)).toEqual(video);
    expectLeft(room, 10_000);
  });

  it('proves a body whole that only the connection ended, in memory as well', async () => {
    const room = createVideoRoom();
    const toPath = join(await tempFolder(), 'video.mp4');
    const boxed = Buffer.concat([
      ftyp('isom', 'avc1'),
      Buffer.from('\0\0\0\x10mdat12345678', 'latin1'),
    ]);
    const input = { toPath, room, maxBytes: 1000, declaredBytes: undefined, endsItself: false };
    expect(await saveVideo({ ...input, body: inParts(boxed, 33) })).toMatchObject({ kind: 'held' });
    await expect(
      saveVideo({ ...input, body: inParts(boxed.subarray(0, -1), 7) }),
    ).rejects.toMatchObject({ code: 'BODY_CUT' });
  });
});

describe('the video of a task', () => {
  const video = mp4OfSize(5000).fill('frames', 32);

  async function portWith(clipBytes: number) {
    const server = await serve((_request, response) => response.end(video));
    const room = createVideoRoom({ clipBytes, totalBytes: 10_000 });
    const { fetchVideo } = await createFetcher({ room });
    const folder = await tempFolder();
    const port = createVideoPort(fetchVideo, createVideoFiles(folder), room);
    const request = { taskId: '12345', url: server.origin, signal: new AbortController().signal };
    return {
      port,
      room,
      server,
      files: () => readdir(join(folder, 'videos')),
      fetch: async (maxBytes = 100_000) => port.fetch({ ...request, maxBytes }),
    };
  }

  it.each([
    ['in memory', 5000, []],
    ['in a file', 4999, ['12345.mp4']],
  ])('is kept %s until it is discarded, and downloaded once', async (_where, clipBytes, there) => {
    const { port, room, server, files, fetch } = await portWith(clipBytes);
    for (let time = 0; time < 2; time += 1) {
      const fetched = await fetch();
      if (fetched.kind !== 'saved') throw new Error(fetched.kind);
      const { content } = fetched;
      const bytes =
        content instanceof Blob
          ? new Uint8Array(await content.arrayBuffer())
          : Buffer.concat(content);
      expect(Buffer.from(bytes)).toEqual(video);
    }
    expect(server.requests).toHaveLength(1);
    expect(await files()).toEqual(there);
    await port.discard('12345');
    await port.discard('12345');
    expect(await files()).toEqual([]);
    expectLeft(room, 10_000);
  });

  it('gives its room back when it became too large for the message', async () => {
    const { room, fetch } = await portWith(5000);
    await fetch();
    expect(await fetch(4000)).toMatchObject({ kind: 'too-large' });
    expectLeft(room, 10_000);
  });
});

describe('the connections of downloads', () => {
  it('are kept for the next one', async () => {
    const ports = new Set<number | undefined>();
    const server = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end(mp4OfSize(5000));
    });
    const { fetch } = await createFetcher();
    for (let time = 0; time < 3; time += 1) {
      expect(await fetch(server.origin)).toMatchObject({ kind: 'saved' });
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    }
    expect(ports.size).toBe(1);
  });

  it('are not trusted: a download that a kept one lost is made over another', async () => {
    let count = 0;
    const server = await serve((request, response) => {
      count += 1;
      if (count === 2) request.socket.resetAndDestroy();
      else response.end(mp4OfSize(5000));
    });
    const { fetch } = await createFetcher();
    const kinds = [];
    for (let time = 0; time < 2; time += 1) {
      kinds.push((await fetch(server.origin)).kind);
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    }
    expect(kinds).toEqual(['saved', 'saved']);
    expect(count).toBe(3);
  });

  it('end with the agent', async () => {
    const closed: Promise<unknown>[] = [];
    const server = await serve((request, response) => {
      closed.push(once(request.socket, 'close'));
      response.end(mp4OfSize(5000));
    });
    const { fetch, close } = await createFetcher();
    await fetch(server.origin);
    close();
    expect(await Promise.all(closed)).toHaveLength(1);
  });
});
