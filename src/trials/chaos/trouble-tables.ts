import type { FaultAction } from '../../simulators/discord/rest/faults.ts';
import type {
  ConnectionAnswer,
  CreateAnswer,
  Encoding,
  QueryAnswer,
  ResultAnswer,
  ResultUrl,
} from '../../simulators/providers/answers.ts';
import type { ProviderName } from '../../simulators/providers/dialects.ts';
import type { Weighted } from './dice.ts';

// The weights say how often each trouble comes. A provider never answers "busy" to a create that it
// accepted, because the bot cannot detect that lie.

/**
 * What every prompt asks for, after its label: words that would pause or delay a provider for
 * all members if its refusals were believed when they quote them.
 */
export const PROMPT =
  'a fox crosses the secret clearing past a sign: insufficient balance, too many requests';

/** The prompt as a refusal quotes it: in capitals, with other blanks, and cut off. */
const QUOTED_PROMPT = `"${PROMPT.toUpperCase().replaceAll(' ', '  ').slice(0, -3)}…"`;

/** The trouble in which a provider refuses a create but makes its task. The bot has to believe it. */
export const LYING_REFUSAL = 'lying-refusal';
/** Codes and texts that decide nothing at the status they come with here, but would at another. */
const RAW = {
  minusOne: { code: -1, msg: 'system error', data: null },
  lost: { error: { code: 'do_request_failed', message: 'lost', type: 'new_api_error' } },
  busy: { error: { code: 'rate_limit_exceeded', message: 'busy', type: 'new_api_error' } },
  behind: { error: { code: 502, message: 'the provider behind it did not answer' } },
} as const;

/** The answer to a create that makes its task anyway. */
function accepted(status: number, body: keyof typeof RAW): CreateAnswer {
  return { kind: 'raw', status, body: JSON.stringify(RAW[body]), accepts: true };
}

/** An answer to a create; its name appears in the round's incidents. */
export interface CreateTrouble {
  readonly name: string;
  readonly answer: CreateAnswer;
}

const named = (answer: CreateAnswer, name: string = answer.kind): CreateTrouble => ({
  name,
  answer,
});

const BOTH_CREATE_TROUBLES: Weighted<CreateTrouble> = [
  [60, named({ kind: 'ok' })],
  [6, named({ kind: 'slow', ms: 80 })],
  [3, named({ kind: 'cut', accepts: true })],
  [2, named({ kind: 'cut' })],
  [2, named({ kind: 'cut-before-reading' })],
  [2, named({ kind: 'hang', accepts: true })],
  [2, named({ kind: 'server-error', status: 502, accepts: true }, 'server-error-502')],
  [1, named({ kind: 'server-error', status: 503, accepts: true }, 'server-error-503')],
  [2, named({ kind: 'server-error', status: 500 }, 'server-error-500')],
  [1, named(accepted(500, 'minusOne'), 'server-error-minus-one')],
  [1, named(accepted(503, 'busy'), 'server-error-busy')],
  [3, named(accepted(400, 'lost'), 'lost-by-the-gateway')],
  [2, named({ kind: 'not-json', accepts: true })],
  [2, named({ kind: 'wrong-shape', accepts: true })],
  [6, named({ kind: 'rate-limited', retryAfterSeconds: 0 })],
  [2, named({ kind: 'rate-limited', retryAfterSeconds: 1 })],
  [2, named({ kind: 'refused', reason: 'the chaos does not like it' })],
  [3, named({ kind: 'refused', reason: `not allowed: ${QUOTED_PROMPT}` })],
];

export const CREATE_TROUBLES: Readonly<Record<ProviderName, Weighted<CreateTrouble>>> = {
  jimmy: [...BOTH_CREATE_TROUBLES, [4, named(accepted(200, 'minusOne'), LYING_REFUSAL)]],
  anyfast: BOTH_CREATE_TROUBLES,
  ark: [
    ...BOTH_CREATE_TROUBLES.filter(isOfNoGateway),
    // Lost more often, because it is searched for.
    [12, named({ kind: 'cut', accepts: true })],
    [6, named({ kind: 'server-error', status: 502, accepts: true }, 'server-error-502')],
  ],
  openrouter: [
    ...BOTH_CREATE_TROUBLES.filter(isOfNoGateway),
    [3, named(accepted(400, 'behind'), 'lost-by-the-gateway')],
  ],
  gpu: BOTH_CREATE_TROUBLES,
};

/** Whether no gateway of new-api is needed for it. */
function isOfNoGateway([, { name }]: Weighted<CreateTrouble>[number]): boolean {
  return name !== 'lost-by-the-gateway';
}

export const QUERY_TROUBLES: Weighted<QueryAnswer> = [
  [70, { kind: 'ok' }],
  [5, { kind: 'slow', ms: 50 }],
  [3, { kind: 'fail', reason: 'the chaos ended it' }],
  [3, { kind: 'missing' }],
  [1, { kind: 'hang' }],
  [4, { kind: 'cut' }],
  [4, { kind: 'rate-limited', retryAfterSeconds: 0 }],
  [4, { kind: 'server-error', status: 503 }],
  [3, { kind: 'not-json' }],
  [3, { kind: 'wrong-shape' }],
  [2, { kind: 'huge', bytes: 2_000_000 }],
];

