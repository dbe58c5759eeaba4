import { taskIdOf } from './task-id-of.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  InteractionHandle,
  MemberActor,
  OptionValue,
} from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { runTool } from '../backup/run-tool.ts';
import type { ToolRun } from '../backup/run-tool.ts';
import { openTestbed } from './bot-testbed.ts';
import { requestBoxOf } from './request-box-of.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANY_MODEL } from './video-call.ts';

const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '0.50', per: 'task' } },
};
const UNPRICED = 'jimmy/seedance2.0-sp';
const REQUEST_ID = '0b8f1c9e-0000-4000-8000-000000000001';

let open: BotTestbed | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function stageWith(env: Readonly<Record<string, string>> = {}): Promise<BotTestbed> {
  const testbed = await openTestbed({ env });
  open = testbed;
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
  return testbed;
}

const adminOf = ({ discord }: BotTestbed, locale = 'en-US'): MemberActor =>
  discord.member({ permissions: PERMISSION.manageGuild, locale });

async function usageHolds(
  { discord }: BotTestbed,
  admin: MemberActor,
  options: Readonly<Record<string, OptionValue>> = {},
): Promise<string> {
  const handle = await admin.slash(discord.channelId, 'usage holds', options);
  return (await handle.waitFor(({ loading }) => !loading)).text;
}

/** One `/video` that its provider may have taken: accepted, and answered 502. Undefined: refused. */
async function unconfirmed(
  testbed: BotTestbed,
  model = ANY_MODEL,
): Promise<InteractionHandle | undefined> {
  const { create } = testbed.providers.knobs.jimmy;
  create.always({ kind: 'server-error', status: 502 });
  const handle = await testbed.discord
    .member()
    .slash(testbed.discord.channelId, 'video', { prompt: 'a paper boat', model });
  const { content } = await handle.waitFor((message) => !message.loading && isDecided(message));
  return content.includes('not sent again') ? handle : undefined;
}

const isDecided = ({ content }: { readonly content: string }): boolean =>
  content.includes('not sent again') || content.includes('budget');

const operator = async (testbed: BotTestbed, ...given: readonly string[]): Promise<ToolRun> =>
  runTool('holds', { env: testbed.env, cwd: testbed.folder }, ...given);

function heldOf(handle: InteractionHandle | undefined): InteractionHandle {
  if (handle === undefined) throw new Error('the video was refused');
  return handle;
}

describe('the operator’s ceiling', () => {
  it('is not moved by an admin who releases what may have been charged', async () => {
    const testbed = await stageWith({ BUDGET_DAY: '2' });
    const admin = adminOf(testbed);
    const taken: InteractionHandle[] = [];
    for (let at = 0; at < 10; at += 1) {
      const handle = await unconfirmed(testbed);
      if (handle === undefined) continue;
      taken.push(handle);
      await usageHolds(testbed, admin, { task: await taskIdOf(testbed, handle), do: 'release' });
      await handle.waitFor(({ content }) => content.includes('Marked as **not charged**'));
    }
    expect(taken).toHaveLength(4);
    expect(testbed.providers.requests.filter(({ purpose }) => purpose === 'create')).toHaveLength(
      4,
    );
    expect(await usageHolds(testbed, admin)).toBe('There are no unconfirmed charges.');

    const { code, out } = await operator(testbed);
    expect(code).toBe(0);
    expect(out).toContain('4 unconfirmed charges count');
    for (const handle of taken) {
      const { userId } = handle;
      const id = await taskIdOf(testbed, handle);
      const line = out.split('\n').find((text) => text.startsWith(id));
      expect(line).toContain(`member ${userId}`);
      expect(line).toContain(`server ${testbed.discord.guildId}`);
      expect(line).toContain(`${ANY_MODEL} · `);
      expect(line).toContain('counts $0.50');
      expect(line).toContain('resolved by an admin: released');
    }

    // The operator ends one beside the running bot: that much is free again.
    const [first] = taken;
    const ended = await operator(testbed, 'release', await taskIdOf(testbed, heldOf(first)));
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.out).toContain('released for your budget');
    expect(await unconfirmed(testbed)).toBeDefined();
    expect(await unconfirmed(testbed)).toBeUndefined();
    const again = await operator(testbed, 'release', await taskIdOf(testbed, heldOf(first)));
    expect(again).toMatchObject({ code: 1, out: '' });
    const { box } = await requestBoxOf(testbed);
    expect(await box.list()).toEqual([]);
  });

  it('lets through exactly as many as it holds, of those that come at once', async () => {
    const testbed = await stageWith({ BUDGET_DAY: '4' });
    const handles = await Promise.all(Array.from({ length: 15 }, async () => unconfirmed(testbed)));
    expect(handles.filter((handle) => handle !== undefined)).toHaveLength(8);
    const creates = testbed.providers.requests.filter(({ purpose }) => purpose === 'create');
    expect(creates).toHaveLength(8);
  });

  it('set after holds were made counts them, and the log says which it cannot count', async () => {
    const testbed = await stageWith();
    const [priced, unpriced] = [
      heldOf(await unconfirmed(testbed)),
      heldOf(await unconfirmed(testbed, UNPRICED)),
    ];
    const [pricedId, unpricedId] = [
      await taskIdOf(testbed, priced),
      await taskIdOf(testbed, unpriced),
    ];
    await testbed.kill();
    await testbed.start({ BUDGET_DAY: '0.90' });
    expect(testbed.bot.lines.join('\n')).toContain('unconfirmed charges without a quote');
    expect(await unconfirmed(testbed)).toBeUndefined();
    const { out } = await operator(testbed);
    expect(out.indexOf(unpricedId)).toBeLessThan(out.indexOf(pricedId));
    expect(out).toContain('no quote');
  });
});

