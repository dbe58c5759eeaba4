import { describe, expect, it } from 'vitest';
import { parseComponent } from '../../src/discord/component-interaction.ts';
import { parseCommand } from '../../src/discord/interaction.ts';
import {
  isMessageCommand,
  parseMessageCommand,
} from '../../src/discord/message-command-interaction.ts';
import { parseModal } from '../../src/discord/modal-interaction.ts';
import { APPLICATION_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID } from '../fakes/a-task.ts';

const OTHER_ID = '1300000000000000777';
const MESSAGE = '1300000000000000900';
const head = {
  id: '1300000000000000500',
  application_id: APPLICATION_ID,
  token: 'a-token',
  guild_id: GUILD_ID,
  channel: { id: CHANNEL_ID, type: 0 },
  member: { user: { id: MEMBER_ID }, roles: [], permissions: '0' },
  authorizing_integration_owners: { '0': GUILD_ID },
};
const file = { id: '9', filename: 'a.png', url: 'https://cdn.discordapp.com/a.png', size: 7 };

describe('a slash command', () => {
  it('in a group has the options of the innermost', () => {
    const inner = { name: 'set', type: 1, options: [{ name: 'limit', type: 3, value: '5' }] };
    const data = {
      name: 'quota',
      type: 1,
      options: [{ name: 'everyone', type: 2, options: [inner] }],
    };
    const read = parseCommand({ ...head, type: 2, data }).data;
    expect(read).toMatchObject({ group: 'everyone', subcommand: 'set' });
    expect(read?.options.get('limit')).toBe('5');
  });

  it('that is being typed names the option', () => {
    const options = [
      { name: 'prompt', type: 3, value: 'a' },
      { name: 'model', type: 3, value: 'mi', focused: true },
    ];
    const data = { name: 'video', type: 1, options };
    expect(parseCommand({ ...head, type: 4, data }).data?.focused).toBe('model');
  });
});

describe('a component', () => {
  it('has its values, and the caller and the files of its message', () => {
    const message = {
      id: MESSAGE,
      interaction_metadata: { user: { id: OTHER_ID } },
      attachments: [file, { id: 'damaged' }],
    };
    const data = { custom_id: 'other:1', component_type: 3, values: ['jimmy/sd2_mx'] };
    expect(parseComponent({ ...head, type: 3, data, message }).data).toMatchObject({
      customId: 'other:1',
      values: ['jimmy/sd2_mx'],
      message: { id: MESSAGE, callerId: OTHER_ID, files: [file], isPrivate: false },
    });
  });

  it.each([
    ['no metadata', { id: MESSAGE }],
    ['metadata without a user', { id: MESSAGE, interaction_metadata: {} }],
    ['null', { id: MESSAGE, interaction_metadata: null }],
  ])('of a message with %s has no caller', (_what, message) => {
    const data = { custom_id: 'again:1' };
    expect(parseComponent({ ...head, type: 3, data, message }).data?.message).toEqual({
      id: MESSAGE,
      callerId: undefined,
      files: [],
      isPrivate: false,
    });
  });

  it.each([
    [64, true],
    [64 + 32_768, true],
    [32_768, false],
    ['64', false],
    [null, false],
  ])('of a message with the flags %j is on a private one: %s', (flags, isPrivate) => {
    const message = { id: MESSAGE, flags };
    const data = { custom_id: 'again:1' };
    const { data: call } = parseComponent({ ...head, type: 3, data, message });
    expect(call?.message?.isPrivate).toBe(isPrivate);
  });

  it.each([
    ['26 values', { custom_id: 'x:1', values: Array.from({ length: 26 }, String) }],
    ['a custom id of 101 characters', { custom_id: 'x'.repeat(101) }],
  ])('with %s is not understood', (_what, data) => {
    expect(parseComponent({ ...head, type: 3, data }).success).toBe(false);
  });
});

describe('a form', () => {
  it('has what was entered, chosen and uploaded, in labels and in rows', () => {
    const data = {
      custom_id: 'edit:1',
      components: [
        { type: 18, component: { type: 4, custom_id: 'prompt', value: 'a cat' } },
        { type: 18, component: { type: 3, custom_id: 'ratio', values: ['9:16'] } },
        { type: 18, component: { type: 19, custom_id: 'files', values: ['9'] } },
        { type: 18, component: { type: 23, custom_id: 'last', value: true } },
        { type: 1, components: [{ type: 4, custom_id: 'duration', value: '5' }] },
      ],
      resolved: { attachments: { '9': file } },
    };
    const read = parseModal({ ...head, type: 5, data }).data;
    expect(read?.entered.get('prompt')).toBe('a cat');
    expect(read?.entered.get('last')).toBe(true);
    expect(read?.entered.get('duration')).toBe('5');
    expect(read?.chosen.get('ratio')).toEqual(['9:16']);
    expect(read?.attachments.get('9')?.filename).toBe('a.png');
    expect(read?.message).toBeUndefined();
  });

  it('with six components is not understood', () => {
    const components = Array.from({ length: 6 }, () => ({ type: 10 }));
    const data = { custom_id: 'edit:1', components };
    expect(parseModal({ ...head, type: 5, data }).success).toBe(false);
  });
});

const row = (customId: string) => [{ type: 1, components: [{ type: 2, custom_id: customId }] }];
const menuData = (message: object) => ({
  name: 'Animate',
  type: 3,
  target_id: MESSAGE,
  resolved: { messages: { [MESSAGE]: { id: MESSAGE, author: { id: OTHER_ID }, ...message } } },
});

describe('a command of the menu of a message', () => {
  it('has the files of its message, then those of a forwarded one', () => {
    const forwarded = { ...file, id: '10', filename: 'b.png' };
    const raw = {
      ...head,
      type: 2,
      data: menuData({
        attachments: [file, { id: 'damaged' }],
        message_snapshots: [{ message: { attachments: [forwarded] } }],
      }),
    };
    expect(isMessageCommand(raw)).toBe(true);
    const target = parseMessageCommand(raw).data?.target;
    expect(target?.authorId).toBe(OTHER_ID);
    expect(target?.files.map(({ filename }) => filename)).toEqual(['a.png', 'b.png']);
  });

  it('has its buttons, those of a forwarded message, and whose they are', () => {
    const data = menuData({
      application_id: APPLICATION_ID,
      components: row('more:1'),
      message_reference: { type: 1, message_id: OTHER_ID },
      message_snapshots: [{ message: { components: row('more:2') } }],
    });
    expect(parseMessageCommand({ ...head, type: 2, data }).data?.target).toMatchObject({
      sentBy: APPLICATION_ID,
      forwardedId: OTHER_ID,
      customIds: ['more:1', 'more:2'],
    });
  });

  it.each([
    ['a reply', { message_reference: { type: 0, message_id: OTHER_ID } }],
    ['components that are none', { components: 'none', message_snapshots: 7 }],
  ])('that is %s forwards nothing and has no buttons', (_what, message) => {
    const raw = { ...head, type: 2, data: menuData(message) };
    const target = parseMessageCommand(raw).data?.target;
    expect([target?.forwardedId, target?.customIds]).toEqual([undefined, []]);
  });

  it('without its message has no target', () => {
    const raw = { ...head, type: 2, data: { ...menuData({}), resolved: { messages: {} } } };
    expect(parseMessageCommand(raw).data?.target).toBeUndefined();
  });
});
