import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { describe, expect, it } from 'vitest';
import type {
  BotMessages,
  Forwarding,
  MessagePlace,
} from '../../src/app/ports/bot-messages-port.ts';
import { createGallery } from '../../src/app/second/show-in-gallery.ts';
import { shareVideo } from '../../src/app/second/share-video.ts';
import { forwardToGallery } from '../../src/app/second/forward-to-gallery.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/guild-settings.ts';
import type { GuildSettings } from '../../src/domain/guild-settings.ts';
import type { Outcome } from '../../src/domain/tasks/outcome.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { CHANNEL_ID, MESSAGE_ID, aTask } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';

const GALLERY = '1300000000000007777';
const FORWARD = '1300000000000008888';

const endedWith = (outcome: Outcome) =>
  ({ name: 'ended', outcome, endedAt: NOON, notified: true }) as const;

const delivered = (changes: Parameters<typeof aTask>[0] = {}): Task =>
  aTask({ stage: endedWith({ kind: 'delivered', how: 'attachment' }), ...changes });

/** A video that was given by its address. */
const linked = (changes: Parameters<typeof aTask>[0] = {}): Task =>
  delivered({ stage: endedWith({ kind: 'delivered', how: 'link', until: NOON }), ...changes });

/** A guild with a gallery; `answers` are Discord's, one for each forward. */
function guildWith(
  task: Task,
  settings: Partial<GuildSettings> = { gallery: GALLERY, galleryMode: 'all' },
  answers: readonly Forwarding[] = [{ kind: 'forwarded', messageId: FORWARD }],
) {
  const saved: Task[] = [task];
  const forwards: Parameters<BotMessages['forward']>[] = [];
  const unreachable: string[] = [];
  const removed: MessagePlace[] = [];
  const open = { read: true as boolean | undefined, nsfw: new Set<string>() };
  const deps = {
    store: {
      get: async () => saved.at(-1),
      save: async (changed: Task) => {
        saved.push(changed);
      },
    },
    ownership: OWNS_ALL,
    betweenSteps: async <T>(_taskId: string, work: () => Promise<T>): Promise<T> => work(),
    messages: {
      remove: async (place: MessagePlace) => {
        removed.push(place);
        return 'removed' as const;
      },
      forward: async (...given: Parameters<BotMessages['forward']>) => {
        forwards.push(given);
        // The intent is on disk before the request.
        expect(saved.at(-1)?.gallery).toEqual({ channelId: GALLERY });
        return answers[forwards.length - 1] ?? { kind: 'failed' as const };
      },
    },
    guilds: { get: async () => ({ ...DEFAULT_SETTINGS, ...settings }) },
    notices: {
      galleryUnreachable: async (_guildId: string, channelId: string) => {
        unreachable.push(channelId);
      },
    },
    audience: {
      isReadByEveryone: async () => open.read,
      isAgeRestricted: async (_guildId: string, channelId: string) => open.nsfw.has(channelId),
    },
    log: recordingLog(),
  };
  const now = (): Task => saved.at(-1) ?? task;
  return { deps, saved, forwards, unreachable, removed, open, now };
}

async function show(
  guild: ReturnType<typeof guildWith>,
  task: Task,
  hasSmaller?: boolean,
): Promise<void> {
  const gallery = createGallery(guild.deps);
  gallery.delivered(task, hasSmaller);
  await gallery.settled();
}

const share = async (guild: ReturnType<typeof guildWith>, awaitsSmaller = false) =>
  shareVideo({ ...guild.deps, awaitsSmaller: () => awaitsSmaller }, guild.now());

describe('a gallery of all videos', () => {
  it('gets a delivered video once, with its id recorded', async () => {
    const task = delivered();
    const guild = guildWith(task);
    await show(guild, task);
    await show(guild, task);
    expect(guild.forwards).toEqual([
      [{ channelId: CHANNEL_ID, messageId: MESSAGE_ID }, GALLERY, `g${task.id}`],
    ]);
    expect(guild.now().gallery).toEqual({ channelId: GALLERY, messageId: FORWARD });
  });

  it.each<[string, Task, boolean]>([
    ['its link', linked(), false],
    ['a smaller copy', linked(), true],
    ['a smaller copy alone', linked({ secrets: { resultNeedsKey: true } }), true],
  ])('gets a video whose message has %s, once', async (_what, task, hasSmaller) => {
    const guild = guildWith(task);
    await show(guild, task, hasSmaller);
    await show(guild, task, hasSmaller);
    expect(guild.forwards).toHaveLength(1);
    expect(guild.now().gallery).toEqual({ channelId: GALLERY, messageId: FORWARD });
  });

  it.each<[string, Partial<GuildSettings>]>([
    ['no gallery', {}],
    ['a gallery of shared videos alone', { gallery: GALLERY, galleryMode: 'share' }],
    ['a gallery that says nothing of its mode', { gallery: GALLERY }],
    ['the channel itself as gallery', { gallery: CHANNEL_ID, galleryMode: 'all' }],
  ])('forwards nothing with %s', async (_what, settings) => {
    const task = delivered();
    const guild = guildWith(task, settings);
    await show(guild, task);
    expect(guild.forwards).toEqual([]);
  });

  it.each<[string, Task]>([
    ['a restored task', delivered({ restored: true })],
    ['a link that opens for the bot alone', linked({ secrets: { resultNeedsKey: true } })],
    [
      'a video whose message is gone',
      delivered({ stage: endedWith({ kind: 'delivered', how: 'message-gone' }) }),
    ],
    ['an unfinished task', aTask()],
  ])('does not get %s', async (_what, task) => {
    const guild = guildWith(task);
    await show(guild, task);
    expect(guild.forwards).toEqual([]);
  });

  it.each<[string, boolean | undefined, readonly string[], number]>([
    ['an open channel', true, [], 1],
    ['a private channel', false, [], 0],
    ['a channel of which Discord says nothing', undefined, [], 0],
    ['an age-restricted channel', true, [CHANNEL_ID], 0],
    ['an age-restricted channel, itself age-restricted', true, [CHANNEL_ID, GALLERY], 1],
    ['an open channel, itself age-restricted', true, [GALLERY], 1],
  ])('of videos made in %s', async (_what, read, nsfw, forwards) => {
    const task = delivered();
    const guild = guildWith(task);
    guild.open.read = read;
    guild.open.nsfw = new Set(nsfw);
    await show(guild, task);
    expect(guild.forwards).toHaveLength(forwards);
  });
});

