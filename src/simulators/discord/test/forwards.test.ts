import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest, issuesOf } from './rest-client.ts';

const GENERAL = '130000000000000001';
const GALLERY = '130000000000000002';
const HIDDEN = '130000000000000003';

let discord: SimulatedDiscord;
beforeEach(async () => {
  const channels = [
    { id: GENERAL, name: 'general' },
    { id: GALLERY, name: 'gallery' },
    { id: HIDDEN, name: 'hidden', bot: { view: false } },
  ];
  discord = await startSimulatedDiscord({ guilds: [{ channels }] });
});
afterEach(async () => discord.close());

/** Posts a clip as the bot and returns its id. */
async function postClip(): Promise<string> {
  const rest = createRest(discord);
  const files = [{ name: 'clip.mp4', bytes: 4 }];
  const row = { type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'x' }] };
  const form = { content: 'A fox', components: [row] };
  await rest.call('POST', `/channels/${GENERAL}/messages`, form, { files });
  return discord.messages().at(-1)?.id ?? '';
}

async function forward(messageId: string, more: Record<string, unknown> = {}, target = GALLERY) {
  const { message_reference: given = {}, ...rest } = more;
  const reference = { type: 1, message_id: messageId, channel_id: GENERAL };
  return createRest(discord).call('POST', `/channels/${target}/messages`, {
    message_reference: { ...reference, ...(typeof given === 'object' ? given : {}) },
    ...rest,
  });
}

describe('a forward', () => {
  it('carries a snapshot that survives edits and the deletion of the original', async () => {
    const id = await postClip();
    const { status, body } = await forward(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      content: '',
      attachments: [],
      flags: 1 << 14,
      message_reference: { type: 1, message_id: id, channel_id: GENERAL },
      message_snapshots: [
        {
          message: {
            content: 'A fox',
            attachments: [{ filename: 'clip.mp4', size: 4 }],
            components: [{ type: 1 }],
          },
        },
      ],
    });
    const rest = createRest(discord);
    await rest.call('PATCH', `/channels/${GENERAL}/messages/${id}`, { content: 'A cat' });
    await rest.call('DELETE', `/channels/${GENERAL}/messages/${id}`);
    const [forwarded] = discord.messages(GALLERY);
    expect(forwarded).toMatchObject({ text: 'A fox\nx', forwarded: { content: 'A fox' } });
    const url = forwarded?.forwarded?.attachments[0]?.url ?? '';
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe('4');
    await rest.call('DELETE', `/channels/${GALLERY}/messages/${forwarded?.id ?? ''}`);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(404);
  });

  it('is posted once with an enforced nonce', async () => {
    const id = await postClip();
    const nonce = { nonce: 'gallery-1', enforce_nonce: true };
    const first = await forward(id, nonce);
    expect((await forward(id, nonce)).body).toEqual(first.body);
    expect(discord.messages(GALLERY)).toHaveLength(1);
  });

  it.each<readonly [string, (id: string) => ReturnType<typeof forward>, object]>([
    [
      'a target that the bot cannot see',
      async (id) => forward(id, {}, HIDDEN),
      { status: 403, body: { code: 50001 } },
    ],
    [
      'a target where it may not post',
      async (id) => {
        discord.world.setBotPermissions(GALLERY, { send: false });
        return forward(id);
      },
      { status: 403, body: { code: 50013 } },
    ],
    [
      'a target that is gone',
      async (id) => {
        discord.world.deleteChannel(GALLERY);
        return forward(id);
      },
      { status: 404, body: { code: 10003 } },
    ],
    [
      'an original in a channel that is hidden from it',
      async (id) => {
        discord.world.setBotPermissions(GENERAL, { view: false });
        return forward(id);
      },
      { status: 400, body: { code: 160014 } },
    ],
    [
      'an original whose content it cannot read',
      async () => forward(discord.member().say(GENERAL, 'private').id),
      { status: 400, body: { code: 160014 } },
    ],
  ])('is refused for %s', async (_case, act, expected) => {
    const id = await postClip();
    expect(await act(id)).toMatchObject(expected);
    expect(discord.messages(GALLERY)).toEqual([]);
  });

  it.each<readonly [string, Record<string, unknown>, string]>([
    ['content', { content: 'Look' }, 'message_reference MESSAGE_FORWARD_CANNOT_HAVE_CONTENT'],
    [
      'no channel',
      { message_reference: { channel_id: null } },
      'message_reference.channel_id BASE_TYPE_REQUIRED',
    ],
    [
      'an unknown message',
      { message_reference: { message_id: '123456789012345678' } },
      'message_reference MESSAGE_REFERENCE_UNKNOWN_MESSAGE',
    ],
    ['a nonce too long', { nonce: 'n'.repeat(26) }, 'nonce BASE_TYPE_MAX_LENGTH'],
  ])('is refused with %s', async (_case, more, expected) => {
    const { status, body } = await forward(await postClip(), more);
    expect(status).toBe(400);
    expect(issuesOf(body)).toEqual([expected]);
  });
});

describe('messages of members', () => {
  const photo = { filename: 'fox.png', bytes: new Uint8Array(3), width: 64, height: 32 };

  it('reach a message command with their files, also those of a forward', async () => {
    const rest = createRest(discord);
    await rest.call('PUT', rest.commands, [{ type: 3, name: 'Animate' }]);
    const ada = discord.member();
    const posted = await ada.post(GENERAL, 'my fox', [photo]);
    const used = await ada.contextMenu(GENERAL, 'Animate', { messageId: posted.id });
    const file = { filename: 'fox.png', content_type: 'image/png', width: 64, height: 32, size: 3 };
    expect(used.payload['data']).toMatchObject({
      target_id: posted.id,
      resolved: { messages: { [posted.id]: { content: 'my fox', attachments: [file] } } },
    });
    const again = ada.forward(ada.forward(posted, GALLERY), GENERAL);
    const second = await ada.contextMenu(GENERAL, 'Animate', { messageId: again.id });
    expect(second.payload['data']).toMatchObject({
      resolved: {
        messages: {
          [again.id]: {
            attachments: [],
            message_snapshots: [{ message: { content: 'my fox', attachments: [file] } }],
          },
        },
      },
    });
    await rest.acknowledge(used, { type: 4, data: { content: 'ok', flags: 64 } });
    const secret = used.message()?.id ?? '';
    await expect(ada.contextMenu(GENERAL, 'Animate', { messageId: secret })).rejects.toThrow(
      'no such message',
    );
    expect(() => ada.forward(secret, GALLERY)).toThrow('no such message');
  });

  it('hide their content from the channel route, unless they mention the bot', async () => {
    const rest = createRest(discord);
    const ada = discord.member();
    const read = async (id: string) => (await rest.call('GET', rest.channel(id))).body;
    const posted = await ada.post(GENERAL, 'my fox', [photo]);
    expect(await read(posted.id)).toMatchObject({ content: '', attachments: [] });
    const { id } = ada.say(GENERAL, `hello <@${discord.botUserId}>`);
    expect(await read(id)).toMatchObject({ content: `hello <@${discord.botUserId}>` });
  });

  it('are refused with a file that is too large', async () => {
    const large = { filename: 'a.png', bytes: new Uint8Array(20 * 1024 * 1024 + 1) };
    await expect(discord.member().post(GENERAL, '', [large])).rejects.toThrow('larger than');
    expect(discord.messages()).toEqual([]);
  });
});
