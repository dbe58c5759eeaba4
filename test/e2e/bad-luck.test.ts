import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { FaultAction } from '../../src/simulators/discord/rest/faults.ts';
import { isEndOf, openTestbed, startBotTestbed } from './bot-testbed.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { queriesFrom } from './provider-watch.ts';
import {
  ANY_MODEL,
  callVideo,
  createsOf,
  endedMessage,
  hasClip,
  messagesAbout,
  tasksOf,
} from './video-call.ts';

let testbed: BotTestbed;
beforeAll(async () => {
  testbed = await startBotTestbed();
});
afterEach(() => {
  testbed.providers.knobs.jimmy.taskMs = 0;
  testbed.discord.faults.clear();
});
afterAll(async () => testbed.close());

/** What was delivered before this call has been dealt with when it is answered. */
async function untilAnswered(prompt: string): Promise<void> {
  const later = await callVideo(testbed, prompt);
  await later.waitFor(hasClip);
}

describe('an interaction that is delivered twice', () => {
  it('at the same time makes one task and one message', async () => {
    const prompt = 'An echo that answers at once';
    const call = await callVideo(testbed, prompt);
    for (let times = 0; times < 5; times += 1) expect(call.deliverAgain()).toBe(1);
    await call.waitFor(hasClip);
    await untilAnswered('An echo of the echo');
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(call.versions().filter(({ loading }) => loading)).toHaveLength(1);
  });

  it('after its task has ended makes no second one', async () => {
    const prompt = 'An echo that comes very late';
    const call = await callVideo(testbed, prompt);
    await endedMessage(testbed, call);
    call.deliverAgain();
    await untilAnswered('A shout after the late echo');
    expect(createsOf(testbed, prompt)).toHaveLength(1);
    expect(call.message()).toSatisfy(hasClip);
  });
});

/** A call whose message is deleted while its task runs, for as long as the test wants. */
async function deletedWhileRunning(prompt: string, caller: string): Promise<InteractionHandle> {
  testbed.providers.knobs.jimmy.taskMs = Infinity;
  const call = await callVideo(testbed, prompt, {}, { member: { id: caller } });
  const running = await call.waitFor(({ text }) => text.includes('Generating'));
  await queriesFrom(testbed, 2);
  testbed.discord.deleteMessage(running);
  return call;
}

describe('a message that somebody deletes', () => {
  it('is replaced by one new message that names the caller and carries the clip', async () => {
    const prompt = 'A poster that is torn down overnight';
    const caller = '140000000000000001';
    await deletedWhileRunning(prompt, caller);
    const delivered = testbed.discord.next('message-edited', hasClip);
    testbed.providers.knobs.jimmy.taskMs = 0;
    const message = await delivered;

    expect(message.text).toContain(`<@${caller}>`);
    expect(message.text).toContain('Done');
    expect(messagesAbout(testbed, caller).map(({ id }) => id)).toEqual([message.id]);
    expect(tasksOf(testbed, prompt)).toHaveLength(1);
    const notified = testbed.discord.notifications.filter(({ id }) => id === caller);
    expect(notified.map(({ messageId, kind }) => [messageId, kind])).toEqual([
      [message.id, 'user'],
    ]);
  });

  it('is replaced as well by the news that the task failed', async () => {
    const caller = '140000000000000002';
    const call = await deletedWhileRunning('A poster that was never glued', caller);
    testbed.providers.knobs.jimmy.query.next({ kind: 'fail', reason: 'PROVIDER_MODERATION_ERROR' });
    await testbed.bot.waitForLine((line) => isEndOf(line, call.id));
    const [message, ...others] = messagesAbout(testbed, caller);
    expect(others).toEqual([]);
    expect(message?.text).toContain('refused as unsafe');
  });

  it('together with its channel ends the task without a word, and nobody else suffers', async () => {
    const { discord } = testbed;
    const channel = discord.world.addChannel(discord.guildId, { name: 'short-lived' });
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const caller = discord.member();
    const options = { prompt: 'A tent that is folded up', model: ANY_MODEL };
    const call = await caller.slash(channel.id, 'video', options);
    await call.waitFor(({ text }) => text.includes('Generating'));
    testbed.expectError(/no way left to the channel of a finished video/);
    discord.world.deleteChannel(channel.id);
    testbed.providers.knobs.jimmy.taskMs = 0;
    const line = await testbed.bot.waitForLine((one) => isEndOf(one, call.id));
    expect(JSON.parse(line)).toMatchObject({ outcome: 'undeliverable', notified: false });
  });
});

