import { once } from 'node:events';
import {
  ButtonStyle,
  Client,
  ComponentType,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
  type ChatInputCommandInteraction,
  type Interaction,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SimulatedDiscord } from '../api.ts';
import { startSimulatedDiscord } from '../start.ts';

let discord: SimulatedDiscord;
const clients: Client[] = [];

beforeEach(async () => {
  discord = await startSimulatedDiscord();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map(async (client) => await client.destroy()));
  await discord.close();
});

const VIDEO = {
  name: 'video',
  description: 'Makes a video',
  options: [
    { type: 3, name: 'prompt', description: 'What happens', required: true },
    { type: 11, name: 'first_frame', description: 'Where it begins', file_types: ['image'] },
  ],
};

async function connect(intents: GatewayIntentBits[] = []): Promise<Client<true>> {
  const client = new Client({
    intents,
    rest: { api: discord.apiUrl },
    // By default discord.js waits 5 s between two IDENTIFYs.
    ws: { buildIdentifyThrottler: () => ({ waitForIdentify: async () => {} }) },
  });
  clients.push(client);
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  if (!client.isReady()) {
    throw new Error('not ready');
  }
  return client;
}

async function nextCommand(client: Client): Promise<ChatInputCommandInteraction> {
  const interaction = await new Promise<ChatInputCommandInteraction>((resolve) => {
    client.once(Events.InteractionCreate, (received) => {
      if (received.isChatInputCommand()) {
        resolve(received);
      }
    });
  });
  return interaction;
}

