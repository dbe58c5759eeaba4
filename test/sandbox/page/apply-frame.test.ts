import { describe, expect, it } from 'vitest';
import { requestRuns } from '../../../src/sandbox/page/panel/request-runs.ts';
import { applyFrame } from '../../../src/sandbox/page/state/apply-frame.ts';
import { firstState } from '../../../src/sandbox/page/state/first-state.ts';
import type { PageState } from '../../../src/sandbox/page/state/page-state.ts';
import type { ChannelMessage } from '../../../src/sandbox/playground/protocol/messages.ts';
import type { ProviderRequest } from '../../../src/sandbox/playground/protocol/panel.ts';
import type { LiveFrame, Snapshot } from '../../../src/sandbox/playground/protocol.ts';

const bot = { view: true, send: true, attach: true, embed: true, history: true };
const channel = (id: string) => ({
  id,
  name: id,
  bot: { ...bot, manageMessages: false, mentionEveryone: false },
});

const SNAPSHOT: Snapshot = {
  you: { personId: 'ada', locale: 'en-US' },
  people: [],
  botUser: { id: 'bot', name: 'Clapper' },
  guilds: [
    {
      id: 'g',
      name: 'G',
      commandNames: [],
      commandOverrides: {},
      uploadLimitBytes: 1,
      channels: [channel('here'), channel('there')],
      roles: [],
    },
  ],
  commands: {},
  messages: [],
  aheadMs: 0,
  bot: { name: 'ready' },
  knobs: {
    providers: {
      jimmy: { name: 'Jimmy AI', mood: 'done', taskMs: 0 },
      anyfast: { name: 'AnyFast', mood: 'done', taskMs: 0 },
    },
    discordFaults: [],
  },
  panel: {
    providerRequests: [],
    discordRequests: [],
    tasks: [],
    accounts: [],
    edits: [],
    lines: [],
  },
};

const message = (id: string, more: Partial<ChannelMessage> = {}): ChannelMessage => ({
  id,
  guildId: 'g',
  channelId: 'here',
  authorId: 'bot',
  content: id,
  embeds: [],
  components: [],
  attachments: [],
  flags: 0,
  isEphemeral: false,
  isThinking: false,
  createdAt: 0,
  mentionsUserIds: [],
  mentionsRoleIds: [],
  ...more,
});

const post = (posted: ChannelMessage): LiveFrame => ({ kind: 'message', message: posted });

const request = (id: number, more: Partial<ProviderRequest>): ProviderRequest => ({
  id,
  provider: 'jimmy',
  providerName: 'Jimmy AI',
  purpose: 'query',
  method: 'GET',
  path: '/one',
  at: 0,
  answer: 'ok',
  ...more,
});

function after(...frames: readonly LiveFrame[]): PageState {
  const start: readonly LiveFrame[] = [{ kind: 'snapshot', snapshot: SNAPSHOT }];
  return [...start, ...frames].reduce(applyFrame, firstState({}, 0));
}

describe('a frame from the server', () => {
  it('before the first snapshot changes nothing', () => {
    const first = firstState({}, 0);
    expect(applyFrame(first, post(message('1')))).toBe(first);
  });

  it('opens the first channel, and leaves the open one open where it is still there', () => {
    const there = { ...after(), location: { guildId: 'g', channelId: 'there' } };
    expect(after().location).toEqual({ guildId: 'g', channelId: 'here' });
    expect(applyFrame(there, { kind: 'snapshot', snapshot: SNAPSHOT }).location).toBe(
      there.location,
    );
    const gone = { ...there, location: { guildId: 'g', channelId: 'gone' } };
    expect(applyFrame(gone, { kind: 'snapshot', snapshot: SNAPSHOT }).location?.channelId).toBe(
      'here',
    );
  });

  it('replaces a message where it stands, and takes a deleted one away', () => {
    const state = after(
      post(message('1')),
      post(message('2')),
      post(message('1', { content: 'edited' })),
      { kind: 'message-deleted', channelId: 'here', messageId: '2' },
    );
    expect(state.snapshot?.messages.map(({ content }) => content)).toEqual(['edited']);
  });

  it('marks another channel as new, and rather as a mention', () => {
    const elsewhere = post(message('1', { channelId: 'there' }));
    expect(after(post(message('1'))).unread.size).toBe(0);
    expect(after(elsewhere).unread.get('there')).toBe('new');
    const named: LiveFrame = { kind: 'notification', channelId: 'there', messageId: '1' };
    expect(after(elsewhere, named, elsewhere).unread.get('there')).toBe('mention');
  });

  it('ends the notice of one command that is being sent, of this person and this name', () => {
    const call = { channelId: 'here', command: '/video', state: 'sending' } as const;
    const sent = {
      ...after(),
      sent: [
        { ...call, key: 'a' },
        { ...call, key: 'b' },
      ],
    };
    const answer = (personId: string, label: string) =>
      applyFrame(sent, post(message('1', { command: { personId, label } }))).sent.length;
    expect([answer('ada', '/video'), answer('bruno', '/video'), answer('ada', '/models')]).toEqual([
      1, 2, 2,
    ]);
  });

  it('keeps the newest 300 lines of the log', () => {
    const lines = Array.from({ length: 310 }, (_, id): LiveFrame => ({
      kind: 'line',
      line: { id, level: 'info', message: '', fields: {}, at: 0 },
    }));
    const kept = after(...lines).snapshot?.panel.lines.map(({ id }) => id) ?? [];
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([300, 10, 309]);
  });
});

describe('requests to a provider', () => {
  it('are folded where looks at one task follow each other', () => {
    const runs = requestRuns([
      request(1, { purpose: 'create' }),
      request(2, { purpose: 'create' }),
      request(3, {}),
      request(4, {}),
      request(5, { path: '/two' }),
      request(6, {}),
      request(7, { answer: 'busy' }),
    ]);
    expect(runs.map((run) => run.map(({ id }) => id))).toEqual([[1], [2], [3, 4], [5], [6], [7]]);
  });
});
