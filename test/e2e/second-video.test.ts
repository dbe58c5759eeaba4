import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../src/simulators/discord/world/message-view.ts';
import { openTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { ANY_MODEL, createsOf, endedMessage, hasClip } from './video-call.ts';

const PRICES = {
  currency: 'USD',
  prices: {
    'jimmy/seedance2.0-mini-sp-720p': { amount: '0.50', per: 'task' },
    'jimmy/seedance2.0-fast-sp-720p': { amount: '0.80', per: 'task' },
    'jimmy/seedance2.0-sp-720p': { amount: '1.20', per: 'task' },
    'jimmy/seedance2.0-sp-1080p': { amount: '2.40', per: 'task' },
  },
};

let testbed: BotTestbed;
beforeAll(async () => {
  // Without ffmpeg: continuing has tests of its own.
  testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg' } });
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
});
afterAll(async () => testbed.close());

function idOf(message: MessageView, label: string | RegExp): string {
  const found = message.buttons.find(({ label: own }) =>
    typeof label === 'string' ? own === label : label.test(own),
  );
  if (found?.customId === undefined) throw new Error(`no button ${String(label)}`);
  return found.customId;
}
const labelsOf = ({ buttons }: MessageView): string[] => buttons.map(({ label }) => label);
async function privately(call: InteractionHandle): Promise<MessageView> {
  const message = await call.waitFor(({ loading }) => !loading);
  expect(message.ephemeral).toBe(true);
  return message;
}

/** The custom id of the select of a message. */
function selectOf(message: MessageView): string {
  const found = /"custom_id":"((?:choose):\d+)"/u.exec(JSON.stringify(message.components));
  if (found?.[1] === undefined) throw new Error('no select');
  return found[1];
}

async function finished(prompt: string, options: Record<string, string> = {}) {
  const ada = testbed.discord.member();
  const call = await ada.slash(testbed.discord.channelId, 'video', {
    prompt,
    model: ANY_MODEL,
    ...options,
  });
  const message = await endedMessage(testbed, call);
  expect(hasClip(message)).toBe(true);
  return { ada, message };
}

describe('under a finished video', () => {
  it('stand the buttons that its route allows, the first with its price', async () => {
    const { message } = await finished('a boat with buttons');
    expect(labelsOf(message)).toEqual(['Again · $0.50', 'Edit', 'Higher quality', '⋯']);
  });

  it('one click on Again makes the same video once more, under a message of its own', async () => {
    const { message } = await finished('a boat again');
    const bob = testbed.discord.member();
    const again = await bob.click(message, idOf(message, /^Again/u));
    const second = await endedMessage(testbed, again);
    expect(hasClip(second)).toBe(true);
    expect(second.id).not.toBe(message.id);
    expect(second.content).toContain(`<@${bob.id}>`);
    expect(second.content).toContain(`/${message.channelId}/${message.id}`);
    const bodies = createsOf(testbed, 'a boat again').map(({ body }) => body);
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toEqual(bodies[1]);
  });

  it('Edit opens a form that is filled in, and makes what was changed', async () => {
    const { ada, message } = await finished('a boat before', { ratio: '9:16' });
    const opened = await ada.click(message, idOf(message, 'Edit'));
    expect((await opened.acknowledged).kind).toBe('modal');
    const sent = await ada.modalSubmit(opened, {
      prompt: 'a boat after',
      model: ['jimmy/seedance2.0-sp'],
      duration: '6',
      resolution: ['1080p'],
      ratio: ['9:16'],
    });
    const second = await endedMessage(testbed, sent);
    expect(hasClip(second)).toBe(true);
    expect(second.content).toContain('a boat after');
    expect(second.content).toContain('6 s · 1080p · 9:16');
    expect(createsOf(testbed, 'a boat after')).toHaveLength(1);
  });

  it('Higher quality lists what is better, with prices, and makes what is chosen', async () => {
    const { ada, message } = await finished('a better boat');
    const list = await privately(await ada.click(message, idOf(message, 'Higher quality')));
    expect(list.text).toContain('$0.80');
    expect(list.text).toContain('1080p · $2.40');
    const chosen = await ada.selectMenu(list, selectOf(list), ['0']);
    const second = await endedMessage(testbed, chosen);
    expect(hasClip(second)).toBe(true);
    expect(second.content).toContain('$0.80');
    const used = await privately(await ada.selectMenu(list, selectOf(list), ['1'], { raw: true }));
    expect(used.text).toContain('no longer');
    expect(createsOf(testbed, 'a better boat')).toHaveLength(2);
  });
});

describe('clicks at once', () => {
  it('twenty of one member make one video, whose link the others show', async () => {
    const { message } = await finished('a hasty boat');
    const bob = testbed.discord.member();
    const again = idOf(message, /^Again/u);
    const clicks = await Promise.all(
      Array.from({ length: 20 }, async () => bob.click(message, again, { raw: true })),
    );
    const answers = await Promise.all(clicks.map(async (click) => click.acknowledged));
    expect(answers.filter(({ kind }) => kind === 'deferred-message')).toHaveLength(1);
    await testbed.untilIdle();
    expect(createsOf(testbed, 'a hasty boat')).toHaveLength(2);
    const late = await privately(await bob.click(message, again));
    expect(late.content).toMatch(/already making a video from here: https/u);
    const more = await bob.click(late, idOf(late, 'Make another'));
    expect(hasClip(await endedMessage(testbed, more))).toBe(true);
    expect(createsOf(testbed, 'a hasty boat')).toHaveLength(3);
  });

  it('of many members make one video each', async () => {
    const { message } = await finished('a shared boat');
    const again = idOf(message, /^Again/u);
    const members = Array.from({ length: 10 }, () => testbed.discord.member());
    const clicks = await Promise.all(members.map(async (one) => one.click(message, again)));
    await Promise.all(clicks.map(async (click) => endedMessage(testbed, click)));
    expect(createsOf(testbed, 'a shared boat')).toHaveLength(11);
  });
});

describe('Edit while the last one is being made', () => {
  it('shows its link, and opens the form for another one by a button', async () => {
    const { ada, message } = await finished('a boat edited twice');
    testbed.providers.knobs.jimmy.taskMs = 60_000;
    const edit = idOf(message, 'Edit');
    const opened = await ada.click(message, edit);
    await opened.acknowledged;
    const first = await ada.modalSubmit(opened, { prompt: 'a boat edited once' });
    await first.waitFor(({ content }) => content.includes('a boat edited once'));
    const told = await privately(await ada.click(message, edit));
    expect(told.content).toContain(`/${first.message()?.id ?? 'none'}`);
    testbed.providers.knobs.jimmy.taskMs = 0;
    const again = await ada.click(told, idOf(told, 'Make another'));
    expect((await again.acknowledged).kind).toBe('modal');
    const sent = await ada.modalSubmit(again, { prompt: 'a boat edited again' });
    expect(hasClip(await endedMessage(testbed, sent))).toBe(true);
    expect(createsOf(testbed, 'a boat edited again')).toHaveLength(1);
  });
});

describe('a second choice while the first one is being made', () => {
  it.each([
    ['Higher quality', 'a finer boat', undefined],
    ['Another model', 'a boat by others', 'no more boats today'],
  ] as const)(
    '%s shows its link, and its list again by a button',
    async (label, prompt, reason) => {
      if (reason !== undefined) {
        testbed.providers.knobs.jimmy.create.next({ kind: 'refused', reason });
      }
      const ada = testbed.discord.member();
      const options = { prompt, model: ANY_MODEL };
      const call = await ada.slash(testbed.discord.channelId, 'video', options);
      const message = await endedMessage(testbed, call);
      const list = await privately(await ada.click(message, idOf(message, label)));
      const first = await ada.selectMenu(list, selectOf(list), ['0']);
      const made = await endedMessage(testbed, first);
      const late = await privately(await ada.click(message, idOf(message, label)));
      expect(late.content).toContain('already making a video from here');
      expect(late.content).toContain(`/${made.id}`);
      const again = await privately(await ada.click(late, idOf(late, 'Make another')));
      const second = await ada.selectMenu(again, selectOf(again), ['0']);
      expect(hasClip(await endedMessage(testbed, second))).toBe(true);
      expect(createsOf(testbed, prompt)).toHaveLength(3);
    },
  );
});

describe('a refused request', () => {
  it('is made by one click with the changes that are named', async () => {
    const ada = testbed.discord.member();
    const call = await ada.slash(testbed.discord.channelId, 'video', {
      prompt: 'a mended boat',
      model: ANY_MODEL,
      resolution: '4k',
      duration: 3,
    });
    const refused = await privately(call);
    expect(refused.content).toContain('`resolution`: 4k → 720p');
    const made = await ada.click(refused, idOf(refused, /^Make it · \$0\.50/u));
    const video = await endedMessage(testbed, made);
    expect(hasClip(video)).toBe(true);
    expect(createsOf(testbed, 'a mended boat')).toHaveLength(1);
    const closed = await call.waitFor(({ buttons }) => buttons.length === 0);
    expect(closed.content).toMatch(/^Your video with \*\*.+\*\*: https/u);
    expect(closed.content).toContain(`/${video.channelId}/${video.id}`);
    expect(closed.components).toEqual([]);
    const used = await privately(
      await ada.click(refused, idOf(refused, /^Make it/u), { raw: true }),
    );
    expect(used.content).toContain('no longer');
  });

  it('is changed in a form, also after the bot started again', async () => {
    const ada = testbed.discord.member();
    const call = await ada.slash(testbed.discord.channelId, 'video', {
      prompt: 'a patient boat',
      model: ANY_MODEL,
      resolution: '4k',
    });
    const refused = await privately(call);
    const opened = await ada.click(refused, idOf(refused, 'Change…'));
    await opened.acknowledged;
    await testbed.kill();
    await testbed.start();
    const sent = await ada.modalSubmit(opened, {
      prompt: 'a patient boat at night',
      model: [ANY_MODEL],
      resolution: ['default'],
      ratio: ['default'],
    });
    expect(hasClip(await endedMessage(testbed, sent))).toBe(true);
    expect(createsOf(testbed, 'a patient boat at night')).toHaveLength(1);
    const closed = await call.waitFor(({ buttons }) => buttons.length === 0);
    expect(closed.components).toEqual([]);
  });

  it('can be used by nobody else', async () => {
    const ada = testbed.discord.member();
    const eve = testbed.discord.member();
    const call = await ada.slash(testbed.discord.channelId, 'video', {
      prompt: 'a private boat',
      model: ANY_MODEL,
      resolution: '4k',
    });
    const refused = await privately(call);
    const stolen = await eve.click(refused, idOf(refused, /^Make it/u), { raw: true });
    expect((await privately(stolen)).content).toContain('Only the member');
    expect(createsOf(testbed, 'a private boat')).toEqual([]);
  });
});

describe('a video that may have been charged', () => {
  it('is asked about first, also by the button of an earlier end', async () => {
    const prompt = 'a boat of unknown charge';
    testbed.providers.knobs.jimmy.create.next({ kind: 'server-error', status: 502 });
    const ada = testbed.discord.member();
    const options = { prompt, model: ANY_MODEL };
    const call = await ada.slash(testbed.discord.channelId, 'video', options);
    const message = await endedMessage(testbed, call);
    expect(labelsOf(message)).toEqual(['Edit', 'Another model', '⋯']);
    const taskId = idOf(message, 'Edit').replace('edit:', '');
    const stale = await ada.click(message, idOf(message, 'Edit'), {
      raw: true,
      alter: (payload) => ({
        ...payload,
        data: { component_type: 2, custom_id: `again:${taskId}` },
      }),
    });
    const asked = await privately(stale);
    expect(asked.content).toContain('may be charged as well');
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    const made = await ada.click(asked, idOf(asked, 'Go on'));
    expect(hasClip(await endedMessage(testbed, made))).toBe(true);
    expect(createsOf(testbed, prompt)).toHaveLength(2);
  });
});

describe('what a click cannot reach', () => {
  it.each([
    ['a task that never was', 'again:1300000000000000999'],
    ['an id that is none', 'again:../../etc'],
    ['an offer that never was', 'make:1300000000000000999'],
  ])('%s is answered in words', async (_what, customId) => {
    const { ada, message } = await finished(`a boat for ${customId}`);
    const forged = await ada.click(message, idOf(message, /^Again/u), {
      raw: true,
      alter: (payload) => ({ ...payload, data: { component_type: 2, custom_id: customId } }),
    });
    expect((await privately(forged)).content).toMatch(/deleted|no longer/u);
    expect(createsOf(testbed, `a boat for ${customId}`)).toHaveLength(1);
  });
});
