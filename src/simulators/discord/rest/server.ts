import type { IncomingMessage, ServerResponse } from 'node:http';
import type { VirtualClock } from '../clock.ts';
import { field, integerOf } from '../values.ts';
import { isCdnPath } from './cdn-route.ts';
import { showingNoFiles, withoutFiles } from './drop-files.ts';
import type { Fault, FaultAction, FaultList, FaultMoment } from './faults.ts';
import type { InvalidRequestLimit } from './invalid-requests.ts';
import { readBody } from './read-body.ts';
import type { Answer, ApiRequest, RequestLogEntry } from './request.ts';
import type { Router } from './router.ts';

export interface RequestServerParts {
  readonly clock: VirtualClock;
  readonly router: Router;
  readonly faults: FaultList;
  readonly invalidRequests: InvalidRequestLimit;
  beforeEffect(request: ApiRequest): Promise<void>;
  beforeAnswer(request: ApiRequest, answer: Answer): Promise<void>;
  /** After each answer, or when the connection ended without one. */
  log(entry: RequestLogEntry): void;
}

const API_PREFIX = /^\/api(?:\/v\d+)?(?=\/)/u;

function decoded(path: string): string {
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
    path: isCdn ? url.pathname : decoded(url.pathname.replace(API_PREFIX, '')),
    query: url.searchParams,
    headers: message.headers,
    authorization: message.headers.authorization,
    at: clock.now(),
  };
}

/** Every answer has the simulated Discord's own `Date`, unless a fault brings another one. */
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

/** The route's answer, to a request of which a fault may have dropped the files. */
function answerOf(router: Router, request: ApiRequest, action: FaultAction | undefined): Answer {
  if (action?.kind !== 'drop-files') {
    return router.answer(request);
  }
  return action.from === 'message'
    ? router.answer(withoutFiles(request))
    : showingNoFiles(router.answer(request));
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

/** What a fault makes of a request at one moment: an answer, its end, or nothing. */
async function interfere(
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

/** A bug of the simulation or of a hook must be seen in the log, not end the process. */
function confess(error: unknown): Answer {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: { message: `the simulation failed: ${told}`, code: 0 } };
}

/** Reads, meets faults and hooks, answers, logs: one request after the other has begun. */
export function createRequestServer(
  parts: RequestServerParts,
): (message: IncomingMessage, response: ServerResponse) => Promise<void> {
  async function decide(request: ApiRequest, fault: Fault | undefined, message: IncomingMessage) {
    await parts.beforeEffect(request);
    const early = await interfere(fault, 'before-effect', message);
    if (early !== undefined) {
      return early;
    }
    const answer = answerOf(parts.router, request, fault?.action);
    await parts.beforeAnswer(request, answer);
    return (await interfere(fault, 'after-effect', message)) ?? answer;
  }

  return async (message, response) => {
    let request: ApiRequest;
    try {
      request = await readRequest(message, parts.clock);
    } catch {
      // The client left in the middle of its body: nobody is there to be answered.
      message.socket.destroy();
      return;
    }
    // The CDN is another host.
    const ban = isCdnPath(request.path) ? undefined : parts.invalidRequests.ban();
    const fault = ban === undefined ? parts.faults.take(request) : undefined;
    const outcome = ban ?? (await decide(request, fault, message).catch(confess));
    if (outcome === 'ended') {
      parts.log(logEntry(request, 0, undefined, fault));
      return;
    }
    if (ban === undefined) {
      parts.invalidRequests.count(outcome);
    }
    send(response, request, outcome, parts.clock);
    parts.log(logEntry(request, outcome.status, outcome, fault));
  };
}
