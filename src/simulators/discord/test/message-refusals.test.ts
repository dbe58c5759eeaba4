import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest, issuesOf, type RestFile } from './rest-client.ts';

const V2 = 1 << 15;
const text = (length: number): string => 'x'.repeat(length);
const button = (extra: object = {}) => ({
  type: 2,
  style: 1,
  label: 'b',
  custom_id: 'b',
  ...extra,
});
const row = (...components: object[]) => ({ type: 1, components });
const option = (value: string, extra: object = {}) => ({ label: value, value, ...extra });
const menu = (extra: object = {}) => ({
  type: 3,
  custom_id: 'm',
  options: [option('a')],
  ...extra,
});
const many = (count: number, make: (index: number) => object): object[] =>
  Array.from({ length: count }, (_, index) => make(index));
const display = (content: string) => ({ type: 10, content });
const v2 = (...components: object[]) => ({ flags: V2, components });
const thumbnail = (url: string) => ({ type: 11, media: { url } });
const section = (accessory: object, ...components: object[]) => ({
  type: 9,
  components,
  accessory,
});
const gallery = (...urls: string[]) => ({
  type: 12,
  items: urls.map((url) => ({ media: { url } })),
});
const MP4: RestFile = { name: 'v.mp4' };

type Case = readonly [rule: string, body: object, issue: string, files?: readonly RestFile[]];

type Good = readonly [rule: string, body: object, files?: readonly RestFile[]];

