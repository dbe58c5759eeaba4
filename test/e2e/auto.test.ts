import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import type { CreateAnswer } from '../../src/simulators/providers/answers.ts';
import { MEDIA_OPTIONS } from '../../src/domain/routes/options.ts';
import { parseCsv } from '../commands/parse-csv.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { callVideo, createsOf, endedMessage, hasClip } from './video-call.ts';

const MINI_SP = 'jimmy/seedance2.0-mini-sp';
const PRICES = {
  currency: 'USD',
  prices: {
    [`${MINI_SP}-720p`]: { amount: '0.50', per: 'task' },
    'anyfast/seedance-2.0-mini': { amount: '0.50', per: 'task' },
    'jimmy/seedance2.0-sp-720p': { amount: '1.20', per: 'task' },
    'jimmy/seedance2.0-sp-1080p': { amount: '2.40', per: 'task' },
  },
};

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await openTestbed({ env: {} });
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
});
afterEach(() => {
  testbed.providers.knobs.jimmy.create.reset();
  testbed.providers.knobs.anyfast.create.reset();
});
afterAll(async () => testbed.close());

const refused = (code: number, msg: string): CreateAnswer => ({
  kind: 'raw',
  status: 200,
  body: JSON.stringify({ code, msg, data: null }),
  accepts: false,
});

async function made(prompt: string, options: Record<string, string> = {}): Promise<MessageView> {
  const call = await callVideo(testbed, prompt, { model: 'auto', ...options });
  return endedMessage(testbed, call);
}

async function asAdmin(command: string, options: Record<string, string>): Promise<MessageView> {
  const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
  const call = await admin.slash(testbed.discord.channelId, command, options);
  return call.waitFor(({ loading }) => !loading);
}

describe('/video model:auto', () => {
  it('takes the cheapest model that accepts the request, and says so', async () => {
    const message = await made('a boat for nothing', { resolution: '1080p' });
    expect(hasClip(message)).toBe(true);
    expect(message.content).toContain('**SP**');
    expect(message.content).toContain('Chosen by `auto`: the cheapest of');
    expect(message.content).toContain('$2.40');
  });

  it('goes to the next model of that price if the first refuses it by a known code', async () => {
    testbed.providers.knobs.jimmy.create.next(refused(20_002, '不支持的模型参数'));
    const message = await made('a boat elsewhere');
    expect(hasClip(message)).toBe(true);
    expect(message.content).toContain('**Mini (AnyFast)**');
    expect(message.content).toContain('instead of Mini Special, which did not take this request');
    expect(createsOf(testbed, 'a boat elsewhere').map(({ provider }) => provider)).toEqual([
      'jimmy',
      'anyfast',
    ]);
    const [file] = (await asAdmin('usage export', {})).attachments;
    const bytes = testbed.discord.attachmentBytes(file?.id ?? '');
    const rows = parseCsv(Buffer.from(bytes ?? []).toString('utf8'));
    const ofTask = rows.filter((row) => row[1] === rows.at(-1)?.[1]);
    expect(ofTask.map((row) => row.slice(3))).toEqual([
      ['anyfast/seedance-2.0-mini', '5', '720p', '0.50', '0.50', 'USD', 'settled'],
      ['jimmy/seedance2.0-mini-sp', '5', '720p', '0.50', '', 'USD', 'released'],
    ]);
  });

  it.each([
    ['-1', refused(-1, '模型不可用')],
    ['content', refused(-1, 'PROVIDER_MODERATION_ERROR')],
    ['a code that nobody knows', refused(31_337, 'no')],
  ])('ends after a refusal with %s', async (what, answer) => {
    testbed.providers.knobs.jimmy.create.next(answer);
    const prompt = `a boat refused for ${what}`;
    const message = await made(prompt);
    expect(message.attachments).toEqual([]);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });

  it('refuses what no model takes, naming the options, with ways on', async () => {
    const call = await callVideo(testbed, 'a boat for an hour', { model: 'auto', duration: 60 });
    const message = await call.waitFor(({ loading }) => !loading);
    expect(message.ephemeral).toBe(true);
    expect(message.content).toContain('No model here accepts your request unchanged');
    expect(message.content).toContain('`duration`');
    expect(message.buttons.map(({ label }) => label)).toContain('Change…');
  });

  it('made by a confirmed price goes on as auto', async () => {
    await asAdmin('settings set money', { confirm_above: '0.10' });
    const { discord } = testbed;
    const ada = discord.member();
    const call = await ada.slash(discord.channelId, 'video', {
      prompt: 'confirmed',
      model: 'auto',
    });
    const question = await call.waitFor(({ loading }) => !loading);
    const button = question.buttons.find(({ customId }) => customId?.startsWith('confirm:'));
    testbed.providers.knobs.jimmy.create.next(refused(20_002, '不支持的模型参数'));
    const click = await ada.click(question, button?.customId ?? '');
    const message = await endedMessage(testbed, click);
    await asAdmin('settings set money', { confirm_above: 'off' });
    expect(hasClip(message)).toBe(true);
    expect(message.content).toContain('**Mini (AnyFast)**');
  });
});

