import { taskIdOf } from './task-id-of.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { InteractionHandle, MemberActor } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { parseCsv } from '../commands/parse-csv.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANYFAST_MODEL, createsOf, endedMessage, fileFor, hasClip } from './video-call.ts';

let open: BotTestbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function stageWith(prices: object): Promise<BotTestbed> {
  const testbed = await openTestbed();
  open = testbed;
  await writePrices(testbed, prices);
  await testbed.start();
  return testbed;
}

const writePrices = async ({ folder }: BotTestbed, prices: object): Promise<void> =>
  writeFile(join(folder, 'prices.json'), JSON.stringify(prices));

/** The bot is killed, and starts again with another price list. */
async function startAgainWith(testbed: BotTestbed, prices: object): Promise<void> {
  await testbed.kill();
  await writePrices(testbed, prices);
  await testbed.start();
}

const adminOf = ({ discord }: BotTestbed): MemberActor =>
  discord.member({ permissions: PERMISSION.manageGuild });

async function privateAnswer(handle: Promise<InteractionHandle>): Promise<MessageView> {
  const message = await (await handle).waitFor(({ loading }) => !loading);
  expect(message.ephemeral).toBe(true);
  return message;
}

const buttonOf = ({ buttons }: MessageView): string => buttons[0]?.customId ?? '';

const perTask = (amount: string, currency?: string) => ({
  amount,
  per: 'task',
  ...(currency === undefined ? {} : { currency }),
});

const AT_FIRST = {
  currency: 'USD',
  rates: { CNY: '0.10' },
  prices: {
    'jimmy/seedance2.0-mini-sp-720p': perTask('1.00'),
    'jimmy/seedance2.0-sp-720p': perTask('10', 'CNY'),
    'jimmy/seedance2.0-fast-i2v': perTask('1.00'),
    'jimmy/seedance2.0-fast-md': perTask('2.00'),
  },
};
const LATER = {
  currency: 'USD',
  rates: { CNY: '0.50' },
  prices: {
    'jimmy/seedance2.0-mini-sp-720p': perTask('99.00'),
    'jimmy/seedance2.0-sp-720p': perTask('10', 'CNY'),
    'jimmy/seedance2.0-std': perTask('3.00'),
    'jimmy/seedance2.0-fast-md': perTask('1.50'),
  },
};
const IN_EUROS = {
  currency: 'EUR',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': perTask('1.00') },
};

/** What becomes of each price between the two lists. */
const CHANGES = [
  { model: 'jimmy/seedance2.0-mini-sp', shown: '$1.00', now: '$99.00' },
  { model: 'jimmy/seedance2.0-sp', shown: '$1.00', now: '$5.00' },
  { model: 'jimmy/seedance2.0-fast-i2v', shown: '$1.00', now: 'price unknown' },
  { model: 'jimmy/seedance2.0-std', shown: 'price unknown', now: '$3.00' },
] as const;

describe('a price that is confirmed after a restart with another list', () => {
  it('is asked for again unless it fell, and is never charged without having been shown', async () => {
    const testbed = await stageWith(AT_FIRST);
    const { discord } = testbed;
    const set = { confirm_above: '0.50' };
    await privateAnswer(adminOf(testbed).slash(discord.channelId, 'settings set money', set));
    const ada = discord.member();
    const ask = async (model: string): Promise<MessageView> =>
      privateAnswer(ada.slash(discord.channelId, 'video', { prompt: `boat of ${model}`, model }));
    const questions = await Promise.all(CHANGES.map(async ({ model }) => ask(model)));
    const prices = questions.map(({ content }) => /cost \*\*(.+?)\*\*/.exec(content)?.[1]);
    expect(prices).toEqual(CHANGES.map(({ shown }) => shown));
    const dearer = await ask('jimmy/seedance2.0-fast-md');
    expect(dearer.content).toContain('**$2.00**');

    await startAgainWith(testbed, LATER);
    const again = new Map<string, MessageView>();
    for (const [index, { model, shown, now }] of CHANGES.entries()) {
      const question = questions[index];
      if (question === undefined) throw new Error('no question');
      const asked = await privateAnswer(ada.click(question, buttonOf(question)));
      expect(asked.content).toContain(`(**${shown}**)`);
      expect(asked.content).toContain(`**${now}**. Nothing is charged`);
      expect(createsOf(testbed, `boat of ${model}`)).toEqual([]);
      const old = await privateAnswer(ada.click(question, buttonOf(question)));
      expect(old.content).toContain('already confirmed or has expired');
      again.set(model, asked);
    }

    const cheaper = await (await ada.click(dearer, buttonOf(dearer))).waitFor(hasClip);
    expect(cheaper.text).toContain('$1.50');
    const rate = again.get('jimmy/seedance2.0-sp');
    if (rate === undefined) throw new Error('not asked again');
    const made = await (await ada.click(rate, buttonOf(rate))).waitFor(hasClip);
    expect(made.text).toContain('$5.00');

    await startAgainWith(testbed, IN_EUROS);
    const rose = again.get('jimmy/seedance2.0-mini-sp');
    if (rose === undefined) throw new Error('not asked again');
    const inEuros = await privateAnswer(ada.click(rose, buttonOf(rose)));
    expect(inEuros.content).toContain('(**$99.00**)');
    expect(inEuros.content).toContain('**€1.00**. Nothing is charged');
    expect(testbed.providers.acceptedCreates()).toBe(2);
    const last = await ada.click(inEuros, buttonOf(inEuros));
    await last.waitFor(hasClip);
    expect(testbed.providers.acceptedCreates()).toBe(3);
  });
});

