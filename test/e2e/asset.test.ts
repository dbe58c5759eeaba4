import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OptionValue } from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { openTestbed } from './bot-testbed.ts';
import { ANYFAST_MODEL, callVideo, fileFor, hasClip } from './video-call.ts';

const SP = { model: 'jimmy/seedance2.0-sp' };
const HERO = { name: 'hero', kind: 'image', file: fileFor('image1') } as const;
/** An upload and its review, on a busy machine. */
const SOON = { timeout: 30_000 };

async function withBot(
  work: (testbed: BotTestbed) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg', ...env } });
  try {
    await testbed.start();
    await work(testbed);
  } finally {
    await testbed.close();
  }
}

/** What `/asset` answers to an admin. */
async function manage(
  { discord }: BotTestbed,
  subcommand: 'add' | 'list' | 'show' | 'remove',
  options: Readonly<Record<string, OptionValue>> = {},
  permissions: bigint | undefined = PERMISSION.manageGuild,
): Promise<string> {
  const member = discord.member(permissions === 0n ? {} : { permissions });
  const call = await member.slash(discord.channelId, `asset ${subcommand}`, options);
  const { content, ephemeral } = await call.waitFor((message) => message.content !== '');
  expect(ephemeral).toBe(true);
  return content;
}

async function addReady(testbed: BotTestbed): Promise<void> {
  expect(await manage(testbed, 'add', HERO)).toContain('**hero** is being uploaded to Jimmy AI');
  const shown = async () => manage(testbed, 'show', { name: 'hero' });
  await expect.poll(shown, SOON).toContain('Jimmy AI: ready');
  await expect.poll(shown, SOON).toContain('AnyFast: ready');
}

async function refusalOf(
  testbed: BotTestbed,
  prompt: string,
  options: Readonly<Record<string, OptionValue>> = SP,
): Promise<string> {
  const call = await callVideo(testbed, prompt, options);
  const { content, ephemeral } = await call.waitFor((message) => message.content !== '');
  expect(ephemeral).toBe(true);
  return content;
}

it('another member names it in a prompt, and each provider reads it as it does', async () => {
  await withBot(async (testbed) => {
    await addReady(testbed);
    const prompt = 'a {hero} beside {{hero}}';
    const first = await callVideo(testbed, prompt, { ...SP, image1: fileFor('image1') });
    await first.waitFor(hasClip);
    const second = await callVideo(testbed, prompt, { model: ANYFAST_MODEL });
    await second.waitFor(hasClip);
    const [jimmy, anyfast] = testbed.providers.requests.filter(
      ({ purpose }) => purpose === 'create',
    );
    expect(jimmy?.body).toMatchObject({
      prompt: 'a @图片2 beside {hero}',
      images: [expect.stringMatching(/^http/), expect.stringMatching(/^asset:\/\//)],
    });
    expect(JSON.stringify(anyfast?.body)).toContain('a @image1 beside {hero}');
    expect(JSON.stringify(anyfast?.body)).toContain('asset://');
    expect(testbed.providers.assets).toHaveLength(2);
    expect(await manage(testbed, 'list')).toContain('`{hero}` · picture');
  });
});

it('refuses names that nobody gave, and models that take none, and says how to write words', async () => {
  await withBot(async (testbed) => {
    const unnamed = await callVideo(testbed, 'a {hero} sails', SP);
    await unnamed.waitFor(hasClip);
    await addReady(testbed);
    expect(await refusalOf(testbed, 'a {villain} sails')).toContain(
      '`prompt`: There is no file named {villain}. To write it as plain words, use {{villain}}.',
    );
    const refusal = await refusalOf(testbed, 'a {hero}', { model: 'jimmy/seedance2.0-std' });
    expect(refusal).toContain("This model can't use named files: {hero}.");
    expect(refusal).toContain('SP');
    expect(testbed.providers.acceptedCreates()).toBe(1);
  });
});

it('the same name at once is added once, and only by those who may', async () => {
  await withBot(async (testbed) => {
    const answers = await Promise.all([
      manage(testbed, 'add', HERO),
      manage(testbed, 'add', { ...HERO, file: fileFor('image2') }),
    ]);
    expect(answers.filter((answer) => answer.includes('is being uploaded'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('already exists'))).toHaveLength(1);
    expect(await manage(testbed, 'add', { ...HERO, name: 'other' }, 0n)).toContain('Manage Server');
    expect(await manage(testbed, 'add', { ...HERO, name: 'Bad name' })).toContain('Not a valid');
    expect(await manage(testbed, 'add', { ...HERO, name: 'clip', kind: 'video' })).toContain(
      "doesn't fit",
    );
  });
});

it('a portrait stays unusable until its review has passed, also after a kill', async () => {
  await withBot(async (testbed) => {
    testbed.providers.knobs.jimmy.asset.always({ kind: 'stuck' });
    const added = await manage(testbed, 'add', { ...HERO, person: true });
    expect(added).toContain('is being uploaded to Jimmy AI.');
    await expect.poll(() => testbed.providers.assets.length, SOON).toBe(1);
    expect(await refusalOf(testbed, 'a {hero}')).toContain('Not ready yet: {hero}.');
    expect(await refusalOf(testbed, 'a {hero}', { model: ANYFAST_MODEL })).toContain(
      "provider doesn't have {hero}",
    );
    await testbed.kill();
    await testbed.start();
    expect(await manage(testbed, 'show', { name: 'hero' })).toContain('being prepared');
    expect(testbed.providers.assets).toHaveLength(1);
  });
});

it('is deleted where that is documented once its name is removed', async () => {
  await withBot(async (testbed) => {
    await addReady(testbed);
    expect(await manage(testbed, 'remove', { name: 'hero' })).toContain('**hero** is removed');
    expect(await manage(testbed, 'list')).toContain('No named files yet');
    const call = await callVideo(testbed, 'a {hero} sails', SP);
    await call.waitFor(hasClip);
    const create = testbed.providers.requests.find(({ purpose }) => purpose === 'create');
    expect(create?.body).toMatchObject({ prompt: 'a {hero} sails' });
  });
});

const PRICE = { amount: '0.50', per: 'task' };

async function withBudget(
  prices: Readonly<Record<string, object>>,
  work: (testbed: BotTestbed) => Promise<void>,
): Promise<void> {
  const testbed = await openTestbed({ env: { BUDGET_DAY: '1.50' } });
  try {
    const list = JSON.stringify({ currency: 'USD', prices });
    await writeFile(join(testbed.folder, 'prices.json'), list);
    await testbed.start();
    await work(testbed);
  } finally {
    await testbed.close();
  }
}

it('with a budget, an upload without a price is refused', async () => {
  await withBudget({ 'jimmy/upload': PRICE }, async (testbed) => {
    expect(await manage(testbed, 'add', HERO)).toContain('price');
    expect(testbed.providers.requests).toEqual([]);
  });
});

it('uploads count against the budget, and stand in the export', async () => {
  await withBudget({ 'jimmy/upload': PRICE, 'anyfast/upload': PRICE }, async (testbed) => {
    await addReady(testbed);
    const other = { ...HERO, name: 'other', file: fileFor('image2') };
    expect(await manage(testbed, 'add', other)).toContain('budget');
    const admin = testbed.discord.member({ permissions: PERMISSION.manageGuild });
    const call = await admin.slash(testbed.discord.channelId, 'usage export');
    const { attachments } = await call.waitFor((message) => message.attachments.length > 0);
    expect(attachments).toHaveLength(1);
    expect(testbed.providers.assets).toHaveLength(2);
  });
});
