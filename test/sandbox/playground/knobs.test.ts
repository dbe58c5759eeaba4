import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/sandbox/playground/protocol.ts';
import type { ProviderMood } from '../../../src/sandbox/playground/protocol/knobs.ts';
import type { StageName, TaskView } from '../../../src/sandbox/playground/protocol/panel.ts';
import { startPlayground } from '../../../src/sandbox/playground/start-playground.ts';
import type { Playground } from '../../../src/sandbox/playground/start-playground.ts';
import { actAs, ADA, DORA, GENERAL, visit } from './visit.ts';
import type { Tab } from './visit.ts';

const BOOSTED = '130000000000000011';

let playground: Playground;
let errors: unknown[] = [];
beforeAll(async () => {
  playground = await startPlayground({ quick: true, onError: (cause) => errors.push(cause) });
  const options = { measure: 'videos', window: 'day', limit: '1000', member: { id: ADA } };
  const ada = { personId: ADA, locale: 'en-US' } as const;
  for (const channelId of [GENERAL, BOOSTED]) {
    const command = 'quota set member';
    await actAs(playground.url, ada, { kind: 'slash', channelId, command, options });
  }
});
afterAll(async () => playground.close());
afterEach(() => {
  const thrown = errors;
  errors = [];
  if (thrown.length > 0) throw new AggregateError(thrown, 'the playground itself failed');
});

/** Opens the owner's tab, with all faults cleared. */
async function open(): Promise<Tab> {
  const tab = await visit(playground.url, ADA);
  await tab.turn({ kind: 'provider-mood', provider: 'jimmy', mood: 'done' });
  await tab.turn({ kind: 'provider-time', provider: 'jimmy', taskMs: 0 });
  await tab.turn({ kind: 'discord-well' });
  return tab;
}

const callVideo = async (tab: Tab, channelId = GENERAL) =>
  tab.act({
    kind: 'slash',
    channelId,
    command: 'video',
    options: { prompt: 'A fox', model: 'jimmy/seedance2.0-sp' },
  });

/** Calls `/video`; returns its interaction id, by which its task is found. */
async function startVideo(tab: Tab, channelId?: string): Promise<string> {
  const answer = await callVideo(tab, channelId);
  if (answer.kind !== 'acknowledged') throw new Error(`not acknowledged: ${answer.kind}`);
  return answer.interactionId;
}

/** Waits for the task to reach this stage. */
const taskIn = async (tab: Tab, id: string, stage: StageName): Promise<TaskView> =>
  tab.until((frame) =>
    frame.kind === 'task' &&
    frame.task.interactionId === id &&
    frame.task.stages.at(-1)?.name === stage
      ? frame.task
      : undefined,
  );