/** What the exported file says of each task: quoted, settled, currency, state. */
async function exported(testbed: BotTestbed): Promise<Map<string, string[]>> {
  const call = adminOf(testbed).slash(testbed.discord.channelId, 'usage export', {});
  const [file] = (await privateAnswer(call)).attachments;
  const bytes = testbed.discord.attachmentBytes(file?.id ?? '');
  const [, ...rows] = parseCsv(Buffer.from(bytes ?? []).toString('utf8'));
  return new Map(rows.map((row): [string, string[]] => [row[1] ?? '', row.slice(6)]));
}

/** A finished task whose result lies where no bot may fetch it: it is over at once, and charged. */
const finishedWith = (usage: object) =>
  ({
    kind: 'raw',
    status: 200,
    body: JSON.stringify({
      code: 'success',
      message: '',
      data: { status: 'SUCCESS', result_url: 'http://10.0.0.1/v.mp4', data: { usage } },
    }),
  }) as const;

describe('a video that is billed by tokens', () => {
  const BY_TOKENS = {
    currency: 'USD',
    prices: { [ANYFAST_MODEL]: { amount: '3.50', per: 'million_tokens' } },
  };
  const { durationSeconds: _, ...untold } = fileFor('video1');
  // 1280×720 pixels of 19 s at 24 frames and one more: 411,300 tokens.
  const told = { ...untold, durationSeconds: 15 };

  it.each([
    ['told', told],
    ['untold', untold],
  ])(
    'is quoted with its reference video, its length %s, and settled by the usage',
    async (_name, video1) => {
      const testbed = await stageWith(BY_TOKENS);
      // The file is no movie, so where no usage is reported its length stays unknown.
      const byOwnSum = video1 === told ? 'settled' : 'settled (assumed)';
      const usages: [usage: object, settled: string, state: string][] = [
        [{ completion_tokens: 411_300, total_tokens: 411_300 }, '1.43955', 'settled'],
        [{ completion_tokens: '411300' }, '1.43955', 'settled'],
        [{ completion_tokens: 411_299.4 }, '1.43955', 'settled'],
        [{ total_tokens: 400_000 }, '1.40', 'settled'],
        [{ completion_tokens: -5 }, '1.43955', byOwnSum],
        [{ completion_tokens: 6 * 411_300 + 1 }, '', 'held'],
      ];
      const expected = new Map<string, string[]>();
      for (const [usage, settled, state] of usages) {
        testbed.providers.knobs.anyfast.query.next(finishedWith(usage));
        const member = testbed.discord.member();
        const options = { model: ANYFAST_MODEL, duration: 4, ratio: '16:9', video1 };
        const call = await member.slash(testbed.discord.channelId, 'video', {
          prompt: JSON.stringify(usage),
          ...options,
        });
        const { text } = await endedMessage(testbed, call);
        expect(text).toContain('about $1.43955');
        expected.set(await taskIdOf(testbed, call), ['1.43955', settled, 'USD', state]);
      }
      expect(await exported(testbed)).toEqual(expected);
      const warned = testbed.bot.lines.filter((line) => line.includes('settled at the quote'));
      expect(warned).toHaveLength(1);
    },
  );
});

/** The header of a movie that says this length, in milliseconds. */
function movieOf(milliseconds: number): Buffer {
  const moov = Buffer.alloc(116);
  moov.writeUInt32BE(moov.length, 0);
  moov.write('moov', 4, 'latin1');
  moov.writeUInt32BE(108, 8);
  moov.write('mvhd', 12, 'latin1');
  moov.writeUInt32BE(1000, 28);
  moov.writeUInt32BE(milliseconds, 32);
  return moov;
}

describe('a video of Mini with a reference video', () => {
  const MINI = 'jimmy/seedance2.0-mini';
  const { durationSeconds: _, ...untold } = fileFor('video1');

  it('is quoted with the most that it may be billed, confirmed at that, and settled by its file', async () => {
    const testbed = await stageWith({
      currency: 'USD',
      prices: {
        [`${MINI}-720p`]: { amount: '9', per: 'second' },
        [`${MINI}-720p-video`]: { amount: '0.10', per: 'second' },
      },
    });
    const member = testbed.discord.member();
    const expected = new Map<string, string[]>();
    const files: [name: string, bytes: Buffer, price: string, settled: string, state: string][] = [
      ['7.4 s', movieOf(7400), 'charged $1.20', '1.20', 'settled'],
      ['a year', movieOf(4_000_000_000), 'probably charged $2.00', '2.00', 'settled (assumed)'],
      ['no movie', Buffer.from('a film'), 'probably charged $2.00', '2.00', 'settled (assumed)'],
    ];
    for (const [prompt, bytes, price, settled, state] of files) {
      const video1 = { ...untold, bytes };
      const options = { prompt, model: MINI, duration: 5, video1 };
      const call = await member.slash(testbed.discord.channelId, 'video', options);
      const message = await call.waitFor(hasClip);
      expect(message.text).toContain('about $2.00');
      expect(message.text).toContain(price);
      expect(createsOf(testbed, prompt).map(({ body }) => body)).toMatchObject([
        { model: 'seedance2.0-mini-video', duration: 5 },
      ]);
      expected.set(await taskIdOf(testbed, call), ['2.00', settled, 'USD', state]);
    }
    expect(await exported(testbed)).toEqual(expected);
    const asked = await adminOf(testbed).slash(testbed.discord.channelId, 'settings set money', {
      confirm_above: '1.99',
    });
    await asked.waitFor(({ loading }) => !loading);
    const call = member.slash(testbed.discord.channelId, 'video', {
      prompt: 'confirmed',
      model: MINI,
      video1: { ...untold, bytes: movieOf(2000) },
    });
    expect((await privateAnswer(call)).text).toContain('about $2.00');
  });
});
