import type { APIEmbed, APIModalInteractionResponseCallbackData } from 'discord.js';
import { z } from 'zod';
import { ComponentType, MessageFlags, Routes } from './discord-js.ts';
import { remember } from '../app/remember.ts';
import type { Acknowledgement } from '../app/accept/video-call.ts';
import { renderLayout } from './layout/render-layout.ts';
import { plainLayout } from './layout/plain-layout.ts';
import type { Layout, Row } from './layout/layout.ts';
import { DirectRefusal } from './rest/direct-failure.ts';
import type { ReplyFile } from './rest/multipart.ts';
import { MESSAGE_TIMEOUT_MS, UPLOAD_TIMEOUT_MS } from './rest/rest-clients.ts';
import type { RestClients } from './rest/rest-clients.ts';
import { AddressBanned } from './watched-requests.ts';

/** What the bot needs to answer an interaction. The token must not be logged. */
export interface InteractionKey {
  readonly id: string;
  readonly applicationId: string;
  readonly token: string;
  /**
   * Whether the message that was clicked, or whose component opened the form, is made of Components
   * V2; it can then be edited by them alone.
   */
  readonly isOnLayout?: boolean;
}

/** A form: a title, a custom id and up to five fields. */
export type Modal = APIModalInteractionResponseCallbackData;

/** A suggestion for an option: what is shown, and what is sent, each at most 100 characters. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** A message of text with buttons below it. */
export interface PlainMessage {
  /** At most 2000 characters. */
  readonly content: string;
  readonly embeds?: readonly APIEmbed[];
  /** At most five rows. */
  readonly rows?: readonly Row[];
  readonly files?: readonly ReplyFile[];
}

/** A message made of Components V2. */
interface LayoutMessage {
  readonly layout: Layout;
  readonly files?: readonly ReplyFile[];
}

/** A message that only the caller sees. */
export type PrivateMessage = PlainMessage | LayoutMessage;

/**
 * Discord did not accept an answer: it was too late, the interaction is gone, or Discord has a
 * problem. Not a bug of the bot, and the caller cannot be notified.
 */
export class UndeliveredReply extends Error {}

async function delivered(answering: Promise<unknown>): Promise<void> {
  try {
    await answering;
  } catch (cause) {
    throw new UndeliveredReply('Discord did not accept the answer', { cause });
  }
}

/**
 * The first answers to an interaction. All throw an UndeliveredReply if Discord does not accept
 * them.
 */
export interface Replies {
  privately(interaction: InteractionKey, message: string | PrivateMessage): Promise<void>;
  /**
   * Shows "Thinking…" to the caller only, for answers that take longer than 3 s; `finish` fills it
   * in.
   */
  deferPrivately(interaction: InteractionKey): Promise<void>;
  /** Shows a form, as the first answer to a command or a click, never to a form. */
  openModal(interaction: InteractionKey, modal: Modal): Promise<void>;
  /** Suggests values for the option that is being typed: at most 25. */
  suggest(interaction: InteractionKey, choices: readonly Choice[]): Promise<void>;
  /** Replaces the message that the component of a click, or of the form's opener, is on. */
  update(interaction: InteractionKey, message: PrivateMessage): Promise<void>;
  /** Acknowledges a click whose message is edited elsewhere. */
  deferUpdate(interaction: InteractionKey): Promise<void>;
  /** Fills in or changes the first answer while the token is valid. */
  finish(interaction: InteractionKey, message: PrivateMessage): Promise<void>;
  /**
   * Whether Discord has taken a first answer of this process, or may have: another one may have
   * answered the same interaction. Known of the last ones.
   */
  mayHaveAnswered(interaction: Pick<InteractionKey, 'id'>): boolean;
  /** Sends the public deferred reply that becomes the task's message. Does not throw. */
  deferPublicly(interaction: Pick<InteractionKey, 'id' | 'token'>): Promise<Acknowledgement>;
}

/**
 * Time limit for the answer to an acknowledgement, in milliseconds. Discord wants it within 3 s, but
 * its answer may be late.
 */
const CALLBACK_TIMEOUT_MS = 10_000;

const MESSAGE = 4;
const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
const UPDATED_MESSAGE = 7;
const SUGGESTIONS = 8;
const MODAL = 9;
const ALREADY_ACKNOWLEDGED = 40_060;

/** A message as Discord takes it. */
interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[];
  readonly components: readonly object[];
  readonly flags?: number;
  readonly attachments: readonly object[];
  readonly allowed_mentions: object;
}

const callbackAnswer = z.object({
  interaction: z.object({ response_message_id: z.string().optional() }).optional(),
  resource: z.object({ message: z.object({ id: z.string() }).optional() }).optional(),
});

/** How many interactions are remembered as answered. */
const REMEMBERED = 10_000;

type Callback = Pick<InteractionKey, 'id' | 'token'>;

