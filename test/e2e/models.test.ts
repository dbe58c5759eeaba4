import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type {
  InteractionHandle,
  OptionValue,
  SendOptions,
} from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { jimmyIds } from './provider-limits.table.ts';
import { ANYFAST_MODEL } from './video-call.ts';

const choiceSchema = z.object({ name: z.string(), value: z.string() });
const suggestionsSchema = z.object({ choices: z.array(choiceSchema) });

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await startBotTestbed();
});
afterAll(async () => testbed.close());

const jimmyModels = jimmyIds.map(([model]) => model);
const everyModel = [...jimmyModels, ANYFAST_MODEL];

/** What `/models` answers, which must be for its caller alone. */
async function askModels(
  { discord }: BotTestbed,
  options: Readonly<Record<string, OptionValue>> = {},
  locale = 'en-US',
  send: SendOptions = {},
): Promise<MessageView> {
  const caller = discord.member({ locale });
  const call = await caller.slash(discord.channelId, 'models', options, send);
  expect(await call.acknowledged).toMatchObject({ type: 4, ephemeral: true });
  return messageOf(call);
}

function messageOf(call: InteractionHandle): MessageView {
  const message = call.message();
  if (message === null) throw new Error('there is no answer');
  return message;
}

/** Each model of a list with the line below it. */
function listedModels({ text }: MessageView): string[] {
  return text.match(/^\*\*.+\*\*.*\n-# .*$/gm) ?? [];
}

/** What is suggested to somebody who types this as the `model` of a command. */
async function suggestionsFor(
  { discord }: BotTestbed,
  typed: string,
  { command = 'video', locale = 'en-US' } = {},
): Promise<{ readonly name: string; readonly value: string }[]> {
  const member = discord.member({ locale });
  const options = { prompt: 'a boat', model: typed };
  const given = command === 'video' ? options : { model: typed };
  const call = await member.autocomplete(discord.channelId, command, given, 'model');
  const { type, data } = await call.acknowledged;
  expect(type).toBe(8);
  return suggestionsSchema.parse(data).choices;
}

describe('/models', () => {
  it('lists every model that is on by provider, in words that are not code', async () => {
    const answer = await askModels(testbed);
    const listed = listedModels(answer);
    expect(listed).toHaveLength(everyModel.length);
    expect(new Set(listed).size).toBe(everyModel.length);
    const line = /^\*\*.+\*\* · per (?:video|second|token)\n-# .*\d+–\d+ s/;
    expect(listed.filter((text) => !line.test(text))).toEqual([]);
    expect(answer.text.match(/^### .*/gm)).toEqual(['### Jimmy AI', '### AnyFast']);
  });

  it('shows one of them by the menu in the same message, and all of them by a button', async () => {
    const { discord } = testbed;
    const ada = discord.member();
    const call = await ada.slash(discord.channelId, 'models');
    await call.acknowledged;
    const list = messageOf(call);
    const chosen = await ada.selectMenu(list, 'model:list', [ANYFAST_MODEL]);
    expect(await chosen.acknowledged).toMatchObject({ type: 7 });
    const one = messageOf(chosen);
    expect(one.id).toBe(list.id);
    expect(one.text.split('\n')[0]).toBe('### Mini (AnyFast)');
    expect(one.text).toContain(`\n-# \`${ANYFAST_MODEL}\`\n`);
    const back = await ada.click(one, 'models:list');
    await back.acknowledged;
    expect(messageOf(back)).toMatchObject({ id: list.id, text: list.text });
  });

  it('says in a message of its own that a chosen model is none', async () => {
    const { discord } = testbed;
    const ada = discord.member();
    const call = await ada.slash(discord.channelId, 'models');
    await call.acknowledged;
    const list = messageOf(call);
    const chosen = await ada.selectMenu(list, 'model:list', ['jimmy/gone'], { raw: true });
    expect(await chosen.acknowledged).toMatchObject({ type: 4, ephemeral: true });
    expect(messageOf(chosen).text).toContain('There is no `model` called');
  });

  it('says first what `auto` does, and lists only what is looked for', async () => {
    const all = await askModels(testbed);
    expect(all.text).toMatch(
      /^`\/video model:auto` takes the cheapest .* now \*\*Mini Special\*\*/,
    );
    const long = await askModels(testbed, { longer_than: 12, takes: 'audio' });
    const names = listedModels(long).map((text) => /^\*\*(.+?)\*\*/.exec(text)?.[1]);
    expect(names).toContain('SP');
    expect(names).not.toContain('Full');
    const none = await askModels(testbed, { longer_than: 59 });
    expect(none.text).toContain('No model here does that');
    const { text } = await askModels(testbed, { model: 'auto' });
    expect(text).toContain('never sent again');
  });

  it.each(everyModel)('explains %s with its limits', async (model) => {
    const { text } = await askModels(testbed, { model });
    expect(text).toContain(`\`${model}\``);
    expect(text).toMatch(/Length: \d+–\d+ s/);
    expect(text).toMatch(/Resolution: .*\d+p/);
    expect(text).toContain('Aspect ratio: 16:9');
    expect(text).toContain('Frames: ');
    expect(text).toContain('References: ');
    expect(text).toContain('Price: per ');
  });

  it('speaks Chinese to those who do', async () => {
    const { text } = await askModels(testbed, { model: ANYFAST_MODEL }, 'zh-CN');
    expect(text).toMatch(/[\u4e00-\u9fff]/);
    expect(text).toContain(`\`${ANYFAST_MODEL}\``);
  });

  it('knows no model that is not on', async () => {
    const { text } = await askModels(testbed, { model: 'jimmy/x' }, 'en-US', { raw: true });
    expect(text).toContain('There is no `model` called');
  });
});

async function askVideo(
  options: Readonly<Record<string, OptionValue>>,
): Promise<InteractionHandle> {
  const { discord } = testbed;
  return discord.member().slash(discord.channelId, 'video', { prompt: 'a boat', ...options });
}

describe('the model of /video', () => {
  it.each(['video', 'models', 'preferences set'])('is suggested for /%s', async (command) => {
    const all = await suggestionsFor(testbed, '', { command });
    const values = all.map(({ value }) => value);
    const auto = command === 'models' ? [] : ['auto'];
    expect(values.slice(0, auto.length)).toEqual(auto);
    expect(new Set(values)).toEqual(new Set([...auto, ...everyModel]));
    const found = await suggestionsFor(testbed, 'any mini', { command });
    expect(found.map(({ value }) => value)).toEqual([ANYFAST_MODEL]);
    expect(found[0]?.name).toMatch(/^Mini \(AnyFast\) · per token · 480p–720p, frames\+pictures/);
  });

  it('is suggested in Chinese to those who speak it', async () => {
    const [first] = await suggestionsFor(testbed, 'std', { locale: 'zh-CN' });
    expect(first?.name).toMatch(/^STD · 按次计费 · 720p，?.*首尾帧/);
  });

  it('comes first where it is used most', async () => {
    const call = await askVideo({ model: 'SP Official' });
    await call.waitFor(({ attachments }) => attachments.length > 0);
    const [auto, first] = await suggestionsFor(testbed, '');
    expect(auto?.value).toBe('auto');
    expect(first?.value).toBe('jimmy/seedance2.0-of-sp');
  });

  it('is `auto` where that may be meant, with what it would choose now', async () => {
    const [first] = await suggestionsFor(testbed, 'AU');
    expect(first?.value).toBe('auto');
    expect(first?.name).toMatch(/^auto · .* · now Mini Special · per video/);
    const values = (await suggestionsFor(testbed, 'mini')).map(({ value }) => value);
    expect(values).not.toContain('auto');
  });

  it('is asked for by a select where none is given and there is no default', async () => {
    const { discord } = testbed;
    const ada = discord.member();
    const options = { prompt: 'a boat without a model', resolution: '1080p' };
    const call = await ada.slash(discord.channelId, 'video', options);
    expect(await call.acknowledged).toMatchObject({ type: 4, ephemeral: true });
    const question = await call.waitFor(({ loading }) => !loading);
    const shown = JSON.stringify(question.components);
    expect(shown).toContain('SP · 1080p');
    expect(shown).not.toContain('AnyFast');
    const [, menu = ''] = /"custom_id":"([^"]+)"/.exec(shown) ?? [];
    const chosen = await ada.selectMenu(question, menu, ['0']);
    const made = await chosen.waitFor(({ attachments }) => attachments.length > 0);
    expect(made.text).toContain('1080p');
  });

  it('is refused where it is none, and the nearest is named', async () => {
    const call = await askVideo({ model: 'std <@1>', duration: 60 });
    expect(await call.acknowledged).toMatchObject({ type: 4, ephemeral: true });
    const text = call.message()?.text ?? '';
    expect(text).toContain('Closest: **STD**');
    expect(text).not.toContain('<@1>');
    // No model makes 60 s: what was typed can be changed all the same.
    expect(call.message()?.buttons.map(({ label }) => label)).toEqual(['Change…']);
  });

  it.each(['no such model', 'jimmy/seedance2.0-md'])(
    'where %s cannot be used here, is chosen from those that can, with one click',
    async (model) => {
      const { discord } = testbed;
      const admin = discord.member({ permissions: PERMISSION.manageGuild });
      const set = async (options: Readonly<Record<string, OptionValue>>): Promise<void> => {
        const handle = await admin.slash(discord.channelId, 'settings set models', options);
        await handle.waitFor(({ loading }) => !loading);
      };
      await set({ route_add: ANYFAST_MODEL });
      const ada = discord.member();
      const call = await ada.slash(discord.channelId, 'video', { prompt: 'a boat', model });
      await call.acknowledged;
      const refused = call.message();
      if (refused === null) throw new Error('no answer');
      expect(refused.buttons.map(({ label }) => label)).toEqual(['Change…']);
      const shown = JSON.stringify(refused.components);
      expect(shown).toContain('Mini (AnyFast)');
      expect(shown).not.toContain('Mini Special');
      const [, menu = ''] = /"custom_id":"(choose:[^"]+)"/.exec(shown) ?? [];
      const chosen = await ada.selectMenu(refused, menu, ['0']);
      const made = await chosen.waitFor(({ attachments }) => attachments.length > 0);
      await set({ clear: true });
      expect(made.content).toContain('Mini (AnyFast)');
    },
  );

  it('refuses a length by its own limit', async () => {
    const call = await askVideo({ model: 'Full', duration: 60 });
    await call.acknowledged;
    expect(call.message()?.text).toMatch(/`duration`.*4.*12/);
  });

  it.each([
    ['Jimmy AI', { ANYFAST_API_KEY: '' }, jimmyModels],
    ['AnyFast', { JIMMY_API_KEY: '' }, [ANYFAST_MODEL]],
  ])('is one of %s only, where the other one has no key', async (_name, env, expected) => {
    const own = await startBotTestbed({ env });
    onTestFinished(async () => own.close());
    const suggested = await suggestionsFor(own, '');
    expect(suggested.map(({ value }) => value)).toEqual(['auto', ...expected]);
    expect(listedModels(await askModels(own))).toHaveLength(expected.length);
  });
});
