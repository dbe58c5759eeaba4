import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest, issuesOf } from './rest-client.ts';

const V2 = 1 << 15;
const display = (content: string) => ({ type: 10, content });
const v2 = (...components: object[]) => ({ flags: V2, components });
const rowOfOne = { type: 1, components: [{ type: 2, style: 1, label: 'b', custom_id: 'b' }] };

describe('an edit', () => {
  let discord: SimulatedDiscord;
  beforeAll(async () => {
    discord = await startSimulatedDiscord();
  });
  afterAll(async () => await discord.close());

  async function posted(body: object): Promise<string> {
    const rest = createRest(discord);
    const answer = await rest.call('POST', rest.channel(), body);
    expect(answer.status).toBe(200);
    return discord.messages().at(-1)?.id ?? '';
  }

  it.each([
    ['embeds of null', { content: 'a' }, { embeds: null }, 'embeds LIST_TYPE_CONVERT'],
    [
      'the V2 flag removed',
      v2(display('a')),
      { flags: 0 },
      'flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
    ],
    [
      'content on a V2 message',
      v2(display('a')),
      { content: 'a' },
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'V2 while the content stays',
      { content: 'a' },
      v2(display('a')),
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'an attachment that the message does not have',
      { content: 'a' },
      { attachments: [{ id: '123456789012345678' }] },
      'attachments.0.id ATTACHMENT_NOT_FOUND',
    ],
  ])('is refused with %s', async (_rule, first, change, expected) => {
    const rest = createRest(discord);
    const id = await posted(first);
    const answer = await rest.call('PATCH', rest.channel(id), change);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(issuesOf(answer.body)).toEqual([expected]);
    expect(discord.versions(id)).toHaveLength(1);
  });

  it('turns a legacy message into V2 when it clears content and embeds', async () => {
    const rest = createRest(discord);
    const id = await posted({ content: 'a', embeds: [{ title: 'b' }] });
    const change = { ...v2(display('c')), content: null, embeds: [] };
    expect(await rest.call('PATCH', rest.channel(id), change)).toMatchObject({ status: 200 });
    expect(discord.message(id)?.text).toBe('c');
  });

  it('that leaves the message empty is refused: 50006', async () => {
    const rest = createRest(discord);
    const id = await posted({ content: 'a' });
    const answer = await rest.call('PATCH', rest.channel(id), { content: '' });
    expect(answer).toMatchObject({ status: 400, body: { code: 50006 } });
  });

  it('does not clear components with null', async () => {
    const rest = createRest(discord);
    const id = await posted({ content: 'a', components: [rowOfOne] });
    await rest.call('PATCH', rest.channel(id), { components: null });
    expect(discord.message(id)?.buttons).toHaveLength(1);
    await rest.call('PATCH', rest.channel(id), { components: [] });
    expect(discord.message(id)?.buttons).toHaveLength(0);
  });
});
