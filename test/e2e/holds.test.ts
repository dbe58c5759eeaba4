import { taskIdOf } from './task-id-of.ts';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { realpathSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  InteractionHandle,
  MemberActor,
  OptionValue,
} from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import { runTool } from '../backup/run-tool.ts';
import type { ToolRun } from '../backup/run-tool.ts';
import { openStage } from './bot-stage.ts';
import type { BotStage } from './bot-stage.ts';
import { ANY_MODEL } from './video-call.ts';

const PRICES = {
  currency: 'USD',
  prices: { 'jimmy/seedance2.0-mini-sp-720p': { amount: '0.50', per: 'task' } },
};
const UNPRICED = 'jimmy/seedance2.0-sp';
const REQUEST_ID = '0b8f1c9e-0000-4000-8000-000000000001';

let open: BotStage | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function stageWith(env: Readonly<Record<string, string>> = {}): Promise<BotStage> {
  const stage = await openStage({ env });
  open = stage;
  await writeFile(join(stage.folder, 'prices.json'), JSON.stringify(PRICES));
  await stage.start();
  return stage;
}

const adminOf = ({ discord }: BotStage, locale = 'en-US'): MemberActor =>
  discord.member({ permissions: PERMISSION.manageGuild, locale });

async function usageHolds(
  { discord }: BotStage,
  admin: MemberActor,
  options: Readonly<Record<string, OptionValue>> = {},
): Promise<string> {
  const handle = await admin.slash(discord.channelId, 'usage holds', options);
  return (await handle.waitFor(({ loading }) => !loading)).content;
}

/** One `/video` that its provider may have taken: accepted, and answered 502. Undefined: refused. */
async function unconfirmed(
  stage: BotStage,
  model = ANY_MODEL,
): Promise<InteractionHandle | undefined> {
  const { create } = stage.providers.knobs.jimmy;
  create.always({ kind: 'server-error', status: 502 });
  const handle = await stage.discord
    .member()
    .slash(stage.discord.channelId, 'video', { prompt: 'a paper boat', model });
  const { content } = await handle.waitFor((message) => !message.loading && isDecided(message));
  return content.includes('not sent again') ? handle : undefined;
}

const isDecided = ({ content }: { readonly content: string }): boolean =>
  content.includes('not sent again') || content.includes('budget');

const operator = async (stage: BotStage, ...given: readonly string[]): Promise<ToolRun> =>
  runTool('holds', { env: stage.env, cwd: stage.folder }, ...given);

function heldOf(handle: InteractionHandle | undefined): InteractionHandle {
  if (handle === undefined) throw new Error('the video was refused');
  return handle;
}

describe('the operator’s ceiling', () => {
  it('is not moved by an admin who releases what may have been charged', async () => {
    const stage = await stageWith({ BUDGET_DAY: '2' });
    const admin = adminOf(stage);
    const taken: InteractionHandle[] = [];
    for (let at = 0; at < 10; at += 1) {
      const handle = await unconfirmed(stage);
      if (handle === undefined) continue;
      taken.push(handle);
      await usageHolds(stage, admin, { task: await taskIdOf(stage, handle), do: 'release' });
      await handle.waitFor(({ content }) => content.includes('was released'));
    }
    expect(taken).toHaveLength(4);
    expect(stage.providers.requests.filter(({ purpose }) => purpose === 'create')).toHaveLength(4);
    expect(await usageHolds(stage, admin)).toBe('Nothing is held.');

    const { code, out } = await operator(stage);
    expect(code).toBe(0);
    expect(out).toContain('4 unconfirmed charges count');
    for (const handle of taken) {
      const { userId } = handle;
      const id = await taskIdOf(stage, handle);
      const line = out.split('\n').find((text) => text.startsWith(id));
      expect(line).toContain(`member ${userId}`);
      expect(line).toContain(`server ${stage.discord.guildId}`);
      expect(line).toContain(`${ANY_MODEL} · `);
      expect(line).toContain('counts $0.50');
      expect(line).toContain('resolved by an admin: released');
    }

    // The operator ends one beside the running bot: that much is free again.
    const [first] = taken;
    const ended = await operator(stage, 'release', await taskIdOf(stage, heldOf(first)));
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.out).toContain('released for your budget');
    expect(await unconfirmed(stage)).toBeDefined();
    expect(await unconfirmed(stage)).toBeUndefined();
    const again = await operator(stage, 'release', await taskIdOf(stage, heldOf(first)));
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(await readdir(join(stage.folder, 'holds'))).toEqual([]);
  });

  it('lets through exactly as many as it holds, of those that come at once', async () => {
    const stage = await stageWith({ BUDGET_DAY: '4' });
    const handles = await Promise.all(Array.from({ length: 15 }, async () => unconfirmed(stage)));
    expect(handles.filter((handle) => handle !== undefined)).toHaveLength(8);
    const creates = stage.providers.requests.filter(({ purpose }) => purpose === 'create');
    expect(creates).toHaveLength(8);
  });

  it('set after holds were made counts them, and the log says which it cannot count', async () => {
    const stage = await stageWith();
    const [priced, unpriced] = [
      heldOf(await unconfirmed(stage)),
      heldOf(await unconfirmed(stage, UNPRICED)),
    ];
    const [pricedId, unpricedId] = [await taskIdOf(stage, priced), await taskIdOf(stage, unpriced)];
    await stage.kill();
    await stage.start({ BUDGET_DAY: '0.90' });
    expect(stage.bot.lines.join('\n')).toContain('unconfirmed charges without a quote');
    expect(await unconfirmed(stage)).toBeUndefined();
    const { out } = await operator(stage);
    expect(out.indexOf(unpricedId)).toBeLessThan(out.indexOf(pricedId));
    expect(out).toContain('no quote');
  });
});

