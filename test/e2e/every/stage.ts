import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import type {
  InteractionHandle,
  MemberActor,
  MemberActorOptions,
  OptionValue,
} from '../../../src/simulators/discord/actors/api.ts';
import type { MessageView } from '../../../src/simulators/discord/world/message-view.ts';
import { PERMISSION } from '../../../src/simulators/discord/world/permissions.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import type { Messages } from '../../../src/discord/messages/en.ts';
import { MINUTE_MS } from '../../../src/domain/time-units.ts';
import { openTestbed } from '../bot-testbed.ts';
import type { BotTestbed } from '../bot-testbed.ts';
import { buttonOf, privateAnswer } from '../forms.ts';
import { taskIdOf } from '../task-id-of.ts';
import { ANYFAST_MODEL, ANY_MODEL, endedMessage, hasClip } from '../video-call.ts';

export type Locale = 'en-US' | 'zh-CN';
export const LOCALES = ['en-US', 'zh-CN'] as const satisfies readonly Locale[];

/** A server that asks before every price. */
const ASKING_GUILD = '120000000000000777';
export const ASKING_CHANNEL = '130000000000000777';

const HISTORIAN = '150000000000000777';

const PRICES = {
  currency: 'USD',
  prices: {
    'jimmy/seedance2.0-mini-sp-720p': { amount: '0.50', per: 'task' },
    'jimmy/seedance2.0-fast-sp-720p': { amount: '0.80', per: 'task' },
    'jimmy/seedance2.0-sp-720p': { amount: '1.00', per: 'task' },
    'jimmy/seedance2.0-sp-1080p': { amount: '2.00', per: 'task' },
    'anyfast/seedance-2.0-mini': { amount: '0.70', per: 'task' },
  },
};

/** The same list after the cheapest model became dearer. */
export const DEARER_PRICES = {
  ...PRICES,
  prices: { ...PRICES.prices, 'jimmy/seedance2.0-mini-sp-720p': { amount: '0.60', per: 'task' } },
};

/** Words in a prompt that decide what its provider does. */
export const FATE = {
  fails: 'that fails',
  held: 'that is held',
  waits: 'that waits',
  stuck: 'that waits the second time',
} as const;

/** A finished video on its message, and who asked for it. */
export interface Source {
  readonly ada: MemberActor;
  readonly message: MessageView;
  readonly prompt: string;
  readonly call: InteractionHandle;
}

/** The bot between the simulators, with what the rows find there. */
export interface Stage {
  readonly testbed: BotTestbed;
  /** A prompt that no other row has. */
  readonly prompt: (about: string) => string;
  readonly member: (locale: Locale, options?: MemberActorOptions) => MemberActor;
  readonly admin: (locale: Locale, options?: MemberActorOptions) => MemberActor;
  readonly words: (locale: Locale) => Messages;
  /** A video of a member of its own, or with another fate. */
  readonly video: (
    locale: Locale,
    about: string,
    options?: Readonly<Record<string, OptionValue>>,
  ) => Promise<Source>;
  /** A finished video whose next ones by AnyFast stay unfinished until the stage is set. */
  readonly slowVideo: (locale: Locale) => Source;
  /** The id of a task whose provider still works on it, although it took too long. */
  readonly overdue: () => string;
  /** The one member with eleven videos; who turns pages changes nothing. */
  readonly historian: (locale: Locale) => MemberActor;
  /** A server and its channel that no other row uses. */
  readonly guild: () => { readonly guildId: string; readonly channelId: string };
  readonly taskId: (source: Pick<Source, 'message'>) => string;
}

export interface StageOptions {
  /** Every video's own message is deleted while it is made: what stands is the new one. */
  readonly areReposted?: boolean;
  /** How often each scarce thing is needed. */
  readonly copies: number;
}

/** Opens a stage; the bot runs. */
export async function openStage({ areReposted = false, copies }: StageOptions): Promise<Stage> {
  const testbed = await openTestbed({
    discord: {
      guilds: [
        { channels: [{ name: 'general' }] },
        { id: ASKING_GUILD, channels: [{ id: ASKING_CHANNEL, name: 'asking' }] },
      ],
    },
  });
  await writeFile(join(testbed.folder, 'prices.json'), JSON.stringify(PRICES));
  await testbed.start();
  decideFates(testbed);
  const { discord } = testbed;
  let count = 0;
  const prompt = (about: string): string => `a boat, ${about} ${(count += 1)}`;
  const stage: Stage = {
    testbed,
    prompt,
    member: (locale, options = {}) => discord.member({ locale, ...options }),
    admin: (locale, options = {}) =>
      discord.member({ locale, permissions: PERMISSION.manageGuild, ...options }),
    words: (locale) => messagesFor(locale === 'zh-CN' ? 'zh-CN' : 'en'),
    async video(locale, about, options = {}) {
      const ada = discord.member({ locale });
      const asked = { prompt: prompt(about), model: ANY_MODEL, ...options };
      const call = await ada.slash(discord.channelId, 'video', asked);
      const message = areReposted
        ? await repostedMessage(testbed, call)
        : await endedMessage(testbed, call);
      return { ada, message, prompt: asked.prompt, call };
    },
    slowVideo: (locale) => taken(slow, ({ locale: own }) => own === locale).source,
    overdue: () => taken(overdue, () => true),
    historian: (locale) => discord.member({ locale, id: HISTORIAN }),
    guild() {
      const guild = discord.world.addGuild({ channels: [{ name: 'general' }] });
      const [channelId = ''] = guild.channels.keys();
      return { guildId: guild.id, channelId };
    },
    taskId: ({ message }) => buttonOf(message, 'more').replace('more:', ''),
  };
  const overdue = await tasksThatTakeTooLong(stage, copies);
  const slow: { readonly locale: Locale; readonly source: Source }[] = [];
  if (!areReposted) {
    await askForPrices(stage);
    await makeHistory(stage, 11);
    for (const locale of LOCALES) {
      const sources = Array.from({ length: 3 }, async () =>
        stage.video(locale, 'slow', { model: ANYFAST_MODEL }),
      );
      for (const source of await Promise.all(sources)) slow.push({ locale, source });
    }
    testbed.providers.knobs.anyfast.taskMs = Infinity;
  }
  return stage;
}

