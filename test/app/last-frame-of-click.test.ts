import { describe, expect, it } from 'vitest';
import type { ClipOnMessage, FindClip, LastFrames } from '../../src/app/ports/last-frames-port.ts';
import { beginLastFrame, lastFrameWithin } from '../../src/app/second/find-last-frame.ts';
import { LAST_CLIP_FRAME } from '../../src/domain/routes/kept-media.ts';
import type { KeptMedia } from '../../src/domain/routes/kept-media.ts';
import { TASK_ID, aTask } from '../fakes/a-task.ts';
import { fakeClock, settle } from '../fakes/clock.ts';

const FRAME: KeptMedia = {
  taskId: TASK_ID,
  option: LAST_CLIP_FRAME,
  sha256: 'a'.repeat(64),
  filename: 'last-frame.png',
  bytes: 1000,
};
const CLIP: ClipOnMessage = { url: 'https://cdn.test/clip.mp4', bytes: 7 };

interface World {
  readonly kept?: KeptMedia;
  readonly canTake?: boolean;
  /** The clip on the message, as Discord says. */
  readonly onMessage?: ClipOnMessage;
  readonly take?: () => Promise<KeptMedia | undefined>;
}

function world({ kept, canTake = true, onMessage, take = async () => FRAME }: World) {
  const taken: (ClipOnMessage | undefined)[] = [];
  const asked: string[] = [];
  const lastFrames: LastFrames = {
    isOn: canTake,
    canTake: async () => canTake,
    async find(_task, clip) {
      if (kept !== undefined || clip === undefined) return kept;
      taken.push(clip);
      return take();
    },
  };
  const clock = fakeClock();
  const findClip: FindClip = async ({ address }) => {
    asked.push(address.messageId ?? 'none');
    return onMessage;
  };
  return { deps: { lastFrames, findClip, clock }, clock, taken, asked };
}

describe('the last frame for a form that was sent', () => {
  it.each<[string, World, ClipOnMessage | undefined, unknown, number]>([
    ['is the kept one', { kept: FRAME, canTake: false }, undefined, FRAME, 0],
    ['is taken again from the message of the click', {}, CLIP, FRAME, 1],
    ['is taken again from its message', { onMessage: CLIP }, undefined, FRAME, 1],
    ['is none without a clip', {}, undefined, undefined, 0],
    ['is none without ffmpeg', { canTake: false, onMessage: CLIP }, CLIP, undefined, 0],
  ])('%s', async (_what, given, clip, expected, taken) => {
    const { deps, taken: clips } = world(given);
    expect(await lastFrameWithin(1000, deps, aTask(), clip)).toEqual(expected);
    expect(clips).toHaveLength(taken);
  });

  it('is late where it takes longer than a click may', async () => {
    const { deps, clock } = world({ take: async () => new Promise(() => undefined) });
    const found = lastFrameWithin(1300, deps, aTask(), CLIP);
    await settle();
    await clock.advance(1301);
    expect(await found).toBe('late');
  });

  it('does not ask Discord for a message that the click has shown', async () => {
    const { deps, asked } = world({});
    await lastFrameWithin(1000, deps, aTask(), CLIP);
    expect(asked).toEqual([]);
  });
});

describe('whether a form is opened', () => {
  it.each<[string, World, ClipOnMessage | undefined, boolean, number]>([
    ['with a kept frame', { kept: FRAME, canTake: false }, undefined, true, 0],
    ['with a clip, whose frame begins to be taken', {}, CLIP, true, 1],
    ['with the clip on its message', { onMessage: CLIP }, undefined, true, 1],
    ['not without a clip', {}, undefined, false, 0],
    ['not without ffmpeg', { canTake: false, onMessage: CLIP }, CLIP, false, 0],
  ])('%s', async (_what, given, clip, expected, taken) => {
    const { deps, taken: clips } = world(given);
    expect(await beginLastFrame(deps, aTask(), clip)).toBe(expected);
    expect(clips).toHaveLength(taken);
  });

  it('does not wait for the frame', async () => {
    const { deps } = world({ take: async () => new Promise(() => undefined) });
    expect(await beginLastFrame(deps, aTask(), CLIP)).toBe(true);
  });
});