describe('Again under a video by auto', () => {
  it('takes the model that made it, else auto once that is not allowed any more', async () => {
    const message = await made('a boat once more');
    const { discord } = testbed;
    const again = async (): Promise<MessageView> => {
      const button = message.buttons.find(({ label }) => label.startsWith('Again'));
      return endedMessage(testbed, await discord.member().click(message, button?.customId ?? ''));
    };
    const same = await again();
    expect(same.content).toContain('**Mini Special**');
    expect(same.content).not.toContain('Chosen by');
    await asAdmin('settings set models', { route_add: 'anyfast/seedance-2.0-mini' });
    const other = await again();
    await asAdmin('settings set models', { route_remove: 'anyfast/seedance-2.0-mini' });
    expect(other.content).toContain('**Mini (AnyFast)**');
    expect(other.content).toContain('Chosen by `auto`: the only model available now');
  });
});

it('is what a server and a member can have as default', async () => {
  await asAdmin('settings set models', { default_model: 'auto' });
  expect((await asAdmin('settings show', {})).text).toContain('`auto`');
  const { discord } = testbed;
  const byServer = await discord
    .member()
    .slash(discord.channelId, 'video', { prompt: 'by server' });
  expect((await endedMessage(testbed, byServer)).content).toContain('Chosen by `auto`');
  await asAdmin('settings set models', { default_model: 'none' });
  const ada = discord.member();
  const saved = await ada.slash(discord.channelId, 'preferences set', {
    model: 'auto',
    ratio: '9:16',
  });
  expect((await saved.waitFor(({ loading }) => !loading)).text).toContain('`auto`');
  const call = await ada.slash(discord.channelId, 'video', { prompt: 'by preference' });
  const { content } = await endedMessage(testbed, call);
  expect(content).toContain('Chosen by `auto`');
  expect(content).toContain('9:16');
});

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe('a request that is wrong in everything', () => {
  it.each([
    ['AnyFast', { JIMMY_API_KEY: '' }, { duration: 60, resolution: '4k' }],
    ['Jimmy AI', { ANYFAST_API_KEY: '' }, { sound: true, watermark: true }],
  ])('is refused in one message that Discord takes, by %s alone', async (_, env, wrong) => {
    const alone = await openTestbed({ env: { OPENROUTER_API_KEY: '', ...env } });
    try {
      await alone.start();
      const files = Object.fromEntries(
        MEDIA_OPTIONS.map(({ option }) => [
          option,
          {
            filename: `${option}.docx`,
            contentType: DOCX,
            bytes: Buffer.from('x'),
          },
        ]),
      );
      const options = { model: 'auto', ...wrong, ...files };
      const call = await callVideo(alone, 'a boat of paper', options);
      const { content } = await call.waitFor(({ loading }) => !loading);
      const named = [...Object.keys(wrong), ...Object.keys(files)];
      expect(named.filter((option) => !content.includes(`\`${option}\``))).toEqual([]);
    } finally {
      await alone.close();
    }
  });
});
