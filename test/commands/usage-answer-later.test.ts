import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { answerLater } from '../../src/discord/usage/answer-later.ts';

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