describe('a provider', () => {
  it.each<readonly [ProviderMood, string, string]>([
    ['done', 'delivered', 'settled'],
    ['refused', 'refused', 'released'],
    ['failed', 'failed', 'released'],
    ['rubbish', 'outcome-unknown', 'held'],
    ['server-error', 'outcome-unknown', 'held'],
    ['result-gone', 'result-lost', 'settled'],
    ['result-large', 'delivered', 'settled'],
  ])('that is "%s" ends a task as %s, its money %s', async (mood, outcome, money) => {
    const tab = await open();
    expect(await tab.turn({ kind: 'provider-mood', provider: 'jimmy', mood })).toEqual({
      kind: 'done',
    });
    const id = await startVideo(tab);
    expect(await taskIn(tab, id, 'ended')).toMatchObject({ outcome, money });
  });

  it.each([
    ['an address where the guild has no boosts', GENERAL, 0],
    ['a file where it has', BOOSTED, 1],
  ])('whose result is large is given as %s', async (_how, channelId, files) => {
    const tab = await open();
    await tab.turn({ kind: 'provider-mood', provider: 'jimmy', mood: 'result-large' });
    const id = await startVideo(tab, channelId);
    const { messageId } = await taskIn(tab, id, 'ended');
    const { messages } = (await visitAgain(tab)).snapshot;
    const message = messages.find((one) => one.id === messageId);
    expect(message?.attachments).toHaveLength(files);
    expect(/http\S+results/.test(JSON.stringify(message?.components))).toBe(files === 0);
  });

  it('that left money held shows how an admin ends that', async () => {
    const tab = await open();
    await tab.turn({ kind: 'provider-mood', provider: 'jimmy', mood: 'rubbish' });
    const id = await startVideo(tab);
    const held = await taskIn(tab, id, 'ended');
    expect(held).toMatchObject({ money: 'held' });
    const options = { task: held.id, do: 'release' };
    await tab.act({ kind: 'slash', channelId: GENERAL, command: 'usage holds', options });
    const released = await tab.until((frame) =>
      frame.kind === 'task' &&
      frame.task.interactionId === id &&
      frame.task.money === 'released' &&
      // Its message says so first.
      frame.task.stages.at(-1)?.name === 'ended'
        ? frame.task
        : undefined,
    );
    expect(released.stages.map(({ name }) => name)).toContain('notifying');
  });

  it('that is busy is asked again once it is well', async () => {
    const tab = await open();
    await tab.turn({
      kind: 'provider-turn',
      provider: 'jimmy',
      turn: { knob: 'create', answer: { kind: 'rate-limited', retryAfterSeconds: 0 }, times: 2 },
    });
    const id = await startVideo(tab);
    expect(await taskIn(tab, id, 'ended')).toMatchObject({ outcome: 'delivered' });
    const creates = tab.frames.flatMap((frame) =>
      frame.kind === 'provider-request' && frame.request.purpose === 'create'
        ? [frame.request.answer]
        : [],
    );
    expect(creates).toEqual(['rate-limited', 'rate-limited', 'ok']);
  });

  it.each(['anyfast', 'ark', 'openrouter', 'gpu'])('of all, such as %s, has knobs', async (id) => {
    const tab = await open();
    expect(Object.keys(tab.snapshot.knobs.providers)).toContain(id);
    const turn = { kind: 'provider-mood', provider: id, mood: 'failed' } as const;
    expect(await tab.turn(turn)).toEqual({ kind: 'done' });
    const { snapshot } = await visit(playground.url, ADA);
    expect(snapshot.knobs.providers[id]?.mood).toBe('failed');
    await tab.turn({ ...turn, mood: 'done' });
  });

  it('takes as long as it is told, also for a task under way', async () => {
    const tab = await open();
    await tab.turn({ kind: 'provider-time', provider: 'jimmy', taskMs: 3_600_000 });
    const id = await startVideo(tab);
    await taskIn(tab, id, 'running');
    await tab.turn({ kind: 'provider-time', provider: 'jimmy', taskMs: 0 });
    expect(await taskIn(tab, id, 'ended')).toMatchObject({ outcome: 'delivered' });
  });

  it('says what is wrong with a turn that is none', async () => {
    const tab = await open();
    const turn = { knob: 'create', answer: { kind: 'dance' } };
    expect(await tab.turn({ kind: 'provider-turn', provider: 'jimmy', turn })).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('Discord', () => {
  it.each(['rate-limited', 'server-error', 'cut', 'slow'] as const)(
    'that is once "%s" at an edit still gets its video, once',
    async (fault) => {
      const tab = await open();
      await tab.turn({ kind: 'discord-fault', fault, target: 'webhooks', times: 1 });
      const id = await startVideo(tab);
      expect(await taskIn(tab, id, 'ended')).toMatchObject({ outcome: 'delivered' });
      const met = tab.frames.flatMap((frame) =>
        frame.kind === 'discord-request' && frame.request.fault === fault ? [frame.request] : [],
      );
      expect(met).toHaveLength(1);
      const left = tab.frames.findLast((frame) => frame.kind === 'knobs');
      expect(left).toMatchObject({ knobs: { discordFaults: [] } });
    },
  );

  it('that loses the attachment of an edit still gets its video, once', async () => {
    const tab = await open();
    const fault = 'attachment-missing';
    await tab.turn({ kind: 'discord-fault', fault, target: 'webhooks', times: 1 });
    const id = await startVideo(tab);
    const { messageId } = await taskIn(tab, id, 'ended');
    const { messages } = (await visitAgain(tab)).snapshot;
    expect(messages.find((one) => one.id === messageId)?.attachments).toHaveLength(1);
    const met = tab.frames.flatMap((frame) =>
      frame.kind === 'discord-request' && frame.request.fault === fault ? [frame.request] : [],
    );
    expect(met).toMatchObject([{ status: 200 }]);
  });

  it('that does not take the first answer leaves no task', async () => {
    const tab = await open();
    const unwell = { fault: 'server-error', target: 'callbacks', times: 5 } as const;
    await tab.turn({ kind: 'discord-fault', ...unwell });
    expect(await callVideo(tab)).toMatchObject({ kind: 'no-response' });
    await tab.turn({ kind: 'discord-well' });
    expect(await callVideo(tab)).toMatchObject({ kind: 'acknowledged' });
  });

  it('reaches the message as a member of the channel once 15 minutes have passed', async () => {
    const tab = await open();
    await tab.turn({ kind: 'provider-time', provider: 'jimmy', taskMs: 3_600_000 });
    const id = await startVideo(tab);
    await taskIn(tab, id, 'running');
    await tab.turn({ kind: 'advance', ms: 15 * 60_000 });
    const ahead = (await visitAgain(tab)).snapshot.aheadMs - tab.snapshot.aheadMs;
    expect(Math.round(ahead / 60_000)).toBe(15);
    await tab.turn({ kind: 'provider-time', provider: 'jimmy', taskMs: 0 });
    const { messageId } = await taskIn(tab, id, 'ended');
    const clip = await tab.until((frame) =>
      frame.kind === 'edit' && frame.edit.messageId === messageId && frame.edit.files.length > 0
        ? frame.edit
        : undefined,
    );
    expect(clip.via).toBe('channel');
  });

  it('brings the video in a new message where somebody deleted the first', async () => {
    const tab = await open();
    await tab.turn({ kind: 'provider-time', provider: 'jimmy', taskMs: 3_600_000 });
    const id = await startVideo(tab);
    const { messageId = '' } = await taskIn(tab, id, 'running');
    expect(await tab.turn({ kind: 'delete-message', messageId })).toEqual({ kind: 'done' });
    await tab.until((frame) =>
      frame.kind === 'message-deleted' && frame.messageId === messageId ? frame : undefined,
    );
    expect(await tab.turn({ kind: 'delete-message', messageId })).toMatchObject({
      kind: 'refused',
    });
    await tab.turn({ kind: 'provider-time', provider: 'jimmy', taskMs: 0 });
    const ended = await taskIn(tab, id, 'ended');
    expect(ended.outcome).toBe('delivered');
    expect(ended.messageId).not.toBe(messageId);
  });

  it('shows the permissions that were taken from the bot', async () => {
    const tab = await open();
    await tab.turn({ kind: 'permissions', channelId: GENERAL, bot: { send: false } });
    const taken = await tab.until((frame) =>
      frame.kind === 'guilds' ? channelsOf(frame.guilds).find(({ bot }) => !bot.send) : undefined,
    );
    expect(taken).toMatchObject({ id: GENERAL, bot: { send: false, view: true } });
    await tab.turn({ kind: 'permissions', channelId: GENERAL, bot: { send: true } });
  });

  it.each(['cut', 'reconnect', 'forget-session'] as const)(
    'is heard again by the bot after its gateway did "%s"',
    async (how) => {
      const tab = await open();
      const before = tab.snapshot.bot.pid;
      await tab.turn({ kind: 'gateway', do: how });
      let answer = await callVideo(tab);
      // The bot may need a moment to come back; Discord says so each time.
      while (answer.kind === 'no-response') answer = await callVideo(tab);
      const id = answer.kind === 'acknowledged' ? answer.interactionId : '';
      expect(await taskIn(tab, id, 'ended')).toMatchObject({ outcome: 'delivered' });
      expect((await visitAgain(tab)).snapshot.bot.pid).toBe(before);
    },
  );
});

function channelsOf(guilds: Snapshot['guilds']): Snapshot['guilds'][number]['channels'] {
  return guilds.flatMap(({ channels }) => channels);
}

/** Opens the tab again, as a reload does. */
async function visitAgain(tab: Tab): Promise<Tab> {
  return visit(tab.url, tab.as.personId);
}

describe('the bot', () => {
  it('killed in the middle goes on after a start, with one video and one charge', async () => {
    const tab = await open();
    await tab.turn({ kind: 'provider-time', provider: 'jimmy', taskMs: 3_600_000 });
    const id = await startVideo(tab);
    await taskIn(tab, id, 'running');
    expect(await tab.turn({ kind: 'bot', do: 'kill' })).toEqual({ kind: 'done' });
    const dead = (await visitAgain(tab)).snapshot.bot;
    expect(dead).toEqual({ name: 'stopped', exit: 'SIGKILL' });
    expect(await callVideo(tab)).toMatchObject({ kind: 'no-response' });
    expect(await tab.turn({ kind: 'bot', do: 'kill' })).toMatchObject({ kind: 'refused' });
    await tab.turn({ kind: 'provider-time', provider: 'jimmy', taskMs: 0 });
    expect(await tab.turn({ kind: 'bot', do: 'start' })).toEqual({ kind: 'done' });
    expect(await tab.turn({ kind: 'bot', do: 'start' })).toMatchObject({ kind: 'refused' });
    expect(await taskIn(tab, id, 'ended')).toMatchObject({
      outcome: 'delivered',
      money: 'settled',
    });
    const creates = tab.frames.filter(
      (frame) => frame.kind === 'provider-request' && frame.request.purpose === 'create',
    );
    expect(creates).toHaveLength(1);
    const { messages } = (await visitAgain(tab)).snapshot;
    const before = new Set(tab.snapshot.messages.map((one) => one.id));
    const fresh = messages.filter((one) => !before.has(one.id));
    expect(fresh.filter(({ attachments }) => attachments.length > 0)).toHaveLength(1);
  });

  it('killed while a provider hangs does not send again, and holds the money', async () => {
    const tab = await open();
    await tab.turn({ kind: 'provider-mood', provider: 'jimmy', mood: 'hangs' });
    const id = await startVideo(tab);
    await tab.until((frame) =>
      frame.kind === 'provider-request' && frame.request.answer === 'hang' ? frame : undefined,
    );
    expect(await taskIn(tab, id, 'submitting')).toMatchObject({ money: 'reserved' });
    await tab.turn({ kind: 'bot', do: 'kill' });
    await tab.turn({ kind: 'provider-mood', provider: 'jimmy', mood: 'done' });
    await tab.turn({ kind: 'bot', do: 'start' });
    expect(await taskIn(tab, id, 'ended')).toMatchObject({
      outcome: 'outcome-unknown',
      money: 'held',
    });
    const creates = tab.frames.filter(
      (frame) => frame.kind === 'provider-request' && frame.request.purpose === 'create',
    );
    expect(creates).toHaveLength(1);
  });

  it('may be killed while it starts', async () => {
    const tab = await open();
    await tab.turn({ kind: 'bot', do: 'kill' });
    const starting = tab.turn({ kind: 'bot', do: 'start' });
    await tab.until((frame) =>
      frame.kind === 'bot' && frame.bot.name === 'starting' ? frame : undefined,
    );
    expect(await tab.turn({ kind: 'bot', do: 'kill' })).toEqual({ kind: 'done' });
    expect(await starting).toMatchObject({ kind: 'refused' });
    expect(await tab.turn({ kind: 'bot', do: 'start' })).toEqual({ kind: 'done' });
  });

  it('stops cleanly when it is asked to', async () => {
    const tab = await open();
    await tab.turn({ kind: 'bot', do: 'stop' });
    expect((await visitAgain(tab)).snapshot.bot).toEqual({ name: 'stopped', exit: 0 });
    await tab.turn({ kind: 'bot', do: 'start' });
    expect(await callVideo(tab)).toMatchObject({ kind: 'acknowledged' });
  });
});

it('takes a command from a role in a channel, and gives it back', async () => {
  const tab = await open();
  const dora = await visit(playground.url, DORA);
  const guildId = '120000000000000001';
  /** The names in the frame of commands that is the nth for this tab. */
  const offered = async (nth: number): Promise<string[]> =>
    dora.until(() => {
      const lists = dora.frames.flatMap((frame) =>
        frame.kind === 'commands' ? [frame.commands] : [],
      );
      return lists[nth]?.[GENERAL]?.map(({ name }) => name);
    });
  const turn = { kind: 'command-permissions', guildId, command: 'video' } as const;
  const denied = { id: guildId, type: 1, permission: false } as const;
  expect(await tab.turn({ ...turn, permissions: [denied] })).toEqual({ kind: 'done' });
  expect(await offered(0)).not.toContain('video');
  const { snapshot } = await visit(playground.url, DORA);
  const guild = snapshot.guilds.find(({ id }) => id === guildId);
  expect(guild?.commandOverrides['video']).toEqual([denied]);
  expect(guild?.commandNames).toContain('video');
  await tab.turn({ ...turn, permissions: [] });
  expect(await offered(1)).toContain('video');
  expect(await tab.turn({ ...turn, command: 'fly', permissions: [] })).toMatchObject({
    kind: 'refused',
  });
});
