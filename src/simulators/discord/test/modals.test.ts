import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InteractionHandle, MemberActor } from '../actors/api.ts';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';
import { createRest } from './rest-client.ts';

const option = (value: string, more: object = {}) => ({ label: value, value, ...more });
const label = (component: object) => ({ type: 18, label: 'l', component });
const EVERY_INPUT = [
  [
    label({ type: 4, style: 2, custom_id: 'text', value: 'a fox', min_length: 3, max_length: 9 }),
    label({ type: 3, custom_id: 'model', options: [option('a'), option('b', { default: true })] }),
    label({ type: 19, custom_id: 'files', required: false, max_values: 2, file_types: ['image'] }),
    label({
      type: 21,
      custom_id: 'ratio',
      options: [option('wide', { default: true }), option('tall')],
    }),
    label({ type: 23, custom_id: 'sound', default: true }),
  ],
  [
    label({
      type: 22,
      custom_id: 'extras',
      options: ['x', 'y', 'z'].map((value) => option(value, { default: value === 'x' })),
    }),
    label({ type: 6, custom_id: 'role', required: false }),
  ],
];

let discord: SimulatedDiscord;
let ada: MemberActor;
beforeEach(async () => {
  discord = await startSimulatedDiscord();
  ada = discord.member({ username: 'ada' });
});
afterEach(async () => discord.close());

async function openModal(components: readonly object[], from: 'slash' | 'button' = 'slash') {
  const rest = createRest(discord);
  let opener: InteractionHandle = await rest.slash();
  if (from === 'button') {
    const row = { type: 1, components: [{ type: 2, style: 1, label: 'Edit', custom_id: 'edit' }] };
    await rest.acknowledge(opener, { type: 4, data: { content: 'clip', components: [row] } });
    opener = await ada.click(opener.message() ?? '', 'edit');
  }
  const data = { title: 't', custom_id: 'm', components };
  expect(await rest.acknowledge(opener, { type: 9, data })).toMatchObject({ status: 200 });
  return opener;
}

function submitted({ payload }: InteractionHandle): unknown {
  return payload['data'];
}

const filled = (type: number, custom_id: string, more: object) => ({
  type: 18,
  component: { type, custom_id, ...more },
});

describe('a modal', () => {
  it('keeps what it opened with in every field that is left alone', async () => {
    const [first = [], second = []] = EVERY_INPUT;
    expect(submitted(await ada.modalSubmit(await openModal(first)))).toMatchObject({
      custom_id: 'm',
      components: [
        filled(4, 'text', { value: 'a fox' }),
        filled(3, 'model', { values: ['b'] }),
        filled(19, 'files', { values: [] }),
        filled(21, 'ratio', { value: 'wide' }),
        filled(23, 'sound', { value: true }),
      ],
    });
    expect(submitted(await ada.modalSubmit(await openModal(second)))).toMatchObject({
      components: [filled(22, 'extras', { values: ['x'] }), filled(6, 'role', { values: [] })],
    });
  });

  it('sends what is entered, with the files', async () => {
    const [first = [], second = []] = EVERY_INPUT;
    const files = [{ filename: 'a.png', bytes: new Uint8Array(2) }];
    const values = { text: 'a cat', model: ['a'], files, ratio: 'tall', sound: false };
    const data = submitted(await ada.modalSubmit(await openModal(first), values));
    expect(data).toMatchObject({
      components: [
        filled(4, 'text', { value: 'a cat' }),
        filled(3, 'model', { values: ['a'] }),
        filled(19, 'files', { values: [expect.any(String)] }),
        filled(21, 'ratio', { value: 'tall' }),
        filled(23, 'sound', { value: false }),
      ],
    });
    expect(JSON.stringify(data)).toContain('"filename":"a.png"');
    const both = { extras: ['x', 'y', 'z'], role: [discord.guildId] };
    expect(submitted(await ada.modalSubmit(await openModal(second), both))).toMatchObject({
      components: [
        filled(22, 'extras', { values: ['x', 'y', 'z'] }),
        filled(6, 'role', { values: [discord.guildId] }),
      ],
      resolved: { roles: { [discord.guildId]: { name: '@everyone' } } },
    });
  });

  it.each<readonly [string, Parameters<MemberActor['modalSubmit']>[1], string]>([
    ['a text emptied', { text: '' }, 'text is required'],
    ['a text too long', { text: 'a long fox' }, '10 characters, allowed 3 to 9'],
    ['no model', { model: [] }, 'model is required'],
    ['two models', { model: ['a', 'b'] }, 'model: 2 values, allowed 1 to 1'],
    ['an unknown model', { model: ['c'] }, 'model: "c" is not an option'],
    ['an unknown ratio', { ratio: 'round' }, 'ratio: "round" is not an option'],
    [
      'three files',
      { files: ['a.png', 'b.png', 'c.png'].map((filename) => ({ filename })) },
      'files: 3 values, allowed 1 to 2',
    ],
    ['a file of another type', { files: [{ filename: 'a.mp4' }] }, 'type that is not allowed'],
  ])('is not sent with %s, unless it is raw', async (_case, values, why) => {
    const opened = await openModal(EVERY_INPUT[0] ?? []);
    const before = discord.interactions.length;
    await expect(ada.modalSubmit(opened, values)).rejects.toThrow(why);
    expect(discord.interactions).toHaveLength(before);
    await ada.modalSubmit(opened, values, { raw: true });
    expect(discord.interactions).toHaveLength(before + 1);
  });

  it('carries the message only if a component opened it, which it can then update', async () => {
    const rest = createRest(discord);
    const inputs = [label({ type: 4, style: 1, custom_id: 'text' })];
    const fromSlash = await ada.modalSubmit(await openModal(inputs), { text: 'x' });
    expect(fromSlash.payload).not.toHaveProperty('message');
    const opener = await openModal(inputs, 'button');
    const fromButton = await ada.modalSubmit(opener, { text: 'x' });
    expect(fromButton.payload).toMatchObject({
      type: 5,
      message: { content: 'clip', interaction_metadata: { type: 2 } },
    });
    await rest.acknowledge(fromButton, { type: 7, data: { content: 'changed' } });
    expect(opener.message()).toBeNull();
    expect(fromButton.message()).toMatchObject({ content: 'changed' });
  });
});