function taken<Thing>(things: Thing[], isWanted: (thing: Thing) => boolean): Thing {
  const index = things.findIndex(isWanted);
  const [thing] = index === -1 ? [] : things.splice(index, 1);
  if (thing === undefined) throw new Error('nothing is left');
  return thing;
}

const BUSY = { kind: 'rate-limited', retryAfterSeconds: 600 } as const;

/** What the provider does is read off the prompt. */
function decideFates({ providers }: BotTestbed): void {
  const held = new Set<string>();
  const made = new Set<string>();
  providers.knobs.jimmy.create.always(({ body }) => {
    const text = JSON.stringify(body ?? '');
    if (text.includes(FATE.held) && !held.has(text)) {
      held.add(text);
      return { kind: 'server-error', status: 502 };
    }
    const [prompt = ''] = /a boat, [^"]*/u.exec(text) ?? [];
    const isFirst = !made.has(prompt);
    made.add(prompt);
    if (text.includes(FATE.stuck)) return isFirst ? undefined : BUSY;
    if (text.includes(FATE.fails)) return { kind: 'refused', reason: 'out of order' };
    return text.includes(FATE.waits) ? BUSY : undefined;
  });
}

/** Before anything else, because it takes an hour of Discord's time. */
async function tasksThatTakeTooLong(
  { testbed, prompt, member }: Stage,
  count: number,
): Promise<string[]> {
  const { discord, providers } = testbed;
  if (count === 0) return [];
  providers.knobs.jimmy.taskMs = Infinity;
  const calls = await Promise.all(
    Array.from({ length: count }, async () => {
      const options = { prompt: prompt('too slow'), model: ANY_MODEL };
      const call = await member('en-US').slash(discord.channelId, 'video', options);
      await call.waitFor(({ text }) => text.includes('Generating'));
      return call;
    }),
  );
  discord.advance(61 * MINUTE_MS);
  await privateAnswer(await member('en-US').slash(discord.channelId, 'quota show'));
  await Promise.all(calls.map(async (call) => endedMessage(testbed, call)));
  providers.knobs.jimmy.taskMs = 0;
  return Promise.all(calls.map(async (call) => taskIdOf(testbed, call)));
}

async function askForPrices({ admin }: Stage): Promise<void> {
  const asking = admin('en-US', { guildId: ASKING_GUILD });
  await privateAnswer(
    await asking.slash(ASKING_CHANNEL, 'settings set money', { confirm_above: '0.01' }),
  );
}

/** A member of the server that asks. */
export function askedMember({ member }: Stage, locale: Locale): MemberActor {
  return member(locale, { guildId: ASKING_GUILD });
}

async function makeHistory({ testbed, prompt, historian }: Stage, count: number): Promise<void> {
  const { discord } = testbed;
  await Promise.all(
    Array.from({ length: count }, async () => {
      const options = { prompt: prompt('in a list'), model: ANY_MODEL };
      const call = await historian('en-US').slash(discord.channelId, 'video', options);
      await endedMessage(testbed, call);
    }),
  );
}

/** The message that replaces one that is deleted while its video is made. */
async function repostedMessage(
  { discord, providers }: BotTestbed,
  call: InteractionHandle,
): Promise<MessageView> {
  const { jimmy } = providers.knobs;
  const running = await call.waitFor(
    ({ text }) => text.includes('Generating') || /生成/u.test(text),
  );
  const ended = discord.next(
    'message-edited',
    (message) => message.text.includes(`<@${call.userId}>`) && hasClip(message),
  );
  discord.deleteMessage(running);
  jimmy.taskMs = 0;
  const message = await ended;
  jimmy.taskMs = Infinity;
  return message;
}

/** Once the form was opened, the last picture is taken where it was not yet. */
export async function untilFrameIsKept(stage: Stage, source: Source): Promise<void> {
  const media = join(stage.testbed.folder, 'media');
  const name = `${stage.taskId(source)}-last_clip_frame.kept`;
  const isKept = (): boolean =>
    existsSync(media) && readdirSync(media).some((store) => existsSync(join(media, store, name)));
  await vi.waitUntil(isKept, { timeout: 30_000 });
}