describe('a video that its caller shares', () => {
  const SHARING = { gallery: GALLERY, galleryMode: 'share' } as const;

  it.each([
    ['by its file', delivered()],
    ['by its link', linked()],
  ])('and that was given %s is forwarded once', async (_what, task) => {
    const guild = guildWith(task, SHARING);
    expect(await share(guild)).toBe('in-gallery');
    expect(await share(guild)).toBe('in-gallery');
    expect(guild.forwards).toHaveLength(1);
    expect(guild.now()).toMatchObject({ isShared: true, gallery: { messageId: FORWARD } });
  });

  it('is forwarded with its smaller copy, which is on its way, and not before', async () => {
    const guild = guildWith(linked(), SHARING);
    expect(await share(guild, true)).toBe('gallery-later');
    expect(guild.forwards).toEqual([]);
    await show(guild, guild.now(), true);
    expect(guild.forwards).toHaveLength(1);
    expect(await share(guild)).toBe('in-gallery');
    expect(guild.forwards).toHaveLength(1);
  });

  it.each<[string, Task, Partial<GuildSettings>]>([
    ['without a gallery', delivered(), {}],
    ['in the gallery itself', linked(), { gallery: CHANNEL_ID }],
    ['that was not delivered', delivered({ stage: endedWith({ kind: 'undeliverable' }) }), SHARING],
  ])('%s is shared without a forward', async (_what, task, settings) => {
    const guild = guildWith(task, settings);
    expect(await share(guild, true)).toBe('shared');
    expect([guild.now().isShared, guild.forwards]).toEqual([true, []]);
  });
});

describe('a forward', () => {
  it('that a crash left without an id is not sent again', async () => {
    const task = delivered({ gallery: { channelId: GALLERY } });
    const guild = guildWith(task);
    expect(await forwardToGallery(guild.deps, task, GALLERY)).toBe('unknown');
    expect(guild.forwards).toEqual([]);
  });

  it('of a video that was deleted before is not made', async () => {
    const guild = guildWith(delivered({ isErased: true }));
    expect(await forwardToGallery(guild.deps, delivered(), GALLERY)).toBe('none');
    expect(guild.forwards).toEqual([]);
  });

  it('is removed if the video was deleted while it was made', async () => {
    const task = delivered();
    const guild = guildWith(task);
    const { messages } = guild.deps;
    const forward: typeof messages.forward = async (...given) => {
      const answer = await messages.forward(...given);
      await guild.deps.store.save({ ...guild.now(), isErased: true });
      return answer;
    };
    const deps = { ...guild.deps, messages: { ...messages, forward } };
    expect(await forwardToGallery(deps, task, GALLERY)).toBe('none');
    expect(guild.removed).toEqual([{ channelId: GALLERY, messageId: FORWARD }]);
  });

  it('that is impossible leaves the task alone, and the admins are notified', async () => {
    const task = delivered();
    const guild = guildWith(task, { gallery: GALLERY }, [{ kind: 'unreachable' }]);
    expect(await forwardToGallery(guild.deps, task, GALLERY)).toBe('unreachable');
    expect(guild.now()).toEqual(task);
    expect(guild.unreachable).toEqual([GALLERY]);
  });

  it('of which Discord says nothing counts as sent', async () => {
    const task = delivered();
    const guild = guildWith(task, { gallery: GALLERY }, [{ kind: 'failed' }]);
    expect(await forwardToGallery(guild.deps, task, GALLERY)).toBe('unknown');
    expect(await forwardToGallery(guild.deps, task, GALLERY)).toBe('unknown');
    expect(guild.forwards).toHaveLength(1);
    expect(guild.unreachable).toEqual([]);
  });
});
