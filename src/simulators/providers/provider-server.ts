import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { answerCreate } from './answer-create.ts';
import { answerModels } from './answer-models.ts';
import { answerQuery } from './answer-query.ts';
import { answerDelete, answerList } from './answer-task-calls.ts';
import { UPLOADS_PATH, answerUpload, sendUpload } from './answer-upload.ts';
import { cutAnswer } from './cut-answer.ts';
import type { Dialect } from './dialect.ts';
import { encodeResponse } from './encode-response.ts';
import { answerLibrary, libraryCallOf } from './library/answer-library.ts';
import type { ProviderKnobs } from './knob.ts';
import type { IncomingRequest, ProviderState } from './provider-state.ts';
import { findTask, RESULTS_PATH } from './provider-state.ts';
import { readBody } from './read-body.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { isAuthorized, withoutKey } from './recorded-request.ts';
import type { Reply } from './replies.ts';
import { replyToUnknownPath, sendReply } from './replies.ts';
import { sendResult } from './send-result.ts';
import { spoilConnection } from './spoil-connection.ts';
import type { SpoiltConnections } from './spoil-connection.ts';

/** A listening provider. */
export interface ProviderServer {
  readonly url: string;
  /** Closes all connections and refuses new ones until `up`. */
  readonly down: () => Promise<void>;
  /** Listens again on the same port. */
  readonly up: () => Promise<void>;
}

/** Starts one simulated provider on a free port of 127.0.0.1. */
export async function startProviderServer(state: ProviderState): Promise<ProviderServer> {
  const spoilt: SpoiltConnections = { kinds: new WeakMap(), cut: new WeakSet() };
  let connections = 0;
  const server = createServer((request, response) => {
    const { method, url = '' } = request;
    if (method === 'GET' && url.startsWith(UPLOADS_PATH)) return sendUpload(state, url, response);
    // Requests that either side cuts are normal here.
    handle(state, spoilt, request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    spoilConnection(socket, state.knobs.connection.consume({ count: connections }), spoilt);
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The provider got no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    up: () => listen(address.port),
    down: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  state: ProviderState,
  spoilt: SpoiltConnections,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? '';
  const method = request.method ?? '';
  const asked = purposeOf(state.dialect, { method, path });
  const file = asked === 'upload' ? await buffer(request) : undefined;
  const body = file?.byteLength ?? (await bodyUnlessCut(state, asked, request));
  const purpose = isForLibrary(state, { asked, method, path, body }) ? 'library' : asked;
  const recorded: RecordedRequest = {
    provider: state.dialect.name,
    purpose,
    method,
    path,
    headers: withoutKey(request.headers, state.key),
    body,
    atMs: state.now(),
    ...connectionOf(spoilt, request),
  };
  if (spoilt.cut.has(request.socket)) return;
  state.requests.push(recorded);
  if (state.requests.length > state.keepNewest) state.requests.shift();
  const baseUrl = `http://${request.headers.host ?? ''}`;
  if (purpose === 'result') {
    await answerResult(state, recorded, request.headers, response);
    return;
  }
  const reply = await decide(state, { recorded, headers: request.headers, baseUrl }, file);
  if (reply.kind === 'send') recorded.reply = { status: reply.status, body: reply.body };
  await state.beforeAnswer(recorded);
  cutAnswer(response, state.knobs.cut.consume(recorded));
  encodeResponse(response, state.knobs.encoding.consume(recorded));
  sendReply(response, reply);
}

function connectionOf(
  { kinds }: SpoiltConnections,
  { socket }: IncomingMessage,
): Pick<RecordedRequest, 'connection'> {
  const connection = kinds.get(socket);
  return connection === undefined ? {} : { connection };
}

function isForLibrary(
  state: ProviderState,
  { asked, ...request }: Parameters<typeof libraryCallOf>[1] & { readonly asked: string },
): boolean {
  return asked === 'other' && libraryCallOf(state, request) !== undefined;
}

function purposeOf(
  { createPath, queryPrefix, contentPath, upload, taskCalls, list }: Dialect,
  { method, path }: { method: string; path: string },
): RecordedRequest['purpose'] {
  const { pathname } = new URL(path, 'http://provider');
  const isTask = pathname.startsWith(queryPrefix);
  const meanings: readonly (readonly [RecordedRequest['purpose'], string, boolean])[] = [
    ['upload', 'POST', pathname === upload?.path],
    ['create', 'POST', pathname === createPath],
    ['delete', 'DELETE', taskCalls !== undefined && isTask],
    ['list', 'GET', pathname === taskCalls?.listPath],
    ['result', 'GET', pathname.startsWith(RESULTS_PATH)],
    ['result', 'GET', contentPath !== undefined && isTask && pathname.endsWith(contentPath)],
    ['other', 'GET', pathname === list?.path],
    ['query', 'GET', isTask],
  ];
  const [purpose] = meanings.find(([, by, isMeant]) => by === method && isMeant) ?? ['other'];
  return purpose;
}

const CUT_EARLY = ['create', 'query', 'list', 'delete'] as const;

function isCutBeforeReading(knobs: ProviderKnobs, purpose: RecordedRequest['purpose']): boolean {
  const knob = CUT_EARLY.find((one) => one === purpose);
  return knob !== undefined && knobs[knob].peek()?.kind === 'cut-before-reading';
}

async function bodyUnlessCut(
  { knobs }: ProviderState,
  purpose: RecordedRequest['purpose'],
  request: IncomingMessage,
): Promise<unknown> {
  return isCutBeforeReading(knobs, purpose) ? undefined : readBody(request);
}

async function decide(
  state: ProviderState,
  incoming: IncomingRequest,
  file: Uint8Array | undefined,
): Promise<Reply> {
  const { purpose } = incoming.recorded;
  const { dialect } = state;
  if (purpose === 'create') return answerCreate(state, incoming);
  if (purpose === 'query') return answerQuery(state, incoming);
  if (purpose === 'list') return answerList(state, incoming);
  if (purpose === 'delete') return answerDelete(state, incoming);
  if (purpose === 'library') return answerLibrary(state, incoming);
  if (file !== undefined) return answerUpload(state, incoming, file);
  if (incoming.recorded.path === dialect.list?.path) return answerModels(state, incoming.recorded);
  return replyToUnknownPath(dialect, incoming.recorded);
}

async function answerResult(
  state: ProviderState,
  recorded: RecordedRequest,
  headers: IncomingHttpHeaders,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(recorded.path, 'http://provider');
  const { contentPath = '' } = state.dialect;
  const isContent = !pathname.startsWith(RESULTS_PATH);
  const place = isContent ? pathname.slice(0, -contentPath.length) : pathname;
  // Only the last segment counts: folders of any name may precede it.
  const name = decodeURIComponent(place.slice(place.lastIndexOf('/') + 1));
  const task = findTask(state, recorded, name.replace(/\.(?:mp4|png)$/, ''));
  if (name.endsWith('.png')) {
    response.writeHead(task?.lastFrame === undefined ? 404 : 200, { 'content-type': 'image/png' });
    response.end(task?.lastFrame);
    return;
  }
  const answer = state.knobs.result.consume(recorded);
  recorded.answer = answer.kind;
  await state.beforeAnswer(recorded);
  if (answer.kind === 'silent') return;
  encodeResponse(response, state.knobs.encoding.consume(recorded));
  if (isContent && !isAuthorized(headers, state.key)) response.writeHead(401).end();
  else if (task?.file === undefined) response.writeHead(404).end();
  else sendResult(response, task.file, answer);
}