describe('the amount at which an admin settles', () => {
  it.each([
    ['en-US', '99999999999999999999', 'must be from 0 to $5.00, ten times the quote of $0.50'],
    ['en-US', '5.01', 'must be from 0 to $5.00'],
    ['en-US', '-1', 'must be from 0 to $5.00'],
    ['en-US', '1 EUR', 'must be in USD'],
    ['zh-CN', '5.01', '十倍'],
    ['zh-CN', '1 EUR', '必须使用价格表的货币 USD'],
  ])('is refused in %s: %s', async (locale, amount, words) => {
    const stage = await stageWith({ BUDGET_DAY: '2' });
    const admin = adminOf(stage, locale);
    const held = heldOf(await unconfirmed(stage));
    const heldId = await taskIdOf(stage, held);
    const said = await usageHolds(stage, admin, { task: heldId, do: 'settle', amount });
    expect(said).toContain(words);
    const refused = await operator(stage, 'settle', heldId, amount);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.errors).toContain('Nothing was done.');
    // Whatever an admin settles at, others go on.
    await usageHolds(stage, admin, { task: heldId, do: 'settle', amount: '$5' });
    await held.waitFor(
      ({ content }) => /settled at|结算/.test(content) && content.includes('5.00'),
    );
    expect(await unconfirmed(stage)).toBeDefined();
  });
});

describe('npm run holds', () => {
  it('ends a hold of a stopped store, and the next start says so in its message', async () => {
    const stage = await stageWith({ BUDGET_DAY: '0.50' });
    const held = heldOf(await unconfirmed(stage));
    const heldId = await taskIdOf(stage, held);
    await stage.kill();
    const ended = await operator(stage, 'settle', heldId, '0.25');
    expect(ended).toMatchObject({ code: 0, errors: '' });
    expect(ended.out).toContain('settled at $0.25, for your budget and for its server');
    expect((await operator(stage)).out).toContain('No unconfirmed charge');
    await stage.start();
    await held.waitFor(({ content }) => content.includes('settled at **$0.25**'));
    expect(await usageHolds(stage, adminOf(stage))).toBe('Nothing is held.');
  });

  it('is carried out once by the next bot, where one was killed after it took the request', async () => {
    const stage = await stageWith();
    const held = heldOf(await unconfirmed(stage));
    const heldId = await taskIdOf(stage, held);
    await stage.kill();
    const folder = join(stage.folder, 'holds');
    await mkdir(folder, { recursive: true });
    const request = {
      version: 1,
      id: REQUEST_ID,
      store: realpathSync(join(stage.folder, 'clapper.sqlite')),
      taskId: heldId,
      end: { kind: 'settle', amount: '1' },
    };
    await writeFile(join(folder, `${REQUEST_ID}.taken.json`), JSON.stringify(request));
    await stage.start();
    await held.waitFor(({ content }) => content.includes('settled at **$1.00**'));
    await stage.kill();
    // As if it had been killed before it could answer.
    await writeFile(join(folder, `${REQUEST_ID}.taken.json`), JSON.stringify(request));
    await stage.start();
    expect((await operator(stage)).out).toContain('No unconfirmed charge');
  });

  it('is done once where the bot is killed at it, and the command still tells what came of it', async () => {
    const stage = await stageWith();
    const held = heldOf(await unconfirmed(stage));
    const heldId = await taskIdOf(stage, held);
    const run = operator(stage, 'settle', heldId, '1');
    await stage.bot.line((line) => line.includes('hold acted on by the operator'));
    await stage.kill();
    expect(await run).toMatchObject({ code: 0, errors: '' });
    expect((await run).out).toContain('settled at $1.00');
    await stage.start();
    await held.waitFor(({ content }) => content.includes('settled at **$1.00**'));
    expect((await operator(stage)).out).toContain('No unconfirmed charge');
  });

  it('and an admin at once end each side once, while the bot stops', async () => {
    const stage = await stageWith();
    const held = heldOf(await unconfirmed(stage));
    const heldId = await taskIdOf(stage, held);
    const admin = adminOf(stage);
    const runs = [
      operator(stage, 'settle', heldId, '1'),
      operator(stage, 'release', heldId),
      operator(stage, 'settle', heldId, '2'),
    ];
    const click = admin.slash(stage.discord.channelId, 'usage holds', {
      task: heldId,
      do: 'release',
    });
    await stage.bot.line((line) => line.includes('hold acted on'));
    stage.bot.kill('SIGTERM');
    await stage.bot.exited;
    const results = await Promise.all(runs);
    await click;
    expect(results.map(({ code }) => String(code)).toSorted()).toEqual(['0', '1', '1']);
    expect((await operator(stage)).out).toContain('No unconfirmed charge');
  });

  it('keeps its requests to their owner, and says how it is used', async () => {
    const stage = await stageWith();
    expect((await stat(join(stage.folder, 'holds'))).mode & 0o777).toBe(0o700);
    for (const given of [['end'], ['release'], ['settle', 'x'], ['release', '1'.repeat(19), '1']]) {
      const { code, out, errors } = await operator(stage, ...given);
      expect([code, out]).toEqual([1, '']);
      expect(errors).toContain('npm run holds -- settle TASK [AMOUNT]');
    }
  });
});
