import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { UploadedFile } from '../../../src/simulators/discord/rest/request.ts';
import type { SimulatedDiscord } from '../../../src/simulators/discord/api.ts';
import { startSimulatedDiscord } from '../../../src/simulators/discord/start.ts';
import { act } from '../../../src/sandbox/playground/act/act.ts';
import { GUILDS, invitePeople } from '../../../src/sandbox/playground/people/people.ts';
import type {
  Action,
  ActResult,
  OptionInputs,
} from '../../../src/sandbox/playground/protocol/actions.ts';
import { readMessage } from '../../../src/sandbox/playground/read-message.ts';
import { createRest } from '../../../src/simulators/discord/test/rest-client.ts';
import { CHEN, DORA, GENERAL } from './visit.ts';

const COMMANDS = [
  {
    name: 'make',
    description: 'd',
    options: [
      { type: 3, name: 'text', description: 'd', required: true, autocomplete: true },
      { type: 11, name: 'picture', description: 'd' },
      { type: 6, name: 'who', description: 'd' },
    ],
  },
  { type: 3, name: 'Make again' },
  { type: 2, name: 'Show quota' },
];

/** A Discord whose bot answers each interaction with what the test says. */
let discord: SimulatedDiscord;
let answer: unknown;
beforeEach(async () => {
  discord = await startSimulatedDiscord({ guilds: GUILDS, backstopMs: 10_000 });
  onTestFinished(async () => discord.close());
  invitePeople(discord);
  const rest = createRest(discord);
  await rest.call('PUT', rest.commands, COMMANDS);
  answer = { type: 4, data: { content: 'Done' } };
  discord.on('interaction-sent', ({ id, token }) => {
    if (answer !== undefined) {
      void rest.call('POST', `/interactions/${id}/${token}/callback`, answer);
    }
  });
});

const doAs = async (
  personId: string,
  action: Action,
  files: readonly UploadedFile[] = [],
): Promise<ActResult> => act(discord, { as: { personId, locale: 'zh-CN' }, action }, files);

const sent = (): Readonly<Record<string, unknown>> => discord.interactions.at(-1)?.payload ?? {};

const slash = (options: OptionInputs, command = 'make'): Action => ({
  kind: 'slash',
  channelId: GENERAL,
  command,
  options,
});

describe('a command', () => {
  it('goes out as its person’s, in the language of the request', async () => {
    const options = { text: 'a fox', who: { id: CHEN } };
    expect(await doAs(DORA, slash(options))).toMatchObject({ kind: 'acknowledged' });
    expect(sent()).toMatchObject({
      locale: 'zh-CN',
      member: { user: { id: DORA } },
      data: {
        name: 'make',
        options: [
          { name: 'text', value: 'a fox' },
          { name: 'who', value: CHEN },
        ],
        resolved: { users: { [CHEN]: { username: 'Chen' } } },
      },
    });
  });

  it('carries the files of the form, with what the page measured', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const file = { index: '1', filename: 'fox.png', contentType: 'image/png', bytes };
    const picture = { file: 1, width: 640, height: 480 };
    expect(await doAs(DORA, slash({ text: 'a fox', picture }), [file])).toMatchObject({
      kind: 'acknowledged',
    });
    expect(Object.values(resolvedAttachments())).toMatchObject([
      {
        filename: 'fox.png',
        content_type: 'image/png',
        size: 3,
        width: 640,
        height: 480,
      },
    ]);
  });

  it.each<readonly [string, Action]>([
    ['a command that is not there', slash({}, 'fly')],
    ['without what it needs', slash({})],
    ['with a file that is not in the form', slash({ text: 'a', picture: { file: 0 } })],
    ['with a text where a file belongs', slash({ text: 'a', picture: 'fox.png' })],
  ])('is refused by the client: %s', async (_what, action) => {
    expect(await doAs(DORA, action)).toMatchObject({ kind: 'refused' });
    expect(discord.interactions).toEqual([]);
  });

  it('that nobody answers is said to be so after three seconds', async () => {
    answer = undefined;
    expect(await doAs(DORA, slash({ text: 'a' }))).toMatchObject({ kind: 'no-response' });
  });
});

function resolvedAttachments(): object {
  const { data } = sent();
  if (typeof data !== 'object' || data === null || !('resolved' in data)) return {};
  const { resolved } = data;
  if (typeof resolved !== 'object' || resolved === null || !('attachments' in resolved)) return {};
  return resolved.attachments ?? {};
}

it('brings the choices of a text that is being typed', async () => {
  const choices = [{ name: 'A fox', value: 'fox' }];
  answer = { type: 8, data: { choices } };
  const typing: Action = {
    kind: 'autocomplete',
    channelId: GENERAL,
    command: 'make',
    options: { text: 'f' },
    focused: 'text',
  };
  expect(await doAs(DORA, typing)).toEqual({ kind: 'choices', choices });
});

