import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenCall } from './call.ts';
import { APPLICATION_ID, BOT_USER_ID } from './interaction.ts';

/** What the REST API answers from. */
export interface LeanRestOptions {
  readonly calls: ReadonlyMap<string, OpenCall>;
  readonly gatewayUrl: () => string;
  /** The Retry-After in seconds if the edit of an interaction's message is refused; else `undefined`. */
  readonly refuseEdit?: ((interactionId: string) => number | undefined) | undefined;
}

/** Find the interaction's id in a path, as itself or inside the token. */
const CALLBACK = /\/interactions\/(\d+)\//;
const EDIT = /\/webhooks\/\d+\/token-(\d+)\//;

/** Answers a bot's request once it has arrived completely. */
export async function answerLean(
  request: IncomingMessage,
  response: ServerResponse,
  options: LeanRestOptions,
): Promise<void> {
  const { url = '' } = request;
  request.resume();
  if (!request.complete) await once(request, 'end');
  const acknowledgedId = CALLBACK.exec(url)?.[1];
  const editedId = EDIT.exec(url)?.[1];
  if (acknowledgedId !== undefined) return acknowledge(response, acknowledgedId, options);
  if (editedId !== undefined) return edit(request, response, editedId, options);
  if (url.includes('/gateway')) return reply(response, gatewayData(options.gatewayUrl()));
  // No commands are registered, and any registration is accepted.
  reply(response, []);
}

function acknowledge(response: ServerResponse, id: string, { calls }: LeanRestOptions): void {
  const open = calls.get(id);
  open?.count();
  open?.acknowledge();
  reply(response, { interaction: { id, response_message_id: id } });
}

function edit(
  { headers }: IncomingMessage,
  response: ServerResponse,
  id: string,
  { calls, refuseEdit }: LeanRestOptions,
): void {
  const open = calls.get(id);
  open?.count();
  const waitSeconds = refuseEdit?.(id);
  if (waitSeconds !== undefined) return refuse(response, waitSeconds);
  const isFile = headers['content-type']?.startsWith('multipart/') === true;
  if (isFile) open?.deliver();
  open?.edit();
  reply(response, messageData(id, isFile));
}

function reply(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, waitSeconds: number): void {
  const headers = {
    'content-type': 'application/json',
    'retry-after': String(waitSeconds),
    'x-ratelimit-scope': 'user',
  };
  const body = { message: 'You are being rate limited.', retry_after: waitSeconds, global: false };
  response.writeHead(429, headers).end(JSON.stringify(body));
}

function gatewayData(url: string) {
  const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
  return { url, shards: 1, session_start_limit: limit };
}

/** The file of a message, which a bot looks for in the answer to its upload. */
const ATTACHMENT = {
  id: '1',
  filename: 'video.mp4',
  size: 50_000,
  url: 'https://cdn.test/video.mp4',
  proxy_url: 'https://cdn.test/video.mp4',
  content_type: 'video/mp4',
};

/** The fields that discord.js needs to build a message. */
function messageData(id: string, hasFile: boolean) {
  return {
    id,
    type: 0,
    channel_id: APPLICATION_ID,
    content: '',
    author: { id: BOT_USER_ID, username: 'Clapper', discriminator: '0', avatar: null },
    timestamp: '2026-01-01T00:00:00.000000+00:00',
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: hasFile ? [ATTACHMENT] : [],
    embeds: [],
    components: [],
    pinned: false,
    flags: 0,
  };
}
