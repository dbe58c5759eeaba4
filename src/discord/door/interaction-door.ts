import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { DiscordTime } from '../../app/discord-time.ts';
import type { Log } from '../../app/ports/core.ts';
import { snowflakeTime } from '../../domain/tasks/snowflake.ts';
import { MINUTE_MS } from '../../domain/time-units.ts';
import { INTERACTION, interactionIdOf } from '../interaction.ts';
import { readBoundedBody } from './read-bounded-body.ts';
import { createSeenIds } from './seen-ids.ts';
import type { SeenIds } from './seen-ids.ts';
import { createSignatureCheck } from './signature-check.ts';
import type { SignatureCheck } from './signature-check.ts';

export interface InteractionDoorDeps {
  /** The application's public key: 64 hex digits. */
  readonly publicKey: string;
  /** Discord's time, which every interaction confirms. */
  readonly time: Pick<DiscordTime, 'sawInteraction' | 'isKnown' | 'now' | 'elapsed'>;
  /** Called with every interaction as Discord sent it, when its request has been answered. */
  readonly onInteraction: (raw: unknown) => void;
  readonly log: Log;
}

/** Receives interactions by HTTP. */
export interface InteractionDoor {
  /** From then on interactions are taken; before, those of Discord are answered with 503. */
  open(): void;
  /** Interactions of Discord are answered with 503 again. */
  shut(): void;
  isOpen(): boolean;
  /** Answers one request to the endpoint. Never rejects. */
  readonly serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Several times what the largest form, or a message with all its embeds, has with every sign escaped. */
const MAX_BODY_BYTES = 524_288;

/**
 * How old an interaction may be. What Discord sent more than 3 s ago cannot be answered any more, so an
 * older one is a recorded request that is sent again. The rest allows for a slow way and for what is
 * known of Discord's time, which is exact to a second or two. Its id says when it was made; a time in
 * the future is no replay: it shows that the known time is behind, and `sawInteraction` corrects it.
 */
const MAX_AGE_MS = MINUTE_MS;

/** Ids are remembered until their interaction is too old. */
const SEEN = { keepMs: 3 * MINUTE_MS, max: 100_000 } as const;

interface Answer {
  readonly status: number;
  readonly body?: object;
  /** What is begun when the answer is written. */
  readonly begin?: () => void;
}

const PONG: Answer = { status: 200, body: { type: 1 } };

/**
 * The first answer to an interaction always goes out as its own request (Interaction Callback), as
 * for interactions of the gateway. Discord's documents ask for exactly this answer then: "respond to
 * the original HTTP request with a 202 and no body" (Receiving and Responding § Interaction
 * Callback). Only a PING must be answered here (Overview § Acknowledging PING requests).
 */
const TAKEN: Answer = { status: 202 };

const refusal = (status: number, error: string): Answer => ({ status, body: { error } });
const NOT_SIGNED = refusal(401, 'invalid request signature');

/** Creates the endpoint that Discord sends interactions to. */
export function createInteractionDoor(deps: InteractionDoorDeps): InteractionDoor {
  const isSigned = createSignatureCheck(deps.publicKey);
  const seen = createSeenIds(deps.time, SEEN);
  let isOpen = false;
  return {
    open() {
      isOpen = true;
    },
    shut() {
      isOpen = false;
    },
    isOpen: () => isOpen,
    async serve(request, response) {
      const answer = await answerTo(request, { ...deps, isSigned, seen, isOpen: () => isOpen });
      if (answer === undefined) return;
      send(response, answer);
      answer.begin?.();
    },
  };
}

interface Checks extends InteractionDoorDeps {
  readonly isSigned: SignatureCheck;
  readonly seen: SeenIds;
  readonly isOpen: () => boolean;
}

/** `undefined` where the sender is gone. */
async function answerTo(request: IncomingMessage, checks: Checks): Promise<Answer | undefined> {
  if (request.method !== 'POST') return refusal(405, 'only POST');
  const body = await readBoundedBody(request, MAX_BODY_BYTES);
  if (body === 'cut') return undefined;
  // Nothing of Discord's is so large, and what is not read whole cannot be checked.
  if (body === 'too-large') return NOT_SIGNED;
  const isSigned = checks.isSigned({
    signature: headerOf(request, 'x-signature-ed25519'),
    timestamp: headerOf(request, 'x-signature-timestamp'),
    body,
  });
  if (!isSigned) return NOT_SIGNED;
  if (!checks.isOpen()) return refusal(503, 'not ready');
  if (!isJson(request)) return refusal(415, 'only application/json');
  return answerToDiscord(parse(body), checks);
}

function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
}

/** `undefined` if it was not sent. Node joins one that was sent twice with a comma. */
function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  return [headers[name]].flat()[0];
}

function isStale(id: string, { time, log }: Checks): boolean {
  const madeMs = snowflakeTime(id);
  const ageMs = time.isKnown() && madeMs > 0 ? time.now() - madeMs : 0;
  if (ageMs <= MAX_AGE_MS) return false;
  log.warn({ ageMs, interactionId: id }, 'an old interaction was sent again; nothing is done');
  return true;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

const kindSchema = z.object({ type: z.int() });

/** The answer to what Discord itself has sent. */
function answerToDiscord(raw: unknown, checks: Checks): Answer {
  const { time, seen, onInteraction, log } = checks;
  if (kindSchema.safeParse(raw).data?.type === INTERACTION.ping) return PONG;
  const id = interactionIdOf(raw);
  if (id === undefined) return refusal(400, 'no interaction');
  if (isStale(id, checks)) return TAKEN;
  time.sawInteraction(id);
  if (!seen.isNew(id)) {
    log.info({ interactionId: id }, 'an interaction arrived twice');
    return TAKEN;
  }
  return { ...TAKEN, begin: () => onInteraction(raw) };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = body === undefined ? undefined : JSON.stringify(body);
  response.writeHead(status, {
    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(text ?? ''),
    ...(status === 405 ? { allow: 'POST' } : {}),
    // A proxy that keeps the connection may send the next interaction just as it is closed.
    connection: 'close',
  });
  response.end(text);
}
