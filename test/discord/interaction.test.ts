import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interactionIdOf, parseCommand } from '../../src/discord/interaction.ts';
import type { CommandInteraction } from '../../src/discord/interaction.ts';
import { readVideoRequest } from '../../src/discord/option-reader.ts';
import { APPLICATION_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID, TASK_ID } from '../fakes/a-task.ts';

const ATTACHMENT = '1300000000000000060';

/** A `/video` as Discord sends it, as far as the bot reads it; options by name. */
function aCall(options: Readonly<Record<string, unknown>> = {}, changes: object = {}): unknown {
  return {
    id: TASK_ID,
    application_id: APPLICATION_ID,
    type: 2,
    token: 'token',
    locale: 'zh-CN',
    guild_id: GUILD_ID,
    channel: { id: CHANNEL_ID, type: 0 },
    channel_id: CHANNEL_ID,
    member: {
      user: { id: MEMBER_ID, username: 'somebody' },
      roles: ['1300000000000000070'],
      permissions: '2147483647',
    },
    authorizing_integration_owners: { '0': GUILD_ID },
    attachment_size_limit: 52_428_800,
    entitlements: [],
    data: {
      id: '1300000000000000080',
      name: 'video',
      type: 1,
      options: Object.entries(options).map(([name, value]) => ({ name, type: 3, value })),
      resolved: { attachments: { [ATTACHMENT]: anAttachment() } },
    },
    ...changes,
  };
}

function anAttachment(changes: object = {}): object {
  return {
    id: ATTACHMENT,
    filename: 'boat.png',
    url: 'https://cdn.discordapp.com/ephemeral-attachments/1/2/boat.png?ex=6a&is=5b&hm=4c&',
    proxy_url: 'https://media.discordapp.net/ephemeral-attachments/1/2/boat.png',
    size: 1234,
    content_type: 'image/png',
    width: 640,
    height: 480,
    ...changes,
  };
}

function read(raw: unknown): CommandInteraction {
  const parsed = parseCommand(raw);
  if (!parsed.success) throw parsed.error;
  return parsed.data;
}
const request = (options: Readonly<Record<string, unknown>>, changes: object = {}): unknown =>
  readVideoRequest(read(aCall(options, changes)));

describe('an interaction', () => {
  it('is read as far as the bot needs it', () => {
    expect(read(aCall({ prompt: 'a boat' }))).toMatchObject({
      id: TASK_ID,
      applicationId: APPLICATION_ID,
      token: 'token',
      locale: 'zh-CN',
      guildId: GUILD_ID,
      channelId: CHANNEL_ID,
      isGuildInstalled: true,
      attachmentLimitBytes: 52_428_800,
      name: 'video',
      options: new Map([['prompt', 'a boat']]),
    });
  });

  it.each([
    ['the server', { '0': GUILD_ID, '1': MEMBER_ID }, true],
    ['the caller alone', { '1': MEMBER_ID }, false],
    ['nothing that is named', {}, false],
    ['nobody', undefined, false],
  ])('shows whether the bot was added by %s', (_who, authorizing_integration_owners, expected) => {
    const call = read(aCall({}, { authorizing_integration_owners }));
    expect(call.isGuildInstalled).toBe(expected);
  });

  it('without a file limit gets the smallest there ever was', () => {
    const call = read(aCall({}, { attachment_size_limit: undefined }));
    expect(call.attachmentLimitBytes).toBe(10 * 1_048_576);
  });

  it.each([
    ['no id', { id: undefined }],
    ['an id that is none', { id: '../1' }],
    ['no token', { token: '' }],
    ['a channel that is none', { channel: { id: 'x' } }],
    [
      'permissions that are none',
      { member: { user: { id: MEMBER_ID }, roles: [], permissions: '-1' } },
    ],
    ['no data', { data: undefined }],
    ['another kind of command', { data: { name: 'video', type: 2 } }],
    [
      '26 options',
      {
        data: {
          name: 'v',
          type: 1,
          options: Array.from({ length: 26 }, () => ({ name: 'a', type: 3 })),
        },
      },
    ],
  ])('with %s is not understood', (_what, changes) => {
    expect(parseCommand(aCall({}, changes)).success).toBe(false);
  });

  it('of any form is parsed or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (data, member, whole) => {
        for (const raw of [aCall({}, { data }), aCall({}, { member }), whole]) {
          const parsed = parseCommand(raw);
          if (parsed.success) readVideoRequest(parsed.data);
          expect([true, false]).toContain(parsed.success);
        }
      }),
    );
  });
});