const REFUSED: readonly Case[] = [
  ['content over 2000', { content: text(2001) }, 'content BASE_TYPE_MAX_LENGTH'],
  ['content that is not a string', { content: {} }, 'content STRING_TYPE_CONVERT'],
  ['a nonce over 25', { content: 'a', nonce: text(26) }, 'nonce BASE_TYPE_MAX_LENGTH'],
  [
    'users both parsed and listed',
    { content: 'a', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
  [
    'an unknown kind of mention',
    { content: 'a', allowed_mentions: { parse: ['all'] } },
    'allowed_mentions.parse.0 BASE_TYPE_CHOICES',
  ],
  ['11 embeds', { embeds: many(11, () => ({ title: 'a' })) }, 'embeds BASE_TYPE_MAX_LENGTH'],
  [
    'an embed title over 256',
    { embeds: [{ title: text(257) }] },
    'embeds.0.title BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an embed description over 4096',
    { embeds: [{ description: text(4097) }] },
    'embeds.0.description BASE_TYPE_MAX_LENGTH',
  ],
  [
    '26 embed fields',
    { embeds: [{ fields: many(26, () => ({ name: 'a', value: 'b' })) }] },
    'embeds.0.fields BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an empty field name',
    { embeds: [{ fields: [{ name: '', value: 'b' }] }] },
    'embeds.0.fields.0.name BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a field value over 1024',
    { embeds: [{ fields: [{ name: 'a', value: text(1025) }] }] },
    'embeds.0.fields.0.value BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a footer over 2048',
    { embeds: [{ footer: { text: text(2049) } }] },
    'embeds.0.footer.text BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an author over 256',
    { embeds: [{ author: { name: text(257) } }] },
    'embeds.0.author.name BASE_TYPE_MAX_LENGTH',
  ],
  [
    '6001 characters in all embeds',
    { embeds: [{ description: text(4000) }, { description: text(2001) }] },
    'embeds MAX_EMBED_SIZE_EXCEEDED',
  ],
  [
    'an embed colour beyond 24 bits',
    { embeds: [{ title: 'a', color: 0x1_00_00_00 }] },
    'embeds.0.color NUMBER_TYPE_MAX',
  ],
  [
    'an invalid timestamp',
    { embeds: [{ title: 'a', timestamp: 'soon' }] },
    'embeds.0.timestamp DATE_TIME_TYPE_PARSE',
  ],
  [
    'a video in an embed',
    { embeds: [{ image: { url: 'attachment://v.mp4' } }] },
    'embeds.0.image.url ATTACHMENT_INVALID_TYPE',
    [MP4],
  ],
  [
    'an embed image that was not sent',
    { embeds: [{ image: { url: 'attachment://p.png' } }] },
    'embeds.0.image.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  [
    'an embed image with an unsupported scheme',
    { embeds: [{ image: { url: 'ftp://p.png' } }] },
    'embeds.0.image.url URL_TYPE_INVALID_SCHEME',
  ],
  [
    'six rows',
    { components: many(6, (index) => row(button({ custom_id: `${index}` }))) },
    'components BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an empty row',
    { content: 'a', components: [row()] },
    'components.0.components BASE_TYPE_BAD_LENGTH',
  ],
  [
    'six buttons in a row',
    { components: [row(...many(6, (index) => button({ custom_id: `${index}` })))] },
    'components.0.components BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a menu beside a button',
    { components: [row(menu(), button())] },
    'components.0.components COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  ['a button outside a row', { components: [button()] }, 'components.0.type BASE_TYPE_CHOICES'],
  [
    'a custom id over 100',
    { components: [row(button({ custom_id: text(101) }))] },
    'components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH',
  ],
  [
    'an empty custom id',
    { components: [row(button({ custom_id: '' }))] },
    'components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a custom id twice',
    { components: [row(button()), row(button({ disabled: true }))] },
    'components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  [
    'a button label over 80',
    { components: [row(button({ label: text(81) }))] },
    'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button of an unknown style',
    { components: [row(button({ style: 9 }))] },
    'components.0.components.0.style BASE_TYPE_CHOICES',
  ],
  [
    'a button without a label',
    { components: [row({ type: 2, style: 1, custom_id: 'b' })] },
    'components.0.components.0 BUTTON_COMPONENT_INVALID',
  ],
  [
    'a link without an address',
    { components: [row({ type: 2, style: 5, label: 'b' })] },
    'components.0.components.0.url BASE_TYPE_REQUIRED',
  ],
  [
    'a link over 512',
    { components: [row({ type: 2, style: 5, label: 'b', url: `https://a/${text(512)}` })] },
    'components.0.components.0.url BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a link of 513',
    { components: [row({ type: 2, style: 5, label: 'b', url: `https://a/${text(503)}` })] },
    'components.0.components.0.url BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a link with a custom id',
    { components: [row(button({ style: 5, url: 'https://a' }))] },
    'components.0.components.0 BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
  ],
  [
    'an address on another button',
    { components: [row(button({ url: 'https://a' }))] },
    'components.0.components.0.url BUTTON_COMPONENT_URL_NOT_ALLOWED',
  ],
  [
    'a menu without options',
    { components: [row(menu({ options: [] }))] },
    'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a menu of 26 options',
    { components: [row(menu({ options: many(26, (index) => option(`${index}`)) }))] },
    'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a menu label over 100',
    { components: [row(menu({ options: [option('a', { label: text(101) })] }))] },
    'components.0.components.0.options.0.label BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a menu value over 100',
    { components: [row(menu({ options: [option(text(101), { label: 'a' })] }))] },
    'components.0.components.0.options.0.value BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a menu description over 100',
    { components: [row(menu({ options: [option('a', { description: text(101) })] }))] },
    'components.0.components.0.options.0.description BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a menu value twice',
    { components: [row(menu({ options: [option('a'), option('a')] }))] },
    'components.0.components.0.options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'a placeholder over 150',
    { components: [row(menu({ placeholder: text(151) }))] },
    'components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH',
  ],
  [
    'more than 25 values',
    { components: [row(menu({ max_values: 26 }))] },
    'components.0.components.0.max_values NUMBER_TYPE_MAX',
  ],
  [
    'min_values above max_values',
    { components: [row(menu({ min_values: 3, max_values: 2 }))] },
    'components.0.components.0.max_values SELECT_COMPONENT_MAX_VALUES_INVALID',
  ],
  [
    'a V2 component without the flag',
    { components: [display('a')] },
    'components.0 COMPONENT_REQUIRES_COMPONENTS_V2_FLAG',
  ],
  [
    'the V2 flag with content',
    { ...v2(display('a')), content: 'a' },
    'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'the V2 flag with embeds',
    { ...v2(display('a')), embeds: [{ title: 'a' }] },
    'embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'the V2 flag with a poll',
    { ...v2(display('a')), poll: { question: { text: 'a' } } },
    'poll MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    '41 components, nested ones counted',
    v2({ type: 17, components: many(20, () => display('a')) }, ...many(20, () => display('a'))),
    'components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  [
    '4001 characters in all text displays',
    v2(display(text(2000)), display(text(2001))),
    'components COMPONENT_MAX_TOTAL_TEXT_DISPLAY_LENGTH_EXCEEDED',
  ],
  ['an empty text display', v2(display('')), 'components.0.content BASE_TYPE_BAD_LENGTH'],
  [
    'a section of four texts',
    v2(section(button(), display('a'), display('a'), display('a'), display('a'))),
    'components.0.components BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a section without an accessory',
    v2({ type: 9, components: [display('a')] }),
    'components.0.accessory BASE_TYPE_REQUIRED',
  ],
  [
    'a section with a menu as its accessory',
    v2(section(menu(), display('a'))),
    'components.0.accessory.type BASE_TYPE_CHOICES',
  ],
  [
    'a video in a thumbnail',
    v2(section(thumbnail('attachment://v.mp4'), display('a'))),
    'components.0.accessory.media.url ATTACHMENT_INVALID_TYPE',
    [MP4],
  ],
  [
    'a gallery of 11',
    v2(gallery(...Array.from({ length: 11 }, () => 'https://a/b.png'))),
    'components.0.items BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a gallery of a file that was not sent',
    v2(gallery('attachment://v.mp4')),
    'components.0.items.0.media.url UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  [
    'a file component by https',
    v2({ type: 13, file: { url: 'https://a/v.mp4' } }),
    'components.0.file.url URL_TYPE_INVALID_SCHEME',
  ],
  [
    'a container in a container',
    v2({ type: 17, components: [{ type: 17, components: [display('a')] }] }),
    'components.0.components.0.type BASE_TYPE_CHOICES',
  ],
  [
    'an accent colour beyond 24 bits',
    v2({ type: 17, accent_color: -1, components: [display('a')] }),
    'components.0.accent_color NUMBER_TYPE_MIN',
  ],
  [
    'a separator of spacing 3',
    v2(display('a'), { type: 14, spacing: 3 }),
    'components.1.spacing NUMBER_TYPE_MAX',
  ],
  [
    'a description of a file over 1024',
    { attachments: [{ id: 0, description: text(1025) }] },
    'attachments.0.description BASE_TYPE_MAX_LENGTH',
    [MP4],
  ],
  [
    'an attachment that was not sent',
    { content: 'a', attachments: [{ id: 3 }] },
    'attachments.0.id ATTACHMENT_NOT_FOUND',
  ],
  [
    'a reply to an unknown message',
    { content: 'a', message_reference: { message_id: '123456789012345678' } },
    'message_reference REPLIES_UNKNOWN_MESSAGE',
  ],
];

/** Messages at the limits, which the rules must accept. */
const ACCEPTED: readonly Good[] = [
  ['content of 2000', { content: text(2000) }],
  [
    'a link of 512',
    { components: [row({ type: 2, style: 5, label: 'b', url: `https://a/${text(502)}` })] },
  ],
  [
    '6000 characters in embeds',
    { embeds: [{ description: text(4000) }, { description: text(2000) }] },
  ],
  [
    'five rows of five buttons',
    { components: many(5, (r) => row(...many(5, (b) => button({ custom_id: `${r}${b}` })))) },
  ],
  [
    '40 components',
    v2({ type: 17, components: many(19, () => display('a')) }, ...many(20, () => display('a'))),
  ],
  ['4000 characters of text', v2(display(text(2000)), display(text(2000)))],
  [
    'a video in a gallery and as a file',
    v2(gallery('attachment://v.mp4'), { type: 13, file: { url: 'attachment://v.mp4' } }),
    [MP4],
  ],
  [
    'a picture in an embed',
    { embeds: [{ image: { url: 'attachment://p.png' } }] },
    [{ name: 'p.png', type: 'image/png' }],
  ],
  ['a nonce of 25', { content: 'a', nonce: text(25) }],
  ['ten files', {}, Array.from({ length: 10 }, (_, index) => ({ name: `${index}.mp4` }))],
  [
    'a reply to an unknown message with fail_if_not_exists: false',
    {
      content: 'a',
      message_reference: { message_id: '123456789012345678', fail_if_not_exists: false },
    },
  ],
];

function named([rule, body, expected, files]: Case) {
  return { rule, body, expected, files };
}

describe('a message in a channel', () => {
  let discord: SimulatedDiscord;
  beforeAll(async () => {
    discord = await startSimulatedDiscord();
  });
  afterAll(async () => await discord.close());

  it.each(REFUSED.map(named))('is refused with $rule', async ({ body, expected, files }) => {
    const rest = createRest(discord);
    const before = discord.messages().length;
    const answer = await rest.call(
      'POST',
      rest.channel(),
      body,
      files === undefined ? {} : { files },
    );
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 50035, message: 'Invalid Form Body' },
    });
    expect(issuesOf(answer.body)).toEqual([expected]);
    expect(discord.messages()).toHaveLength(before);
  });

  it.each(ACCEPTED.map(([rule, body, files]) => ({ rule, body, files })))(
    'is posted with $rule',
    async ({ body, files }) => {
      const rest = createRest(discord);
      const answer = await rest.call(
        'POST',
        rest.channel(),
        body,
        files === undefined ? {} : { files },
      );
      expect(answer).toMatchObject({ status: 200 });
    },
  );

  it.each([
    ['nothing', {}],
    ['only spaces', { content: '  \n' }],
    ['empty embeds', { embeds: [{}] }],
    ['the V2 flag without components', { flags: V2, components: [] }],
  ])('with %s is empty: 50006', async (_rule, body) => {
    const rest = createRest(discord);
    const answer = await rest.call('POST', rest.channel(), body);
    expect(answer).toMatchObject({ status: 400, body: { code: 50006 } });
  });

  it('is refused with eleven files: 30015', async () => {
    const rest = createRest(discord);
    const files = Array.from({ length: 11 }, (_, index) => ({ name: `${index}.mp4` }));
    const answer = await rest.call('POST', rest.channel(), {}, { files });
    expect(answer).toMatchObject({ status: 400, body: { code: 30015 } });
  });

  it('is refused when its body is not JSON: 50109', async () => {
    const response = await fetch(`${discord.apiUrl}/v10/channels/${discord.channelId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 50109 });
  });
});