/** `trap`: an address that the bot must not fetch from. */
export function resultTroubles(trap: string): Weighted<ResultAnswer> {
  return [
    [70, { kind: 'normal' }],
    [6, { kind: 'no-length' }],
    [4, { kind: 'slow', ms: 100 }],
    [6, { kind: 'status', status: 500 }],
    [6, { kind: 'cut' }],
    [2, { kind: 'status', status: 404 }],
    [2, { kind: 'not-mp4' }],
    [6, { kind: 'redirect', to: trap }],
    // Until the bot is restarted, or its stall limit.
    [1, { kind: 'silent' }],
  ];
}

export function resultUrlTroubles(trap: string): Weighted<ResultUrl> {
  return [
    [92, { kind: 'normal' }],
    [5, { kind: 'absent' }],
    [2, { kind: 'custom', url: trap }],
  ];
}

/** What becomes of a new connection to a provider; those kept warm are closed as well. */
export const CONNECTION_TROUBLES: Weighted<ConnectionAnswer> = [
  [82, { kind: 'normal' }],
  [3, { kind: 'close', afterMs: 0 }],
  [3, { kind: 'close', afterMs: 30 }],
  [3, { kind: 'reset', afterMs: 0 }],
  [3, { kind: 'reset', afterMs: 30 }],
  [6, { kind: 'cut-at-first-byte' }],
];

/** How a provider encodes its answers, although it was asked not to. */
export const ENCODINGS: Weighted<Encoding> = [
  [80, { kind: 'identity' }],
  [5, { kind: 'gzip' }],
  [5, { kind: 'br' }],
  [5, { kind: 'deflate' }],
  [5, { kind: 'deflate-raw' }],
];

/** A trouble of a request to Discord; `only` lists the kinds of requests that can have it. */
export interface DiscordTrouble {
  readonly name: string;
  readonly only?: readonly RequestKind[];
  readonly action?: FaultAction;
  /** When the bot is killed: as the request arrives, or after its effect and before the answer. */
  readonly kill?: 'before-effect' | 'after-effect';
  readonly late?: { readonly at: 'before-effect' | 'after-effect'; readonly ms: number };
}

/** The chance that a request has no trouble, from 0 to 1. A failed first answer ends most commands. */
export const SPARED_CHANCE: Readonly<Record<RequestKind, number>> = {
  callback: 0.6,
  edit: 0.4,
  upload: 0,
  'channel-edit': 0,
  post: 0,
};

/** The kinds of requests to Discord for one task. */
export type RequestKind = 'callback' | 'edit' | 'upload' | 'channel-edit' | 'post';

const answer = (
  at: 'before-effect' | 'after-effect',
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): FaultAction => ({ kind: 'answer', at, status, body, headers });

const BAD_GATEWAY = { message: 'bad gateway', code: 0 };

export const DISCORD_TROUBLES: Weighted<DiscordTrouble> = [
  [72, { name: 'none' }],
  [
    4,
    {
      name: '429',
      action: answer(
        'before-effect',
        429,
        { message: 'You are being rate limited.', retry_after: 0.05, global: false },
        { 'retry-after': '0.05', 'x-ratelimit-scope': 'user' },
      ),
    },
  ],
  [3, { name: '502-before', action: answer('before-effect', 502, BAD_GATEWAY) }],
  [3, { name: '502-after', action: answer('after-effect', 502, BAD_GATEWAY) }],
  [2, { name: 'cut-before', action: { kind: 'cut', at: 'before-effect', how: 'reset' } }],
  [3, { name: 'cut-after', action: { kind: 'cut', at: 'after-effect', how: 'close' } }],
  [2, { name: 'late-before', late: { at: 'before-effect', ms: 300 } }],
  [2, { name: 'late-after', late: { at: 'after-effect', ms: 300 } }],
  // Discord waits 3 s for the first answer.
  [1, { name: 'too-late', only: ['callback'], late: { at: 'before-effect', ms: 3100 } }],
  [
    4,
    {
      name: '401',
      only: ['edit', 'upload'],
      action: answer('before-effect', 401, { message: 'Invalid Webhook Token', code: 50027 }),
    },
  ],
  [
    2,
    {
      name: '413',
      only: ['upload'],
      action: answer('before-effect', 413, { message: 'Request entity too large', code: 40005 }),
    },
  ],
  [
    3,
    {
      name: 'no-attachment',
      only: ['upload', 'channel-edit'],
      action: { kind: 'drop-files', from: 'message' },
    },
  ],
  [
    2,
    {
      name: 'no-attachment-in-answer',
      only: ['upload', 'channel-edit'],
      action: { kind: 'drop-files', from: 'answer' },
    },
  ],
  [
    3,
    {
      name: 'kill-unsent',
      kill: 'before-effect',
      action: { kind: 'cut', at: 'before-effect', how: 'reset' },
    },
  ],
  [3, { name: 'kill-before', kill: 'before-effect' }],
  [5, { name: 'kill-after', kill: 'after-effect' }],
];

/** A new message is rare and must not be posted twice, so it loses its answer more often. */
export const POST_TROUBLES: Weighted<DiscordTrouble> = DISCORD_TROUBLES.map(([weight, trouble]) => {
  const hasEffect = trouble.name.endsWith('-after');
  return [hasEffect ? 6 * weight : weight, trouble] as const;
});

/** The chance that the bot is killed during a request to a provider, from 0 to 1. */
export const PROVIDER_KILL_CHANCE = {
  create: 0.08,
  query: 0.03,
  list: 0.05,
  delete: 0.05,
  result: 0.05,
  upload: 0.05,
  library: 0.08,
  other: 0,
} as const;
