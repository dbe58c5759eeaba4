import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { startBot } from '../../src/bot/start-bot.ts';
import type { Bot } from '../../src/bot/start-bot.ts';
import type { RecordStore } from '../../src/app/ports/record-store-port.ts';
import { connectToSqlite } from '../../src/store/records/sqlite-connection.ts';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { configOf } from '../config/environment.ts';
import { held } from '../fakes/held.ts';
import { recordingLog } from '../fakes/log.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, createsOf, hasClip } from './video-call.ts';

type Write = RecordStore['write'];

interface BadDisk {
  /** Runs a statement of SQLite on the bot's own connection. */
  query(sql: string): Promise<unknown>;
  /** Comes before each write of the bot. */
  beforeWrite: (...given: Parameters<Write>) => Promise<void>;
  /** Nothing can be read. */
  isDown: boolean;
}

/** The bot in this process, between the simulators, on a disk that a test makes bad. */
let testbed: BotTestbed;
let bot: Bot;
let disk: BadDisk;
let stopping: AbortController;

beforeEach(async () => {
  testbed = await openTestbed({ env: { SHUTDOWN_SECONDS: '1' } });
  stopping = new AbortController();
  disk = { query: async () => undefined, beforeWrite: async () => undefined, isDown: false };
  ended.removeAllListeners();
  const log = {
    ...recordingLog(),
    info(_fields: object, message: string) {
      if (message === 'task ended') ended.emit('task');
    },
  };
  const lifecycle = { stopping: stopping.signal, onFatal: () => undefined };
  bot = await startBot(configOf(testbed.env), log, lifecycle, {
    clock: systemClock,
    async openRecords(path) {
      const records = await openSqliteRecords(path, (...given) => {
        const sqlite = connectToSqlite(...given);
        disk.query = async (sql) => sqlite.query(sql);
        return sqlite;
      });
      return {
        ...records,
        get: async (key) => (disk.isDown ? down() : records.get(key)),
        getMany: async (keys) => (disk.isDown ? down() : records.getMany(keys)),
        async write(...given) {
          await disk.beforeWrite(...given);
          await records.write(...given);
        },
      };
    },
  });
});

afterEach(async () => {
  disk.beforeWrite = async () => undefined;
  stopping.abort();
  await bot.stop();
  await testbed.close();
});

async function down(): Promise<never> {
  throw new Error('SQLITE_IOERR: disk I/O error');
}

/** Tells of each last record that is written. */
const ended = new EventEmitter();

const NOT_BEGUN = 'interrupted before this began';

async function deliveredOnce(prompt: string): Promise<void> {
  const isWritten = once(ended, 'task');
  const call = await callVideo(testbed, prompt);
  await call.waitFor(hasClip);
  await isWritten;
  expect(createsOf(testbed, prompt)).toHaveLength(1);
}

function kindOf(call: InteractionHandle): unknown {
  const acknowledgement = call.acknowledgement();
  return acknowledgement?.kind === 'message' && acknowledgement.ephemeral
    ? 'private'
    : acknowledgement?.kind;
}

describe.each([
  // SQLite then answers SQLITE_FULL: database or disk is full.
  ['full', 'PRAGMA max_page_count = 1', 'PRAGMA max_page_count = 1073741823'],
  // SQLITE_READONLY: attempt to write a readonly database.
  ['read-only', 'PRAGMA query_only = ON', 'PRAGMA query_only = OFF'],
])('a disk that is %s', (_what, makeBad, makeGood) => {
  it('sends nothing, says so, then refuses in private, and goes on when it is good', async () => {
    await deliveredOnce('A lighthouse before the storm');
    await disk.query(makeBad);
    const prompts = ['A lighthouse in the storm', 'A lighthouse that went dark'].map(
      (words) => `${words} ${'x'.repeat(4000)}`,
    );
    const [inStorm = '', dark = ''] = prompts;
    const first = await callVideo(testbed, inStorm);
    await first.waitFor(({ text }) => text.includes(NOT_BEGUN));
    const second = await callVideo(testbed, dark);
    await second.acknowledged;
    expect(kindOf(second)).toBe('private');
    await disk.query(makeGood);
    await deliveredOnce('A lighthouse after the storm');
    await deliveredOnce('A lighthouse on a quiet day');
    // By now whatever could have been sent of them would have been.
    expect(prompts.flatMap((prompt) => createsOf(testbed, prompt))).toEqual([]);
  });
});

describe('a slow disk', () => {
  it('keeps no reply waiting, and no create leaves before its commit', async () => {
    const gate = held();
    const submitting = held();
    disk.beforeWrite = async (records) => {
      if (JSON.stringify(records).includes('"submitting"')) submitting.open();
      await gate.opened;
    };
    const prompt = 'A snail that crosses a road';
    const call = await callVideo(testbed, prompt);
    const acknowledgement = await call.acknowledged;
    expect(acknowledgement.kind).toBe('deferred-message');
    await submitting.opened;
    // Longer than a create takes: three commands, one after the other.
    for (let others = 0; others < 3; others += 1) {
      const other = await testbed.discord.member().slash(testbed.discord.channelId, 'models', {});
      await other.acknowledged;
    }
    expect(createsOf(testbed, prompt)).toEqual([]);
    gate.open();
    await call.waitFor(hasClip);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });

  it('that needs a second for each flush delivers all the same, each video once', async () => {
    disk.beforeWrite = async () =>
      new Promise((resolve) => {
        setTimeout(resolve, 1000);
      });
    const prompts = ['Snail one', 'Snail two', 'Snail three'];
    await Promise.all(prompts.map(deliveredOnce));
    expect(prompts.map((prompt) => createsOf(testbed, prompt).length)).toEqual([1, 1, 1]);
  });
});

it('a store that is down leaves the suggestions, and refuses what is sent', async () => {
  const { discord } = testbed;
  disk.isDown = true;
  const ada = discord.member();
  const typed = { prompt: 'A lamp in the dark', model: 'mini' };
  const suggested = await ada.autocomplete(discord.channelId, 'video', typed, 'model');
  const { type, data } = await suggested.acknowledged;
  expect(type).toBe(8);
  expect(JSON.stringify(data)).toContain('jimmy/seedance2.0-mini-sp');
  const call = await callVideo(testbed, 'A lamp that stays dark');
  await call.acknowledged;
  expect(kindOf(call)).toBe('private');
  disk.isDown = false;
  await deliveredOnce('A lamp that is lit again');
  expect(createsOf(testbed, 'A lamp that stays dark')).toEqual([]);
});