describe('a gateway that goes away', () => {
  it.each([
    ['asks for a reconnect', 'resumed', () => testbed.discord.gateway.requestReconnect()],
    ['is cut', 'resumed', () => testbed.discord.gateway.cut()],
    ['forgets the session', 'identified', () => testbed.discord.gateway.invalidate(false)],
  ] as const)('because it %s loses no task and takes new ones', async (what, kind, act) => {
    testbed.providers.knobs.jimmy.taskMs = Infinity;
    const prompt = `A radio that crackles because it ${what}`;
    const call = await callVideo(testbed, prompt);
    await call.waitFor(({ text }) => text.includes('Generating'));
    const back = testbed.discord.next('gateway', (event) => event.kind === kind);
    act();
    await back;
    testbed.providers.knobs.jimmy.taskMs = 0;
    await call.waitFor(hasClip);
    const next = await callVideo(testbed, `A radio that plays again after it ${what}`);
    await next.waitFor(hasClip);
    expect(createsOf(testbed, prompt)).toHaveLength(1);
  });
});

it('a token that is refused while the bot runs ends it with a clear error', async () => {
  const own = await startBotTestbed();
  onTestFinished(async () => own.close());
  own.expectError(/cannot go on/);
  // Its look at the servers that it is in comes after the start, in its own time.
  const asked = (): number =>
    own.discord.requests.filter(({ path }) => path !== '/users/@me/guilds').length;
  const before = asked();
  own.discord.gateway.closeWith(4004);
  expect(await own.bot.exited).toBe(1);
  expect(own.bot.errors.join('\n')).toContain('4004');
  expect(asked()).toBe(before);
});

it.each([404, 500])(
  'a private answer that Discord answers %d is no bug of ours',
  async (status) => {
    const body = { message: 'Unknown interaction', code: 10_062 };
    const action = { kind: 'answer', status, body } as const;
    testbed.discord.faults.add({ method: 'POST', route: /\/callback$/, action });
    const refused = testbed.discord.next('request', (request) => request.status === status);
    await testbed.discord.member().slash(testbed.discord.channelId, 'models');
    await refused;
    const later = await callVideo(testbed, `A voice that is heard again after ${status}`);
    await later.waitFor(hasClip);
    expect(testbed.bot.lines.filter((line) => line.includes('command failed'))).toEqual([]);
  },
);

function failCallback(action: FaultAction): void {
  testbed.discord.faults.add({ method: 'POST', route: /\/callback$/, action });
}

describe('an acknowledgement that Discord does not take', () => {
  const refusals: [string, FaultAction][] = [
    ['is answered 500', { kind: 'answer', status: 500, body: { message: 'Internal', code: 0 } }],
    ['is cut off', { kind: 'cut', at: 'before-effect', how: 'reset' }],
    ['is too late', { kind: 'answer', status: 404, body: { message: 'Unknown', code: 10_062 } }],
    [
      'was made by another process',
      { kind: 'answer', status: 400, body: { message: 'Already', code: 40_060 } },
    ],
  ];
  const unclear: [string, FaultAction][] = [
    ['stands, but is answered 502', { kind: 'answer', at: 'after-effect', status: 502, body: '' }],
    ['stands, but is cut off', { kind: 'cut', at: 'after-effect', how: 'reset' }],
  ];

  it.each(refusals)('for it %s begins no task', async (what, action) => {
    failCallback(action);
    const prompt = `A knock at a door that ${what}`;
    const call = await callVideo(testbed, prompt);
    await testbed.bot.waitForLine((line) => /acknowledge/.test(line) && line.includes(call.id));
    const later = await callVideo(testbed, `A knock at the next door, for one ${what}`);
    await later.waitFor(hasClip);
    expect(createsOf(testbed, prompt)).toEqual([]);
    expect(call.message()).toBeNull();
  });

  it.each(unclear)('for it %s begins no task and says so', async (what, action) => {
    failCallback(action);
    const prompt = `A knock that is heard, but ${what}`;
    const call = await callVideo(testbed, prompt);
    const told = await call.waitFor(({ text }) => text.includes('interrupted before this began'));
    expect(told.text).toContain('**Nothing was sent or charged.**');
    expect(createsOf(testbed, prompt)).toEqual([]);
  });
});

