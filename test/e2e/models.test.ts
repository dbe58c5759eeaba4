import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { OptionValue, SendOptions } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { jimmyIds } from './provider-limits.table.ts';
import { ANYFAST_MODEL } from './video-call.ts';

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
  const message = call.message();
  if (message === null) throw new Error('there is no answer');
  return message;
}

/** The choices of an option of `/video` as Discord knows them. */
function modelChoices({ discord }: BotTestbed): unknown[] {
  const video = discord.commands().find((command) => command['name'] === 'video');
  const options: unknown[] = Array.isArray(video?.['options']) ? video['options'] : [];
  const model = options.find(
    (option): option is { choices: { value: unknown }[] } =>
      typeof option === 'object' && option !== null && 'name' in option && option.name === 'model',
  );
  return (model?.choices ?? []).map(({ value }) => value);
}

describe('/models', () => {
  it('lists every model that is on in one line each, in words that are not code', async () => {
    const { text } = await askModels(testbed);
    const lines = text.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).toHaveLength(everyModel.length);
    expect(new Set(lines).size).toBe(everyModel.length);
    for (const line of lines) expect(line).toMatch(/\d+–\d+ s.*per (?:video|second|token)/);
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
    expect(text).toContain("isn't available");
  });
});

describe('the choices of /video', () => {
  it('are every model of the providers that are on', () => {
    expect(new Set(modelChoices(testbed))).toEqual(new Set(everyModel));
  });

  it.each([
    ['Jimmy AI', { ANYFAST_API_KEY: '' }, jimmyModels],
    ['AnyFast', { JIMMY_API_KEY: '' }, [ANYFAST_MODEL]],
  ])('are those of %s alone where the other one has no key', async (_name, env, expected) => {
    const own = await startBotTestbed({ env });
    onTestFinished(async () => own.close());
    expect(new Set(modelChoices(own))).toEqual(new Set(expected));
    const { text } = await askModels(own);
    expect(text.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(expected.length);
  });
});