describe('the real discord.js client', () => {
  it('registers commands, receives one with a file, defers, edits and uploads', async () => {
    const client = await connect();
    await client.application.commands.set([VIDEO]);
    const ada = discord.member({ locale: 'de', permissions: 32n, roles: [discord.guildId] });
    const received = nextCommand(client);
    const bytes = new Uint8Array([137, 80, 78, 71]);
    const sent = await ada.slash(discord.channelId, 'video', {
      prompt: 'a fox',
      first_frame: { filename: 'fox.png', contentType: 'image/png', bytes, width: 64, height: 32 },
    });
    const interaction = await received;

    expect(interaction.options.getString('prompt')).toBe('a fox');
    const frame = interaction.options.getAttachment('first_frame', true);
    expect(frame).toMatchObject({
      name: 'fox.png',
      contentType: 'image/png',
      size: 4,
      width: 64,
      height: 32,
    });
    expect(new Uint8Array(await (await fetch(frame.url)).arrayBuffer())).toEqual(bytes);
    expect(interaction).toMatchObject({
      guildId: discord.guildId,
      channelId: discord.channelId,
      locale: 'de',
      guildLocale: 'en-US',
      attachmentSizeLimit: 20 * 1024 * 1024,
      authorizingIntegrationOwners: { 0: discord.guildId },
      context: 0,
    });
    expect(interaction.memberPermissions?.has('ManageGuild')).toBe(true);
    expect(interaction.appPermissions.has('AttachFiles')).toBe(true);

    const callback = await interaction.deferReply({ withResponse: true });
    expect(callback.interaction.responseMessageId).toBe(sent.message()?.id);
    expect((await sent.acknowledged).kind).toBe('deferred-message');
    await interaction.editReply({ content: 'working' });
    const done = sent.waitFor((message) => message.attachments.length === 1);
    await interaction.editReply({
      content: 'done',
      files: [{ attachment: Buffer.from([1, 2]), name: 'video.mp4' }],
    });
    const message = await done;
    expect(message).toMatchObject({
      content: 'done',
      attachments: [{ filename: 'video.mp4', size: 2, shown: true }],
    });
    expect(discord.attachmentBytes(message.attachments[0]?.id ?? '')).toEqual(
      new Uint8Array([1, 2]),
    );
    expect(sent.versions().map(({ content }) => content)).toEqual(['', 'working', 'done']);
    const fetched = await interaction.fetchReply();
    expect(fetched.attachments.first()?.url).toContain('ex=');
    await interaction.deleteReply();
    expect(sent.message()?.deleted).toBe(true);
  });

  it('is refused with a wrong token', async () => {
    const client = new Client({ intents: [], rest: { api: discord.apiUrl } });
    clients.push(client);
    await expect(client.login('wrong')).rejects.toThrow('An invalid token was provided');
    expect(discord.requests).toMatchObject([{ path: '/gateway/bot', status: 401 }]);
  });

  it('is closed with 4004 when only the gateway rejects the token', async () => {
    discord.faults.add({
      route: '/gateway/bot',
      action: {
        kind: 'answer',
        status: 200,
        body: {
          url: discord.gatewayUrl,
          shards: 1,
          session_start_limit: { total: 1, remaining: 1, reset_after: 0, max_concurrency: 1 },
        },
      },
    });
    const client = new Client({ intents: [], rest: { api: discord.apiUrl } });
    clients.push(client);
    await expect(client.login('wrong')).rejects.toThrow('Authentication failed');
    expect(discord.gateway.sessions()).toEqual([]);
  });

  it.each([
    ['asked to reconnect (op 7)', () => discord.gateway.requestReconnect()],
    ['cut', () => discord.gateway.cut()],
    ['invalidated but resumable (op 9)', () => discord.gateway.invalidate(true)],
  ])('resumes when %s and receives the missed events', async (_rule, disturb) => {
    const client = await connect();
    await client.application.commands.set([VIDEO]);
    const [session] = discord.gateway.sessions();
    const resumed = discord.next('gateway', ({ kind }) => kind === 'resumed');
    const lost = discord.next('gateway', ({ kind }) => kind === 'closed');
    disturb();
    await lost;
    const received = nextCommand(client);
    const sent = await discord.member().slash(discord.channelId, 'video', { prompt: 'missed' });
    expect(sent.deliveredTo).toBe(0);
    expect((await received).options.getString('prompt')).toBe('missed');
    expect((await resumed).sessionId).toBe(session?.id);
    expect(discord.gateway.sessions()).toHaveLength(1);
  });

  it('identifies again when its session is no longer valid', async () => {
    const client = await connect();
    const ready = once(client, Events.ShardReady);
    const [before] = discord.gateway.sessions();
    const again = discord.next('gateway', ({ kind }) => kind === 'identified');
    discord.gateway.invalidate(false);
    expect((await again).sessionId).not.toBe(before?.id);
    await ready;
  });

  it('receives a redelivered interaction twice, and can acknowledge it once', async () => {
    const client = await connect();
    await client.application.commands.set([VIDEO]);
    const outcomes: string[] = [];
    const both = new Promise<void>((resolve) => {
      const defer = async (interaction: Interaction): Promise<void> => {
        if (!interaction.isChatInputCommand()) {
          return;
        }
        try {
          await interaction.deferReply({ flags: MessageFlags.Ephemeral });
          outcomes.push('ok');
        } catch (error) {
          outcomes.push(error instanceof DiscordAPIError ? String(error.code) : 'other');
        }
        if (outcomes.length === 2) {
          resolve();
        }
      };
      client.on(Events.InteractionCreate, (interaction) => {
        void defer(interaction);
      });
    });
    const sent = await discord.member().slash(discord.channelId, 'video', { prompt: 'twice' });
    expect(sent.deliverAgain()).toBe(1);
    await both;
    expect(outcomes.toSorted()).toEqual(['40060', 'ok']);
    expect(sent.message()?.ephemeral).toBe(true);
  });

  it('receives the interactions of a second session too', async () => {
    const first = await connect();
    const second = await connect();
    await first.application.commands.set([VIDEO]);
    const both = Promise.all([nextCommand(first), nextCommand(second)]);
    const sent = await discord.member().slash(discord.channelId, 'video', { prompt: 'both' });
    expect(sent.deliveredTo).toBe(2);
    expect((await both).map(({ id }) => id)).toEqual([sent.id, sent.id]);
  });

  it('sees the guild and its channel with the Guilds intent', async () => {
    const client = await connect([GatewayIntentBits.Guilds]);
    await client.application.commands.set([VIDEO]);
    expect(client.guilds.cache.get(discord.guildId)?.name).toBe('Sandbox');
    const received = nextCommand(client);
    await discord
      .member({ roles: [discord.guildId] })
      .slash(discord.channelId, 'video', { prompt: 'a' });
    const interaction = await received;
    expect(interaction.channel?.id).toBe(discord.channelId);
    expect(interaction.inCachedGuild()).toBe(true);
  });

  it('answers a button, a menu and a modal', async () => {
    const client = await connect();
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isButton()) {
        const input = new TextInputBuilder().setCustomId('why').setStyle(TextInputStyle.Short);
        const label = new LabelBuilder().setLabel('Why').setTextInputComponent(input);
        const modal = new ModalBuilder().setTitle('Ask').setCustomId('ask');
        void interaction.showModal(modal.addLabelComponents(label));
      } else if (interaction.isModalSubmit() && interaction.isFromMessage()) {
        void interaction.update({ content: interaction.fields.getTextInputValue('why') });
      } else if (interaction.isUserSelectMenu()) {
        void interaction.reply(`chose ${interaction.users.first()?.username}`);
      } else if (interaction.isChatInputCommand()) {
        void interaction.reply({
          content: 'choose',
          components: [
            {
              type: ComponentType.ActionRow,
              components: [
                {
                  type: ComponentType.Button,
                  style: ButtonStyle.Primary,
                  label: 'Ask',
                  customId: 'open',
                },
              ],
            },
            {
              type: ComponentType.ActionRow,
              components: [{ type: ComponentType.UserSelect, customId: 'who' }],
            },
          ],
        });
      }
    });
    await client.application.commands.set([VIDEO]);
    const ada = discord.member({ username: 'ada' });
    const sent = await ada.slash(discord.channelId, 'video', { prompt: 'a' });
    await sent.acknowledged;
    const message = sent.message()?.id ?? '';

    const clicked = await ada.click(message, 'open');
    expect((await clicked.acknowledged).kind).toBe('modal');
    const submitted = await ada.modalSubmit(clicked, { why: 'because' });
    expect((await submitted.acknowledged).kind).toBe('update');
    expect(sent.message()?.content).toBe('because');
    const chosen = await ada.selectMenu(message, 'who', [ada.id]);
    await chosen.acknowledged;
    expect(chosen.message()).toMatchObject({ content: 'chose ada', repliesTo: message });
  });
});
