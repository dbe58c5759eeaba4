import { describe, expect, it } from 'vitest';
import { ButtonStyle, ComponentType } from '../../src/discord/discord-js.ts';
import { createReplies } from '../../src/discord/replies.ts';
import type { InteractionKey, PrivateMessage } from '../../src/discord/replies.ts';

const V2 = 32_768;
const key: InteractionKey = { id: '1', applicationId: '2', token: 't' };
const onLayout: InteractionKey = { ...key, isOnLayout: true };
const text = (content: string) => ({ type: ComponentType.TextDisplay, content });
const plain: PrivateMessage = {
  content: 'failed',
  rows: [
    [{ type: ComponentType.Button, style: ButtonStyle.Secondary, label: 'Back', custom_id: 'b:1' }],
  ],
};
const layout: PrivateMessage = {
  layout: { blocks: [{ kind: 'text', text: 'list' }], more: String },
};

/** The replies, and the bodies that they send. */
function desk() {
  const bodies: unknown[] = [];
  const replies = createReplies({
    direct: async ({ body }) => {
      bodies.push(body);
      return Promise.resolve(undefined);
    },
  });
  return { replies, bodies };
}

describe('an answer made of Components V2', () => {
  it('is a private message with its flag, without the fields of the other kind', async () => {
    const { replies, bodies } = desk();
    await replies.privately(key, layout);
    const data = {
      flags: V2 | 64,
      components: [text('list')],
      attachments: [],
      allowed_mentions: { parse: [] },
    };
    expect(bodies).toEqual([{ type: 4, data }]);
  });

  it('fills in a deferred answer, of which the acknowledgement has another flag alone', async () => {
    const { replies, bodies } = desk();
    await replies.deferPrivately(key);
    await replies.finish(key, layout);
    expect(bodies[0]).toEqual({ type: 5, data: { flags: 64 } });
    expect(bodies[1]).toMatchObject({ flags: V2, content: null, embeds: [] });
  });

  it('is edited by a plain one, such as an error, as Components V2 with its buttons', async () => {
    const { replies, bodies } = desk();
    await replies.update(onLayout, plain);
    await replies.finish(onLayout, plain);
    const body = {
      flags: V2,
      content: null,
      embeds: [],
      components: [text('failed'), { type: ComponentType.ActionRow, components: plain.rows?.[0] }],
    };
    expect(bodies).toMatchObject([{ type: 7, data: body }, body]);
  });

  it('does not make a plain message that is edited one of its kind', async () => {
    const { replies, bodies } = desk();
    await replies.update(key, plain);
    await replies.privately(onLayout, 'not possible');
    expect(bodies).toMatchObject([{ data: { content: 'failed' } }, { data: { flags: 64 } }]);
    expect(JSON.stringify(bodies)).not.toContain(String(V2));
  });
});
