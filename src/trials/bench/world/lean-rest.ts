import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { OpenCall } from './call.ts';
import { APPLICATION_ID } from './interaction.ts';
import { messageData } from './message.ts';

/** What the REST API answers from. */
export interface LeanRestOptions {
  readonly calls: ReadonlyMap<string, OpenCall>;
  readonly gatewayUrl: () => string;
  /** The Retry-After in seconds if the edit of an interaction's message is refused; else `undefined`. */
  readonly refuseEdit?: ((interactionId: string) => number | undefined) | undefined;
  /** Keeps the bodies of a call's requests; else they are thrown away unread. */
  readonly keepsBodies?: boolean | undefined;
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
  const body = options.keepsBodies === true ? await text(request) : await thrownAway(request);
  const acknowledgedId = CALLBACK.exec(url)?.[1];
  const editedId = EDIT.exec(url)?.[1];
  options.calls.get(acknowledgedId ?? editedId ?? '')?.count(body);
  if (acknowledgedId !== undefined) return acknowledge(response, acknowledgedId, options);
  if (editedId !== undefined) return edit(request, response, editedId, options);
  if (url.includes('/gateway')) return reply(response, gatewayData(options.gatewayUrl()));
  // Asked for by a process that has no session of the gateway.
  if (url.endsWith('/applications/@me')) return reply(response, { id: APPLICATION_ID });
  // No commands are registered, and any registration is accepted.
  reply(response, []);
}

async function thrownAway(request: IncomingMessage): Promise<undefined> {
  request.resume();
  if (!request.complete) await once(request, 'end');
}

function acknowledge(response: ServerResponse, id: string, { calls }: LeanRestOptions): void {
  calls.get(id)?.acknowledge();
  reply(response, { interaction: { id, response_message_id: id } });
}

function edit(
  { headers }: IncomingMessage,
  response: ServerResponse,
  id: string,
  { calls, refuseEdit }: LeanRestOptions,
): void {
  const open = calls.get(id);
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