describe('the options of /video', () => {
  it('become a request, with the full URL of an attachment', () => {
    const options = {
      prompt: 'a boat',
      model: 'jimmy/seedance2.0-sp',
      duration: 7,
      resolution: '480p',
      ratio: '21:9',
      first_frame: ATTACHMENT,
      sound: true,
      web_search: false,
      watermark: true,
    };
    expect(request(options)).toEqual({
      prompt: 'a boat',
      durationSeconds: 7,
      resolution: '480p',
      ratio: '21:9',
      sound: true,
      webSearch: false,
      watermark: true,
      media: {
        first_frame: {
          filename: 'boat.png',
          url: 'https://cdn.discordapp.com/ephemeral-attachments/1/2/boat.png?ex=6a&is=5b&hm=4c&',
          bytes: 1234,
          mimeType: 'image/png',
          width: 640,
          height: 480,
        },
      },
    });
  });

  it('keep a prompt that is too long, so that it is refused by name', () => {
    const prompt = '\u{1F6A3}'.repeat(20_000);
    expect(request({ prompt })).toEqual({ prompt, media: {} });
  });

  it('that were not given are absent', () => {
    expect(request({ prompt: 'a boat' })).toEqual({ prompt: 'a boat', media: {} });
  });

  it('of attachments keep only what Discord sends', () => {
    const attachments = {
      [ATTACHMENT]: anAttachment({
        content_type: null,
        width: null,
        height: null,
        duration_secs: 4.2,
      }),
    };
    const data = {
      name: 'video',
      type: 1,
      options: [{ name: 'video2', type: 11, value: ATTACHMENT }],
      resolved: { attachments },
    };
    expect(request({}, { data })).toMatchObject({ media: { video2: { seconds: 4.2 } } });
    const { media } = Object.assign({ media: {} }, request({}, { data }));
    expect(Object.keys(Object.assign({}, ...Object.values(media)))).toEqual([
      'filename',
      'url',
      'bytes',
      'seconds',
    ]);
  });

  it.each([0, -3, 1e300, 86_401, '4.2', null, { seconds: 4 }])(
    'of a clip with the length %j keep the clip, with an unknown length',
    (duration_secs) => {
      const data = {
        name: 'video',
        type: 1,
        options: [{ name: 'video2', type: 11, value: ATTACHMENT }],
        resolved: { attachments: { [ATTACHMENT]: anAttachment({ duration_secs }) } },
      };
      const asked = request({}, { data });
      expect(asked).toMatchObject({ media: { video2: { filename: 'boat.png' } } });
      expect(JSON.stringify(asked)).not.toContain('seconds');
    },
  );

  it.each([
    ['duration', { duration: '7' }],
    ['resolution', { resolution: '8k' }],
    ['ratio', { ratio: '1:3' }],
    ['sound', { sound: 'yes' }],
    ['image3', { image3: '1300000000000000999' }],
    ['audio1', { audio1: 4 }],
  ])('that are malformed are named: %s', (name, options) => {
    expect(request({ prompt: 'a boat', ...options })).toEqual({ unreadable: [name] });
  });

  it('are named all at once, a malformed attachment among them', () => {
    const data = {
      name: 'video',
      type: 1,
      options: [
        { name: 'prompt', type: 3, value: 5 },
        { name: 'image1', type: 11, value: ATTACHMENT },
      ],
      resolved: { attachments: { [ATTACHMENT]: anAttachment({ url: 'no address' }) } },
    };
    expect(request({}, { data })).toEqual({ unreadable: ['prompt', 'image1'] });
  });
});

it.each([
  ['of a whole call', aCall(), TASK_ID],
  ['of one that is damaged otherwise', { id: TASK_ID, token: 5 }, TASK_ID],
  ['that is a number', { id: 1_300_000_000 }, undefined],
  ['that is no snowflake', { id: 'boat' }, undefined],
  ['that is missing', {}, undefined],
  ['of nothing', null, undefined],
  ['of a text', TASK_ID, undefined],
])('reads the id %s', (_what, raw, id) => {
  expect(interactionIdOf(raw)).toBe(id);
});
