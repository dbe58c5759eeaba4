import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandCall, CommandServices } from '../../src/discord/command.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import type { PrivateMessage } from '../../src/discord/replies.ts';
import { exportUsage } from '../../src/discord/usage/export.ts';
import { createReports } from '../../src/discord/usage/reports.ts';
import { showUsage } from '../../src/discord/usage/show.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/guild-settings.ts';
import type { JournalLine } from '../../src/domain/ledger/journal-line.ts';
import { createDeferred } from '../../src/simulators/discord/deferred.ts';
import { fakeClock, settle } from '../fakes/clock.ts';
import { shownText } from '../fakes/shown-text.ts';
import { recordingLog } from '../fakes/log.ts';
import { replyText } from '../fakes/reply-text.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';

const draw = vi.fn<() => Promise<Uint8Array>>();

const { usageCommand: words } = messagesFor('en');
const PNG = new Uint8Array([1, 2, 3]);
const ADMIN = '1300000000000000020';

const line: JournalLine = {
  at: Date.UTC(2026, 10, 20, 12),
  task: '1300000000000000001',
  member: ADMIN,
  route: 'jimmy/seedance2.0-sp',
  seconds: 5,
  resolution: '720p',
  state: 'settled',
};

const nothing = { videos: 0n, seconds: 0n, cost: 0n };
const sums = { day: nothing, week: nothing, month: nothing, total: nothing };

const call = (id: string, guildId: string, options: Record<string, string> = {}) =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the two commands use of it
  ({
    id,
    guildId,
    language: 'en',
    member: { user: { id: ADMIN } },
    options: new Map(Object.entries(options)),
    attachmentLimitBytes: 1_048_576,
  }) as unknown as CommandCall;

/** Commands over a journal whose reads wait until `read` is resolved. */
function desk() {
  const clock = fakeClock();
  const answers = new Map<string, PrivateMessage>();
  const read = createDeferred();
  const reads: string[] = [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the two commands use of it
  const services = {
    clock,
    guilds: { get: async () => DEFAULT_SETTINGS },
    accounts: { readCached: async () => ({ guild: sums, member: sums }) },
    priceList: undefined,
    catalogue: CATALOGUE,
    reports: { ...createReports(clock, recordingLog()), draw },
    journal: {
      async *readMonth(guildId: string) {
        reads.push(guildId);
        await read.promise;
        yield [line];
      },
    },
    replies: {
      deferPrivately: async () => undefined,
      finish: async ({ id }: { readonly id: string }, message: PrivateMessage) => {
        answers.set(id, message);
      },
    },
  } as unknown as CommandServices;
  return { clock, services, answers, read, reads };
}

beforeEach(() => {
  draw.mockReset();
  draw.mockResolvedValue(PNG);
});

describe('/usage show by many at once', () => {
  it('reads and draws the same report once, and gives it to all', async () => {
    const { services, answers, read, reads } = desk();
    const all = ['1', '2', '3'].map(async (id) => showUsage(call(id, 'guild'), services));
    await settle();
    read.resolve();
    await Promise.all(all);
    expect(reads).toEqual(['guild']);
    expect(draw).toHaveBeenCalledTimes(1);
    expect(answers.size).toBe(3);
    for (const { files } of answers.values()) expect(files?.[0]?.parts).toEqual([PNG]);
    await showUsage(call('4', 'guild'), services);
    expect(reads).toHaveLength(2);
  });

  it('reads one report at a time, of each server in its turn', async () => {
    const { services, read, reads } = desk();
    const all = ['a', 'a', 'a', 'b', 'c'].map(async (guild, index) =>
      showUsage(call(String(index), guild, { month: `2026-0${index + 1}` }), services),
    );
    await settle();
    expect(reads).toEqual(['a']);
    read.resolve();
    await Promise.all(all);
    expect(reads).toEqual(['a', 'a', 'b', 'c', 'a']);
  });

  it('draws one picture at a time; who waits too long gets the words alone', async () => {
    const { services, answers, read, clock } = desk();
    read.resolve();
    const drawing = createDeferred();
    draw.mockImplementation(async () => {
      await drawing.promise;
      return PNG;
    });
    const all = ['a', 'b', 'c'].map(async (guild) => showUsage(call(guild, guild), services));
    await settle(20);
    expect(draw).toHaveBeenCalledTimes(1);
    await clock.advance(5000);
    for (const id of ['b', 'c']) {
      expect(answers.get(id)?.files).toEqual([]);
      expect(shownText(answers.get(id) ?? '')).toContain(words.show.pictureBusy);
      expect(shownText(answers.get(id) ?? '')).toContain(words.show.ofGuild);
    }
    drawing.resolve();
    await Promise.all(all);
    expect(answers.get('a')?.files).toHaveLength(1);
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it('says so if reading would have to wait for minutes', async () => {
    const { services, answers, read, clock } = desk();
    const all = ['a', 'b', 'c'].map(async (guild) => showUsage(call(guild, guild), services));
    await settle();
    await clock.advance(180_000);
    expect(shownText(answers.get('c') ?? '')).toBe(words.busy);
    read.resolve();
    await Promise.all(all);
  });
});

describe('/usage export by many at once', () => {
  it('makes one file a server at a time; a second one is told so at once', async () => {
    const { services, answers, read, reads } = desk();
    const all = ['1', '2'].map(async (id) => exportUsage(call(id, 'a'), services));
    all.push(exportUsage(call('3', 'b'), services), exportUsage(call('4', 'c'), services));
    await settle();
    expect(shownText(answers.get('2') ?? '')).toBe(words.export.alreadyRunning);
    expect(reads).toEqual(['a', 'b']);
    read.resolve();
    await Promise.all(all);
    for (const id of ['1', '3', '4']) {
      expect(replyText(answers.get(id)?.files?.[0])).toContain(line.task);
    }
    await exportUsage(call('5', 'a'), services);
    expect(answers.get('5')?.files).toHaveLength(1);
  });
});
