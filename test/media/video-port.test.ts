import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { FetchVideo } from '../../src/media/fetch-video.ts';
import { createVideoFiles } from '../../src/media/file-space.ts';
import { createVideoPort } from '../../src/media/video-port.ts';
import { createVideoRoom } from '../../src/media/video-room.ts';
import { tinyClip } from '../../src/simulators/providers/render/tiny-clip.ts';
import { TASK_ID } from '../fakes/a-task.ts';
import { tempFolder } from './media-fixture.ts';

/** A real clip that says that it is of this codec. */
async function clipOf(type: string): Promise<Buffer> {
  const clip = Buffer.from(await tinyClip('a fox'));
  clip.write(type, clip.indexOf('avc1', clip.indexOf('stsd')), 'latin1');
  return clip;
}

const request = {
  taskId: TASK_ID,
  url: 'https://results.test/v.mp4',
  maxBytes: 1_000_000,
  signal: new AbortController().signal,
};

it.each([
  ['avc1', undefined],
  ['hvc1', 'HEVC'],
] as const)('tells the codec of a real clip that says %s: %s', async (type, codec) => {
  const files = createVideoFiles(await tempFolder());
  const clip = await clipOf(type);
  const fetchVideo: FetchVideo = async ({ toPath }) => {
    await writeFile(toPath, clip);
    return { kind: 'saved', path: toPath, bytes: clip.length };
  };
  const port = createVideoPort(fetchVideo, files, createVideoRoom());
  const first = await port.fetch(request);
  expect(first).toMatchObject({ kind: 'saved', content: { size: clip.length }, codec });
  // After a restart the file is not fetched again, and its codec is still known.
  const again = createVideoPort(
    async () => ({ kind: 'gone', status: 404 }),
    files,
    createVideoRoom(),
  );
  expect(await again.fetch(request)).toEqual(first);
});

it.each([
  ['avc1', undefined],
  ['hvc1', 'HEVC'],
] as const)('tells the codec of a clip in memory that says %s: %s', async (type, codec) => {
  const files = createVideoFiles(await tempFolder());
  const clip = await clipOf(type);
  // Cut within its boxes, as a network may.
  const content = [clip.subarray(0, 37), clip.subarray(37, 1000), clip.subarray(1000)];
  const port = createVideoPort(
    async () => ({ kind: 'held', content, bytes: clip.length }),
    files,
    createVideoRoom(),
  );
  expect(await port.fetch(request)).toEqual({ kind: 'saved', content, codec });
  expect(await port.find(TASK_ID, clip.length)).toEqual({ kind: 'saved', content, codec });
  expect(await port.find(TASK_ID, clip.length - 1)).toBeUndefined();
});
