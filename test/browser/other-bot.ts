import { readFile } from 'node:fs/promises';
import type { InteractionHandle } from '../../src/simulators/discord/actors/api.ts';
import type { SimulatedDiscord } from '../../src/simulators/discord/api.ts';
import { field, listOf, recordsOf, textOf } from '../../src/simulators/discord/values.ts';
import {
  BUTTONS,
  FORMS,
  FRUITS,
  MENUS,
  OTHER_COMMANDS,
  SHOWN_FILES,
  SPOILER,
  V2,
} from './other-bot-parts.ts';

interface FileToSend {
  readonly name: string;
  readonly type: string;
  readonly path?: string;
}

/** One answer: the callback's type and data, and the files that go with it. */
interface Reply {
  readonly type: number;
  readonly data?: object;
  readonly files?: readonly FileToSend[];
}

const MESSAGE = 4;
const UPDATE = 7;
const CHOICES = 8;
const MODAL = 9;

/**
 * A bot that uses what ours does not: every kind of option, command and component. It says back, as
 * text, what it was sent. It answers by REST alone: the page cannot tell it from one on the gateway.
 */
export async function startOtherBot(discord: SimulatedDiscord): Promise<void> {
  const { apiUrl, applicationId, token } = discord;
  discord.on('interaction-sent', (call) => {
    void send(discord, call, replyTo(call));
  });
  const address = `${apiUrl}/v10/applications/${applicationId}/commands`;
  const headers = { authorization: `Bot ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify(OTHER_COMMANDS);
  await demandOk(await fetch(address, { method: 'PUT', headers, body }));
}

async function send(
  { apiUrl }: SimulatedDiscord,
  { id, token }: InteractionHandle,
  { type, data, files = [] }: Reply,
): Promise<void> {
  const form = new FormData();
  form.set('payload_json', JSON.stringify({ type, data }));
  for (const [index, { name, type: contentType, path }] of files.entries()) {
    const bytes = path === undefined ? Buffer.from('notes') : await readFile(path);
    form.set(`files[${index}]`, new Blob([new Uint8Array(bytes)], { type: contentType }), name);
  }
  const address = `${apiUrl}/v10/interactions/${id}/${token}/callback`;
  await demandOk(await fetch(address, { method: 'POST', body: form }));
}

async function demandOk(response: Response): Promise<void> {
  if (!response.ok) throw new Error(`Discord refused the other bot: ${await response.text()}`);
}

const say = (content: string): Reply => ({ type: MESSAGE, data: { content } });

function replyTo({ payload }: InteractionHandle): Reply {
  const { data, type } = payload;
  if (type === 4) return { type: CHOICES, data: { choices: choicesFor(data) } };
  if (type === 3) return replyToPress(data);
  if (type === 5) return say(`sent: ${JSON.stringify(fieldsOf(data))}`);
  return replyToCommand(String(field(data, 'name')), data);
}

function replyToCommand(name: string, data: unknown): Reply {
  const target = String(field(data, 'target_id'));
  switch (name) {
    case 'echo':
      return say(`echo: ${JSON.stringify(optionsOf(data))}`);
    case 'Repeat':
      return say(`Repeat: ${textOfTarget(data, 'messages', target, 'content')}`);
    case 'Wave':
      return say(`Wave: ${textOfTarget(data, 'users', target, 'username')}`);
    default:
      return show(String(optionsOf(data)['what']));
  }
}

function show(what: string): Reply {
  switch (what) {
    case 'menus':
      return { type: MESSAGE, data: { content: 'Choose:', components: MENUS } };
    case 'buttons':
      return { type: MESSAGE, data: { content: 'Press:', components: BUTTONS } };
    case 'spoiler':
      return { type: MESSAGE, data: { content: '||hidden words||' }, files: [SPOILER] };
    default:
      return { type: MESSAGE, data: V2, files: SHOWN_FILES };
  }
}

function replyToPress(data: unknown): Reply {
  const customId = String(field(data, 'custom_id'));
  const form = FORMS.find((one) => one.custom_id === customId);
  if (form !== undefined) return { type: MODAL, data: form };
  if (customId === 'update') return { type: UPDATE, data: { content: 'Updated.' } };
  const values = field(data, 'values');
  return say(`pressed ${customId}${values === undefined ? '' : `: ${JSON.stringify(values)}`}`);
}

function choicesFor(data: unknown): object[] {
  const typed = recordsOf(field(data, 'options')).find(({ focused }) => focused === true);
  const start = (textOf(typed?.['value']) ?? '').toLowerCase();
  return FRUITS.filter((fruit) => fruit.startsWith(start)).map((fruit) => ({
    name: `${fruit.slice(0, 1).toUpperCase()}${fruit.slice(1)}`,
    value: fruit,
  }));
}

/** What was filled in, by name; a file by its own name. */
function optionsOf(data: unknown): Record<string, unknown> {
  return Object.fromEntries(
    recordsOf(field(data, 'options')).map(({ name, value }) => [
      String(name),
      filenameOf(data, value) ?? value,
    ]),
  );
}

/** The fields of a form by custom id, likewise. */
function fieldsOf(data: unknown): Record<string, unknown> {
  const inputs = recordsOf(field(data, 'components')).map((label) => field(label, 'component'));
  return Object.fromEntries(
    inputs.map((input) => {
      const values = field(input, 'values');
      const value =
        values === undefined
          ? field(input, 'value')
          : listOf(values).map((id) => filenameOf(data, id) ?? id);
      return [String(field(input, 'custom_id')), value] as const;
    }),
  );
}

function filenameOf(data: unknown, id: unknown): unknown {
  const attachments = field(field(data, 'resolved'), 'attachments');
  return field(field(attachments, String(id)), 'filename');
}

function textOfTarget(data: unknown, kind: string, id: string, key: string): string {
  return String(field(field(field(field(data, 'resolved'), kind), id), key));
}