describe('the amount at which an admin settles', () => {
  it.each([
    [
      'en-US',
      {
        '99999999999999999999': 'must be from 0 to $5.00, ten times the quote of $0.50',
        '5.01': 'must be from 0 to $5.00',
        '-1': 'must be from 0 to $5.00',
        '1 EUR': 'must be in USD',
      },
    ],
    ['zh-CN', { '5.01': '十倍', '1 EUR': '必须使用价格表的货币 USD' }],
  ])('is refused in %s outside what the quote allows', async (locale, refusals) => {
    const testbed = await stageWith({ BUDGET_DAY: '2' });
    const admin = adminOf(testbed, locale);
    const held = heldOf(await unconfirmed(testbed));
    const heldId = await taskIdOf(testbed, held);
    for (const [amount, words] of Object.entries(refusals)) {
      const said = await usageHolds(testbed, admin, { task: heldId, do: 'settle', amount });
      expect(said).toContain(words);
      const refused = await operator(testbed, 'settle', heldId, amount);
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.errors).toContain('Nothing was done.');
    }
    // Whatever an admin settles at, others go on.
    await usageHolds(testbed, admin, { task: heldId, do: 'settle', amount: '$5' });
    await held.waitFor(
      ({ content }) => /Charge confirmed|已确认扣费/.test(content) && content.includes('5.00'),
    );
    expect(await unconfirmed(testbed)).toBeDefined();
  });
});

describe('npm run holds', () => {
  it('ends a hold of a stopped store, and the next start says so in its message', async () => {
    const testbed = await stageWith({ BUDGET_DAY: '0.50' });
    const held = heldOf(await unconfirmed(testbed));
    const heldId = await taskIdOf(testbed, held);
    await testbed.kill();
    const ended = await operator(testbed, 'settle', heldId, '0.25');
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.out).toContain('settled at $0.25, for your budget and for its server');
    expect((await operator(testbed)).out).toContain('No unconfirmed charge');
    await testbed.start();
    await held.waitFor(({ content }) => content.includes('Charge confirmed: **$0.25**'));
    expect(await usageHolds(testbed, adminOf(testbed))).toBe('There are no unconfirmed charges.');
  });

  it('is carried out once by the next bot, where one was killed after it took the request', async () => {
    const testbed = await stageWith();
    const held = heldOf(await unconfirmed(testbed));
    const heldId = await taskIdOf(testbed, held);
    await testbed.kill();
    const { box, store } = await requestBoxOf(testbed);
    const leaveTaken = async (): Promise<void> => {
      const end = { kind: 'settle', amount: '1' } as const;
      await box.put({ version: 1, id: REQUEST_ID, store, taskId: heldId, end });
      await box.take(REQUEST_ID);
    };
    await leaveTaken();
    await testbed.start();
    await held.waitFor(({ content }) => content.includes('Charge confirmed: **$1.00**'));
    await testbed.kill();
    // As if it had been killed before it could answer.
    await leaveTaken();
    await testbed.start();
    expect((await operator(testbed)).out).toContain('No unconfirmed charge');
  });

  it('is done once where the bot is killed at it, and the command still tells what came of it', async () => {
    const testbed = await stageWith();
    const held = heldOf(await unconfirmed(testbed));
    const heldId = await taskIdOf(testbed, held);
    const run = operator(testbed, 'settle', heldId, '1');
    await testbed.bot.waitForLine((line) => line.includes('hold acted on by the operator'));
    await testbed.kill();
    expect(await run).toMatchObject({ code: 0, errors: '' });
    expect((await run).out).toContain('settled at $1.00');
    await testbed.start();
    await held.waitFor(({ content }) => content.includes('Charge confirmed: **$1.00**'));
    expect((await operator(testbed)).out).toContain('No unconfirmed charge');
  });

  it('and an admin at once end each side once, while the bot stops', async () => {
    const testbed = await stageWith();
    const held = heldOf(await unconfirmed(testbed));
    const heldId = await taskIdOf(testbed, held);
    const admin = adminOf(testbed);
    const runs = [
      operator(testbed, 'settle', heldId, '1'),
      operator(testbed, 'release', heldId),
      operator(testbed, 'settle', heldId, '2'),
    ];
    const click = admin.slash(testbed.discord.channelId, 'usage holds', {
      task: heldId,
      do: 'release',
    });
    await testbed.bot.waitForLine((line) => line.includes('hold acted on'));
    testbed.bot.kill('SIGTERM');
    await testbed.bot.exited;
    const results = await Promise.all(runs);
    await click;
    expect(results.map(({ code }) => String(code)).toSorted()).toEqual(['0', '1', '1']);
    expect((await operator(testbed)).out).toContain('No unconfirmed charge');
  });

  it('says how it is used', async () => {
    const testbed = await stageWith();
    for (const given of [['end'], ['release'], ['settle', 'x'], ['release', '1'.repeat(19), '1']]) {
      const { code, out, errors } = await operator(testbed, ...given);
      expect([code, out]).toEqual([1, '']);
      expect(errors).toContain('npm run holds -- settle TASK [AMOUNT]');
    }
  });
});