/** Sends first answers, and remembers those that Discord has taken, or may have. */
function createFirstAnswers({ direct }: Pick<RestClients, 'direct'>) {
  const answered = new Map<string, true>();
  return {
    mayHaveAnswered: ({ id }: Pick<Callback, 'id'>) => answered.has(id),
    /** Discord does not limit the rate of first answers, so they have no bucket. */
    respond: async (
      { id, token }: Callback,
      body: object,
      {
        query = '',
        files,
      }: { readonly query?: string; readonly files?: readonly ReplyFile[] } = {},
    ): Promise<unknown> => {
      const route = Routes.interactionCallback(id, token) + query;
      try {
        const limitMs = CALLBACK_TIMEOUT_MS;
        const answer = await direct({ method: 'POST', route, body, files, limitMs });
        remember(answered, [id, true], REMEMBERED);
        return answer;
      } catch (cause) {
        if (classifyRefusal(cause).kind === 'unclear') remember(answered, [id, true], REMEMBERED);
        throw cause;
      }
    },
  };
}

export function createReplies({ direct }: Pick<RestClients, 'direct'>): Replies {
  const { respond, mayHaveAnswered } = createFirstAnswers({ direct });
  return {
    mayHaveAnswered,
    async privately(key, message) {
      const given = typeof message === 'string' ? { content: message } : message;
      const { flags = 0, ...body } = messageBody(given);
      const data = { ...body, flags: flags | MessageFlags.Ephemeral };
      await delivered(respond(key, { type: MESSAGE, data }, filesOf(given)));
    },
    async deferPrivately(key) {
      const data = { flags: MessageFlags.Ephemeral };
      await delivered(respond(key, { type: DEFERRED_MESSAGE, data }));
    },
    async openModal(key, modal) {
      await delivered(respond(key, { type: MODAL, data: modal }));
    },
    async suggest(key, choices) {
      await delivered(respond(key, { type: SUGGESTIONS, data: { choices } }));
    },
    async update(key, message) {
      const data = editBody(key, message);
      await delivered(respond(key, { type: UPDATED_MESSAGE, data }, filesOf(message)));
    },
    async deferUpdate(key) {
      await delivered(respond(key, { type: DEFERRED_UPDATE }));
    },
    async finish(key, message) {
      const { applicationId, token } = key;
      const route = Routes.webhookMessage(applicationId, token);
      const request = { method: 'PATCH', route, bucket: token } as const;
      const limitMs = message.files === undefined ? MESSAGE_TIMEOUT_MS : UPLOAD_TIMEOUT_MS;
      await delivered(
        direct({ ...request, body: editBody(key, message), ...filesOf(message), limitMs }),
      );
    },
    async deferPublicly(key) {
      try {
        const query = '?with_response=true';
        const answer = await respond(key, { type: DEFERRED_MESSAGE }, { query });
        const parsed = callbackAnswer.safeParse(answer).data;
        const messageId = parsed?.interaction?.response_message_id ?? parsed?.resource?.message?.id;
        return { kind: 'acknowledged', messageId };
      } catch (cause) {
        return classifyRefusal(cause);
      }
    },
  };
}

function messageBody(message: PrivateMessage): MessageBody {
  const { files = [] } = message;
  const common = {
    attachments: files.map(({ name }, id) => ({ id, filename: name })),
    allowed_mentions: { parse: [] },
  };
  if ('layout' in message) {
    const names = files.map(({ name }) => name);
    const { components } = renderLayout(message.layout, names);
    return { ...common, components, flags: MessageFlags.IsComponentsV2 };
  }
  const { content, embeds = [], rows = [] } = message;
  const components = rows.map((row) => ({ type: ComponentType.ActionRow, components: row }));
  return { ...common, content, embeds, components };
}

/** An edit also removes what the message had before. */
function editBody({ isOnLayout }: InteractionKey, message: PrivateMessage): MessageBody {
  const isLayout = 'layout' in message;
  if (!isLayout && isOnLayout !== true) return messageBody(message);
  const asLayout = isLayout ? message : { ...message, layout: plainLayout(message) };
  return { ...messageBody(asLayout), content: null, embeds: [] };
}

function filesOf({ files = [] }: PrivateMessage): { files?: readonly ReplyFile[] } {
  return files.length === 0 ? {} : { files };
}

/**
 * Only an answer from Discord itself, or a ban, which blocks every request, proves that there is no
 * reply. A missing answer proves nothing.
 */
function classifyRefusal(cause: unknown): Acknowledgement {
  if (cause instanceof AddressBanned) return { kind: 'refused', detail: 'address banned' };
  if (!(cause instanceof DirectRefusal)) {
    return { kind: 'unclear', detail: cause instanceof Error ? cause.name : 'no answer' };
  }
  const { code, status, message: detail } = cause;
  if (status < 400 || status >= 500) return { kind: 'unclear', detail };
  return { kind: code === ALREADY_ACKNOWLEDGED ? 'taken-by-another' : 'refused', detail };
}