it.each([
  ['Make again', 'messageId'],
  ['Show quota', 'userId'],
] as const)('uses %s on a %s', async (command, kind) => {
  const messageId = discord.member({ id: CHEN }).say(GENERAL, 'Hi').id;
  const target = kind === 'userId' ? { userId: CHEN } : { messageId };
  const result = await doAs(DORA, { kind: 'context-menu', channelId: GENERAL, command, target });
  expect(result).toMatchObject({ kind: 'acknowledged' });
  expect(sent()).toMatchObject({ data: { target_id: Object.values(target)[0] } });
});

describe('a message', () => {
  const bytes = new Uint8Array([1, 2]);
  const files = [{ index: '0', filename: 'fox.png', contentType: 'image/png', bytes }];
  const picture = { file: 0, width: 64, height: 32 };
  const say: Action = { kind: 'say', channelId: GENERAL, content: '', files: [picture] };

  it('is posted with its files, on which a message command is used', async () => {
    expect(await doAs(DORA, say, files)).toEqual({ kind: 'done' });
    const [posted] = discord.messages(GENERAL);
    expect(posted).toMatchObject({
      authorId: DORA,
      attachments: [{ filename: 'fox.png', size: 2, width: 64, height: 32 }],
    });
    const target = { messageId: posted?.id ?? '' };
    await doAs(DORA, { kind: 'context-menu', channelId: GENERAL, command: 'Make again', target });
    expect(JSON.stringify(sent()['data'])).toContain('"filename":"fox.png"');
  });

  it('is refused without the file that it names', async () => {
    expect(await doAs(DORA, say)).toMatchObject({ kind: 'refused' });
    expect(discord.messages()).toEqual([]);
  });

  it('is forwarded, and read with what it showed then', async () => {
    await doAs(CHEN, say, files);
    const [original] = discord.messages(GENERAL);
    const messageId = original?.id ?? '';
    const clips = '130000000000000002';
    const result = await doAs(DORA, { kind: 'forward', messageId, channelId: clips });
    expect(result).toEqual({ kind: 'done' });
    discord.deleteMessage(messageId);
    const [forwarded] = discord.messages(clips);
    expect(readMessage(discord, forwarded?.id ?? '', DORA)).toMatchObject({
      authorId: DORA,
      content: '',
      attachments: [],
      forwarded: { channelId: GENERAL, messageId, attachments: [{ filename: 'fox.png' }] },
    });
  });
});

const row = (...components: unknown[]) => ({ type: 1, components });

describe('a message with components', () => {
  const button = { type: 2, style: 1, custom_id: 'again', label: 'Again' };
  const options = [1, 2].map((value) => ({ label: `${value}`, value: `${value}` }));
  const menu = { type: 3, custom_id: 'size', options, max_values: 2 };

  async function post(): Promise<string> {
    answer = { type: 4, data: { content: 'Choose', components: [row(button), row(menu)] } };
    await doAs(DORA, slash({ text: 'a' }));
    answer = { type: 6 };
    return discord.messages().at(-1)?.id ?? '';
  }

  it('has its button pressed and its menu used', async () => {
    const messageId = await post();
    await doAs(CHEN, { kind: 'click', messageId, customId: 'again' });
    expect(sent()).toMatchObject({ member: { user: { id: CHEN } }, data: { custom_id: 'again' } });
    await doAs(CHEN, { kind: 'select', messageId, customId: 'size', values: ['2', '1'] });
    expect(sent()).toMatchObject({ data: { custom_id: 'size', values: ['2', '1'] } });
  });

  it('opens a form, which whoever opened it sends, with its files', async () => {
    const messageId = await post();
    const modal = {
      custom_id: 'edit',
      title: 'Edit',
      components: [
        { type: 18, label: 'Text', component: { type: 4, custom_id: 'text', style: 1 } },
        { type: 18, label: 'Picture', component: { type: 19, custom_id: 'picture' } },
      ],
    };
    answer = { type: 9, data: modal };
    const opened = await doAs(DORA, { kind: 'click', messageId, customId: 'again' });
    expect(opened).toMatchObject({ kind: 'modal', modal: { custom_id: 'edit' } });
    const interactionId = opened.kind === 'modal' ? opened.interactionId : '';
    answer = { type: 6 };
    const values = { text: 'a badger', picture: [{ file: 0 }] };
    const form: Action = { kind: 'submit-modal', interactionId, values };
    const bytes = new Uint8Array([1]);
    const files = [{ index: '0', filename: 'b.png', contentType: 'image/png', bytes }];
    expect(await doAs(CHEN, form, files)).toMatchObject({ kind: 'refused' });
    expect(await doAs(DORA, form, files)).toMatchObject({ kind: 'acknowledged' });
    expect(JSON.stringify(sent()['data'])).toContain('"value":"a badger"');
    expect(Object.values(resolvedAttachments())).toMatchObject([{ filename: 'b.png' }]);
  });
});
