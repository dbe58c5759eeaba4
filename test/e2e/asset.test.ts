import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { parseCsv } from '../commands/parse-csv.ts';
import { HERO, SOON, SP, addReady, manage, refusalOf, withBot } from './assets.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { openTestbed } from './bot-testbed.ts';
import { ANYFAST_MODEL, callVideo, fileFor, hasClip } from './video-call.ts';

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
    const bytes = testbed.discord.attachmentBytes(attachments[0]?.id ?? '') ?? [];
    const [head = [], ...rows] = parseCsv(Buffer.from(bytes).toString('utf8'));
    const told = rows.map((row) =>
      ['route', 'seconds', 'quoted', 'settled', 'state'].map((name) => row[head.indexOf(name)]),
    );
    expect(told.map((cells) => cells.join(' ')).toSorted()).toEqual([
      'anyfast/upload 0 0.50 0.50 settled',
      'jimmy/upload 0 0.50 0.50 settled',
    ]);
    const usage = await admin.slash(testbed.discord.channelId, 'usage show', {});
    const { text } = await usage.waitFor(({ loading }) => !loading);
    expect(text).toContain('0 videos, 0 seconds, $1.00');
    expect(text).toContain('Jimmy AI uploads (picture)');
    expect(testbed.providers.assets).toHaveLength(2);
  });
});