describe('the menu under the list', () => {
  it('resolves charges without a typed number: at the quote, at an amount, as not charged', async () => {
    const testbed = await stageWith();
    const { channelId } = testbed.discord;
    const admin = adminOf(testbed);
    const calls = [heldOf(await unconfirmed(testbed)), heldOf(await unconfirmed(testbed))];
    calls.push(heldOf(await unconfirmed(testbed, UNPRICED)));
    const [first, second, third] = await Promise.all(
      calls.map(async (handle) => taskIdOf(testbed, handle)),
    );
    const listed = await admin.slash(channelId, 'usage holds');
    const message = await listed.waitFor(({ loading }) => !loading);
    const choose = async (taskId = '') => {
      const chosen = await admin.selectMenu(message, 'hold:list', [taskId]);
      return chosen.waitFor(({ text }) => text.includes('Was it charged?'));
    };
    expect((await choose(first)).buttons.map(({ label }) => label)).toEqual([
      'Charged as quoted · $0.50',
      'Charged: another amount',
      'Not charged',
      'Back to the list',
    ]);
    // The same button works after a crash.
    await testbed.kill();
    await testbed.start();
    const atQuote = await admin.click(message, `hold-quote:${first ?? ''}`);
    await atQuote.waitFor(({ text }) => text.includes('marked as charged: $0.50'));
    const back = await admin.click(message, 'holds:list');
    await back.waitFor(({ text }) => text.includes('2 unconfirmed charges'));

    await choose(second);
    const form = await admin.click(message, `hold-amount:${second ?? ''}`);
    await form.acknowledged;
    const typed = await admin.modalSubmit(form, { amount: '$0.20' });
    await typed.waitFor(({ text }) => text.includes('marked as charged: $0.20'));
    await (
      await admin.click(message, 'holds:list')
    ).waitFor(({ text }) => text.includes('1 unconfirmed'));

    expect((await choose(third)).buttons.map(({ label }) => label)).toEqual([
      'Charged: another amount',
      'Not charged',
      'Back to the list',
    ]);
    const released = await admin.click(message, `hold-release:${third ?? ''}`);
    await released.waitFor(({ text }) => text.includes('not charged'));
    const again = await admin.click(message, `hold-release:${third ?? ''}`, { raw: true });
    await again.waitFor(({ text }) => text.includes('no unconfirmed charge here'));
    expect(await usageHolds(testbed, admin)).toBe('There are no unconfirmed charges.');
  });

  it('is for those who may manage the server', async () => {
    const testbed = await stageWith();
    const admin = adminOf(testbed);
    const held = heldOf(await unconfirmed(testbed));
    const listed = await admin.slash(testbed.discord.channelId, 'usage holds');
    const message = await listed.waitFor(({ loading }) => !loading);
    const stranger = testbed.discord.member();
    const taskId = await taskIdOf(testbed, held);
    const tries = [
      await stranger.click(message, `hold-release:${taskId}`, { raw: true }),
      await stranger.click(message, 'holds:list', { raw: true }),
      await stranger.selectMenu(message, 'hold:list', [taskId], { raw: true }),
    ];
    for (const handle of tries) {
      const { content } = await handle.waitFor(({ loading }) => !loading);
      expect(content).toContain('Manage Server');
    }
    const odd = await admin.click(message, 'hold-release:confirm', { raw: true });
    const { content } = await odd.waitFor(({ loading }) => !loading);
    expect(content).toContain('Reload Discord');
    expect(await usageHolds(testbed, admin)).toContain('1 unconfirmed charge');
  });
});
