import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { createReportTurns } from '../../src/app/report-turns.ts';
import { answerInTurn, answerLater } from '../../src/discord/usage/answer-later.ts';
import type { PrivateMessage } from '../../src/discord/replies.ts';
import { createDeferred } from '../../src/simulators/discord/deferred.ts';
import { fakeClock, settle } from '../fakes/clock.ts';

const call = { id: '1', applicationId: '2', token: 'token', language: 'zh-CN' } as const;

/** What is sent to Discord, in order. */
function recordedReplies() {
  const notified: string[] = [];
  const replies = {
    deferPrivately: async () => {
      notified.push('thinking');
    },
    finish: async (_: unknown, { content }: { readonly content: string }) => {
      notified.push(content);
    },
  };
  return { notified, replies };
}

async function refused(): Promise<void> {
  throw new Error('10062');
}

describe('an answer that takes a while', () => {
  it('is acknowledged before any work is done', async () => {
    const { notified, replies } = recordedReplies();
    await answerLater(call, { replies }, async () => {
      notified.push('work');
      return { content: 'done' };
    });
    expect(notified).toEqual(['thinking', 'work', 'done']);
  });

  it('is a plain failure message if it cannot be made, and the cause reaches the log', async () => {
    const { notified, replies } = recordedReplies();
    const broken = answerLater(call, { replies }, async () => {
      throw new Error('disk is gone');
    });
    await expect(broken).rejects.toThrow('disk is gone');
    expect(notified).toEqual(['thinking', messagesFor('zh-CN').usageCommand.failed]);
  });

  it('is logged by its own cause if Discord does not take the failure message either', async () => {
    const { replies } = recordedReplies();
    const broken = answerLater(call, { replies: { ...replies, finish: refused } }, async () => {
      throw new Error('disk is gone');
    });
    await expect(broken).rejects.toThrow('disk is gone');
  });

  it('is not started if Discord did not accept the acknowledgement', async () => {
    const { notified, replies } = recordedReplies();
    const late = answerLater(
      call,
      { replies: { ...replies, deferPrivately: refused } },
      async () => {
        notified.push('work');
        return { content: 'done' };
      },
    );
    await expect(late).rejects.toThrow('10062');
    expect(notified).toEqual([]);
  });
});

/** Answers two members, where Discord takes the first answer only when `taken` is resolved. */
function answerTwo(message: PrivateMessage) {
  const taken = createDeferred();
  const made: string[] = [];
  const { replies } = recordedReplies();
  const { reads } = createReportTurns(fakeClock());
  const slow = { ...replies, finish: async () => taken.promise };
  const all = ['1', '2'].map(async (owner) =>
    answerInTurn(
      call,
      { replies: slow },
      { turns: reads, owner, full: 'full', late: 'late' },
      async () => {
        made.push(owner);
        return message;
      },
    ),
  );
  return { made, taken, all };
}

describe('the turn of an answer', () => {
  it('ends before a slow Discord takes the words', async () => {
    const { made, taken, all } = answerTwo({ content: 'done' });
    await settle();
    expect(made).toEqual(['1', '2']);
    taken.resolve();
    await Promise.all(all);
  });

  it('lasts until Discord has taken the files, so that they do not pile up', async () => {
    const { made, taken, all } = answerTwo({
      content: 'done',
      files: [{ name: 'a.csv', contentType: 'text/csv', parts: [] }],
    });
    await settle();
    expect(made).toEqual(['1']);
    taken.resolve();
    await Promise.all(all);
    expect(made).toEqual(['1', '2']);
  });
});
