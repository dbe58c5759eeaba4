import type { IncomingMessage, ServerResponse } from 'node:http';
import type { VirtualClock } from '../clock.ts';
import { field, integerOf } from '../values.ts';
import { isCdnPath } from './cdn-route.ts';
import { answerWithoutFiles, requestWithoutFiles } from './drop-files.ts';
import type { Fault, FaultAction, FaultList, FaultMoment } from './faults.ts';
import type { InvalidRequestLimit } from './invalid-requests.ts';
import { readBody } from './read-body.ts';
import type { Answer, ApiRequest, RequestLogEntry } from './request.ts';
import type { Router } from './router.ts';

/** The options of the request server. */
export interface RequestServerOptions {
  readonly clock: VirtualClock;
  readonly router: Router;
  readonly faults: FaultList;
  readonly invalidRequests: InvalidRequestLimit;
  beforeEffect(request: ApiRequest): Promise<void>;
  beforeAnswer(request: ApiRequest, answer: Answer): Promise<void>;
  /** Called after each answer, or when the connection ended without one. */
  log(entry: RequestLogEntry): void;
}

const API_PREFIX = /^\/api(?:\/v\d+)?(?=\/)/u;

function decodePath(path: string): string {
  return path
    .split('/')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    })
    .join('/');
}

async function readRequest(message: IncomingMessage, clock: VirtualClock): Promise<ApiRequest> {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const isCdn = isCdnPath(url.pathname);
  const body = await readBody(message);
  return {
    ...body,
    method: message.method ?? 'GET',
    path: isCdn ? url.pathname : decodePath(url.pathname.replace(API_PREFIX, '')),
    query: url.searchParams,
    headers: message.headers,
    authorization: message.headers.authorization,
    at: clock.now(),
  };
}

/** Sends an answer; its `Date` is the virtual time, unless a fault sets another. */
function send(
  response: ServerResponse,
  request: ApiRequest,
  answer: Answer,
  clock: VirtualClock,
): void {
  const { body } = answer;
  const headers = { date: new Date(clock.now()).toUTCString(), ...answer.headers };
  if (body === undefined) {
    response.writeHead(answer.status, headers).end();
    return;
  }
  const isBytes = body instanceof Uint8Array;
  const isRaw = typeof body === 'string' || isBytes;
  const bytes = isBytes ? body : Buffer.from(isRaw ? body : JSON.stringify(body));
  response.writeHead(answer.status, {
    ...(isRaw ? {} : { 'content-type': 'application/json' }),
    'content-length': bytes.byteLength,
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function cut(message: IncomingMessage, how: 'close' | 'reset' | undefined): void {
  if (how === 'reset') {
    message.socket.resetAndDestroy();
  } else {
    message.socket.destroy();
  }
}

function momentOf(action: FaultAction): FaultMoment | undefined {
  return action.kind === 'drop-files' ? undefined : (action.at ?? 'before-effect');
}

/** Returns the route's answer; a `drop-files` fault removes the files before or after. */
function answerOf(router: Router, request: ApiRequest, action: FaultAction | undefined): Answer {
  if (action?.kind !== 'drop-files') {
    return router.answer(request);
  }
  return action.from === 'message'
    ? router.answer(requestWithoutFiles(request))
    : answerWithoutFiles(router.answer(request));
}

function logEntry(
  request: ApiRequest,
  status: number,
  answer: Answer | undefined,
  fault: Fault | undefined,
): RequestLogEntry {
  return {
    method: request.method,
    path: request.path,
    hasAuthorization: request.authorization !== undefined,
    json: request.json,
    files: request.files.map(({ filename, bytes }) => ({ filename, size: bytes.byteLength })),
    at: request.at,
    status,
    code: status === 0 ? undefined : integerOf(field(answer?.body, 'code')),
    fault: fault?.name,
  };
}

/** Applies a fault at its moment; returns its answer, `ended`, or `undefined` to continue. */
async function applyFault(
  fault: Fault | undefined,
  moment: FaultMoment,
  message: IncomingMessage,
): Promise<Answer | 'ended' | undefined> {
  if (fault === undefined || momentOf(fault.action) !== moment) {
    return undefined;
  }
  const { action } = fault;
  if (action.kind === 'answer') {
    const { status, body, headers = {} } = action;
    return { status, body, headers };
  }
  if (action.kind === 'hold') {
    await fault.released;
    return undefined;
  }
  if (action.kind === 'cut') {
    cut(message, action.how);
  }
  return 'ended';
}

/** Answers 500 for a bug of the simulation or a hook, which must not end the process. */
function serverError(error: unknown): Answer {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: { message: `the simulation failed: ${detail}`, code: 0 } };
}

/** Creates the HTTP handler: reads a request, applies faults and hooks, answers and logs. */
export function createRequestServer(
  options: RequestServerOptions,
): (message: IncomingMessage, response: ServerResponse) => Promise<void> {
  async function decide(request: ApiRequest, fault: Fault | undefined, message: IncomingMessage) {
    await options.beforeEffect(request);
    const early = await applyFault(fault, 'before-effect', message);
    if (early !== undefined) {
      return early;
    }
    const answer = answerOf(options.router, request, fault?.action);
    await options.beforeAnswer(request, answer);
    return (await applyFault(fault, 'after-effect', message)) ?? answer;
  }

  return async (message, response) => {
    let request: ApiRequest;
    try {
      request = await readRequest(message, options.clock);
    } catch {
      // The client disconnected while it sent the body.
      message.socket.destroy();
      return;
    }
    // The CDN is another host.
    const ban = isCdnPath(request.path) ? undefined : options.invalidRequests.ban();
    const fault = ban === undefined ? options.faults.match(request) : undefined;
    const outcome = ban ?? (await decide(request, fault, message).catch(serverError));
    if (outcome === 'ended') {
      options.log(logEntry(request, 0, undefined, fault));
      return;
    }
    if (ban === undefined) {
      options.invalidRequests.count(outcome);
    }
    send(response, request, outcome, options.clock);
    options.log(logEntry(request, outcome.status, outcome, fault));
  };
}
