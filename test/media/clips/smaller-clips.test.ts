import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSmallerClips } from '../../../src/media/clips/smaller-clips.ts';
import { aWorkFolder } from '../../fakes/work-folder.ts';
import type { FetchResult } from '../../../src/media/fetch-result.ts';
import type { Ffmpeg } from '../../../src/media/ffmpeg/take-last-frame.ts';
import { RESULT_URL, aTask } from '../../fakes/a-task.ts';
import { held } from '../../fakes/held.ts';
import { recordingLog } from '../../fakes/log.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { idOf } from '../kept/kept-media.ts';

const SAID = `  Duration: 00:00:05.00, start: 0.000000, bitrate: 147 kb/s
  Stream #0:0[0x1](und): Video: h264 (High), yuv420p(progressive), 1920x1080 [SAR 1:1], 24 fps`;

/** Says what the clip is, and writes a small one. */
const working: Ffmpeg = async ({ args }) => {
  const to = String(args.at(-1)).replace('file:', '');
  if (to.endsWith('small.mp4')) writeFileSync(to, 'small');
  return { kind: 'done', text: SAID };
};

function aWorld({
  run = working,
  isThere = true,
  fetched,
}: { run?: Ffmpeg; isThere?: boolean; fetched?: FetchResult } = {}) {
  const dataDir = temporaryFolder();
  const log = recordingLog();
  const stop = new AbortController();
  const urls: string[] = [];
  const taken: string[] = [];
  const attached: string[] = [];
  const ended: string[] = [];
  const clips = createSmallerClips({
    ffmpeg: { run, isThere: () => isThere },
    frames: {
      isKeeping: true,
      async take(taskId) {
        taken.push(taskId);
        return undefined;
      },
    },
    folder: aWorkFolder(dataDir),
    log,
    signal: stop.signal,
    async fetchVideo({ url, toPath }) {
      urls.push(url);
      writeFileSync(toPath, 'a clip');
      return fetched ?? { kind: 'saved', path: toPath, bytes: 6 };
    },
  });
  const add = (number: number): void => {
    const task = aTask({ id: idOf(number) });
    const secrets = { ...task.secrets, resultUrl: RESULT_URL };
    const attach = async (clip: Blob): Promise<void> => {
      attached.push(`${number} ${await clip.text()}`);
    };
    clips.add(
      { ...task, secrets },
      {
        maxBytes: 10_000_000,
        attach,
        ended() {
          ended.push(`${number} ${clips.isMaking(task.id) ? 'making' : 'made'}`);
        },
      },
    );
  };
  const left = (): string[] => readdirSync(join(dataDir, 'work'));
  return { clips, add, log, stop, urls, taken, attached, ended, left };
}

describe('a clip that is too large for Discord', () => {
  it('is made smaller and attached, and its last frame taken meanwhile', async () => {
    const { clips, add, urls, taken, attached, ended, left } = aWorld();
    add(1);
    expect([clips.isMaking(idOf(1)), clips.isMaking(idOf(2)), ended]).toEqual([true, false, []]);
    await clips.settled();
    expect([urls, taken, attached, left()]).toEqual([[RESULT_URL], [idOf(1)], ['1 small'], []]);
    expect([ended, clips.isMaking(idOf(1))]).toEqual([['1 made'], false]);
  });

  it('waits behind one other and at most nine more; the twelfth keeps its address', async () => {
    const gate = held();
    const { clips, add, attached, ended, log } = aWorld({
      async run(given) {
        await gate.opened;
        return working(given);
      },
    });
    for (let number = 1; number <= 12; number += 1) add(number);
    expect(log.lines.map(({ message }) => message)).toEqual([
      'clip not made smaller: too many wait for it',
    ]);
    expect(ended).toEqual(['12 made']);
    gate.open();
    await clips.settled();
    expect([attached.length, ended.length]).toEqual([11, 12]);
  });

  it.each<[string, Parameters<typeof aWorld>[0]]>([
    ['ffmpeg fails', { run: async () => ({ kind: 'failed', detail: 'TIMED_OUT', text: SAID }) }],
    ['it is gone', { fetched: { kind: 'gone', status: 404 } }],
  ])('keeps its address where %s', async (_, options) => {
    const { clips, add, attached, ended, left, log } = aWorld(options);
    add(1);
    await clips.settled();
    expect([attached, left(), ended]).toEqual([[], [], ['1 made']]);
    expect(log.lines).toHaveLength(1);
  });

  it('is left alone without ffmpeg, and after a stop', async () => {
    const without = aWorld({ isThere: false });
    without.add(1);
    const stopped = aWorld();
    stopped.stop.abort();
    stopped.add(1);
    await Promise.all([without.clips.settled(), stopped.clips.settled()]);
    expect([without.urls, stopped.urls]).toEqual([[], []]);
    expect([without.ended, stopped.ended]).toEqual([['1 made'], []]);
  });
});