const names = (own: BotTestbed, guildId?: string): unknown[] =>
  own.discord.commands(guildId).map((command) => command['name']);
const writes = (own: BotTestbed): number =>
  own.discord.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/commands'))
    .length;

describe('the commands', () => {
  const guilds = [
    { id: '120000000000000001', channels: [{ id: '130000000000000001', name: 'general' }] },
    { id: '120000000000000002', channels: [{ id: '130000000000000002', name: 'elsewhere' }] },
  ];
  const [served, other] = ['120000000000000001', '120000000000000002'];
  it('are global where no server is named, and are not written again', async () => {
    const own = await startBotTestbed({ discord: { guilds } });
    onTestFinished(async () => own.close());
    expect(names(own)).toContain('video');
    expect(names(own, served)).toEqual([]);
    expect(own.bot.lines.join('\n')).toContain('DISCORD_GUILD_IDS is empty');
    const before = writes(own);
    await own.kill();
    await own.start();
    expect(writes(own)).toBe(before);
  });

  it('are written again for no key that the bot does not know', async () => {
    const own = await startBotTestbed({ discord: { guilds } });
    onTestFinished(async () => own.close());
    const body = own.discord
      .commands()
      .map((command) => ({ ...command, global_popularity_rank: 1 }));
    await own.kill();
    const listing = own.discord.faults.add({
      method: 'GET',
      route: '/applications/:app/commands',
      action: { kind: 'answer', status: 200, body },
    });
    const before = writes(own);
    await own.start();
    expect([listing.hits(), writes(own)]).toEqual([1, before]);
  });

  it('that Discord does not take at first are a warning, and come later', async () => {
    const own = await openTestbed({ discord: { guilds } });
    onTestFinished(async () => own.close());
    const fault = own.discord.faults.add({
      method: 'PUT',
      route: '/applications/:app/commands',
      times: Infinity,
      action: { kind: 'answer', status: 500, body: '' },
    });
    const registered = own.discord.next('commands');
    await own.start();
    expect(own.bot.lines.join('\n')).toContain('global commands could not be registered');
    expect(names(own)).toEqual([]);
    fault.remove();
    await registered;
    expect(names(own)).toContain('video');
    const call = await callVideo(own, 'A menu that is late');
    await call.waitFor(hasClip);
  });

  it('are those of the named server alone, and another server is refused', async () => {
    const own = await startBotTestbed({ discord: { guilds } });
    onTestFinished(async () => own.close());
    await own.kill();
    await own.start({ DISCORD_GUILD_IDS: `${served},999999999999999999` });
    expect(names(own)).toEqual([]);
    expect(names(own, served)).toContain('video');
    expect(names(own, other)).toEqual([]);
    expect(own.bot.lines.join('\n')).toContain('refuses the commands of this server');

    const options = { prompt: 'A guest at the wrong wedding', model: ANY_MODEL };
    const guest = own.discord.member({ guildId: other });
    const call = await guest.slash('130000000000000002', 'video', options, { raw: true });
    expect(await call.acknowledged).toMatchObject({ type: 4, ephemeral: true });
    expect(call.message()?.text).toContain("doesn't serve this server");
    expect(createsOf(own, options.prompt)).toEqual([]);
    const invited = await callVideo(own, 'A guest at the right wedding');
    await invited.waitFor(hasClip);

    const before = writes(own);
    await own.kill();
    await own.start({ DISCORD_GUILD_IDS: served });
    expect(writes(own)).toBe(before);
  });
});
