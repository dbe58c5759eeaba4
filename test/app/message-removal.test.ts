import { describe, expect, it } from 'vitest';
import { MAX_REMOVED, createMessageRemoval, messagesOf } from '../../src/app/message-removal.ts';
import type { MessagePlace, Removal } from '../../src/app/ports/bot-messages-port.ts';
import { aTask, ended, running } from '../fakes/a-task.ts';
import { fakeClock } from '../fakes/clock.ts';

const places = (count: number): MessagePlace[] =>
  Array.from({ length: count }, (_, index) => ({ channelId: 'c', messageId: String(index) }));

function removalOf(answerFor: (id: number) => Removal = () => 'removed') {
  const clock = fakeClock();
  const removed: string[] = [];
  const ends: number[] = [];
  const remove = async ({ messageId }: MessagePlace): Promise<Removal> => {
    removed.push(messageId);
    return answerFor(Number(messageId));
  };
  const removal = createMessageRemoval({ remove }, clock);
  return { clock, removal, removed, ends, onEnd: (gone: number) => ends.push(gone) };
}

describe('the removal of many messages', () => {
  it('deletes one a second, and says how many are gone', async () => {
    const { clock, removal, removed, ends, onEnd } = removalOf((id) =>
      id === 1 ? 'failed' : id === 2 ? 'gone' : 'removed',
    );
    removal.start(places(4), onEnd);
    expect(removed).toEqual([]);
    for (const so of [1, 2, 3, 4]) {
      await clock.advance(1000);
      expect(removed).toHaveLength(so);
    }
    expect(ends).toEqual([3]);
  });

  it('is bounded', async () => {
    const { clock, removal, removed, ends, onEnd } = removalOf();
    removal.start(places(MAX_REMOVED + 5), onEnd);
    for (let second = 0; second < MAX_REMOVED + 10; second += 1) await clock.advance(1000);
    expect(removed).toHaveLength(MAX_REMOVED);
    expect(ends).toEqual([MAX_REMOVED]);
  });

  it('ends with the bot', async () => {
    const { clock, removal, removed, ends, onEnd } = removalOf();
    removal.start(places(3), onEnd);
    await clock.advance(1000);
    removal.stop();
    await clock.advance(60_000);
    expect(removed).toEqual(['0']);
    expect(ends).toEqual([]);
  });
});

describe('the messages of a video', () => {
  const address = {
    applicationId: '1',
    channelId: '2',
    messageId: '3',
    tokenSince: 0,
    deliveryPath: 'channel' as const,
  };
  const over = { address, stage: ended({ kind: 'delivered', how: 'attachment' }) };
  const released = { state: 'released', assumed: false } as const;

  it('are its own, or the one posted in its place, and its forward', () => {
    const done = aTask({ ...over, money: released });
    expect(messagesOf(done)).toEqual([{ channelId: '2', messageId: '3' }]);
    const gallery = { channelId: '8', messageId: '9' };
    expect(messagesOf({ ...done, address: { ...address, repostId: '4' }, gallery })).toEqual([
      { channelId: '2', messageId: '4' },
      { channelId: '8', messageId: '9' },
    ]);
  });

  it('are none while it is not over, its charge is not confirmed, or it was erased', () => {
    const held = { state: 'held', amounts: { videos: 1n, seconds: 5n } } as const;
    const done = aTask({ ...over, money: released });
    for (const task of [
      aTask({ address, stage: running() }),
      aTask({ ...over, money: held }),
      { ...done, isErased: true as const },
    ]) {
      expect(messagesOf(task)).toEqual([]);
    }
  });
});
