import { z } from 'zod';

/**
 * Discord refused a request, or a proxy did. It names neither the request's path, which contains an
 * interaction's token, nor its body, which may contain a prompt.
 */
export class DirectRefusal extends Error {
  override readonly name = 'DirectRefusal';
  readonly status: number;
  /** Discord's code; `undefined` if the answer has none, so that it is not Discord's own. */
  readonly code: number | undefined;
  constructor(status: number, code: number | undefined, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Discord limits the rate of this request, so that it was refused or not sent. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited';
  /** `undefined` if Discord did not say how long to wait. */
  readonly retryAfterMs: number | undefined;
  constructor(retryAfterMs: number | undefined) {
    super('rate limited');
    this.retryAfterMs = retryAfterMs;
  }
}

const refusalBody = z.object({ code: z.number(), errors: z.unknown().optional() });

/** How many faults of a body are named. */
const MAX_FAULTS = 5;
/** Fields of our bodies nest less deeply. */
const MAX_DEPTH = 10;

/** The error of an answer, with the codes of its faults but none of its words, which may quote. */
export function refusalOf(status: number, body: unknown): DirectRefusal {
  const { data } = refusalBody.safeParse(body);
  if (data === undefined) return new DirectRefusal(status, undefined, `HTTP ${status}`);
  const faults = faultsIn(data.errors, '', MAX_DEPTH).slice(0, MAX_FAULTS);
  return new DirectRefusal(status, data.code, [`code ${data.code}`, ...faults].join(', '));
}

/** The faults of Discord's nested `errors`, as `data.content BASE_TYPE_MAX_LENGTH`. */
function faultsIn(errors: unknown, path: string, depth: number): string[] {
  if (typeof errors !== 'object' || errors === null || depth === 0) return [];
  return Object.entries(errors).flatMap(([key, value]: [string, unknown]) => {
    if (key !== '_errors') return faultsIn(value, path === '' ? key : `${path}.${key}`, depth - 1);
    return z
      .array(z.object({ code: z.string().regex(/^[A-Z\d_]{1,60}$/) }))
      .catch([])
      .parse(value)
      .map(({ code }) => `${path.slice(0, 100)} ${code}`);
  });
}
