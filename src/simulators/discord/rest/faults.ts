import { createDeferred } from '../deferred.ts';
import { matchPath } from './path-pattern.ts';
import type { ApiRequest } from './request.ts';

/** When a fault applies: before the request takes effect, or after that but before the answer. */
export type FaultMoment = 'before-effect' | 'after-effect';

/** What a fault does to a request. */
export type FaultAction =
  | {
      readonly kind: 'answer';
      readonly at?: FaultMoment;
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Cuts the connection: `close` ends it normally, `reset` sends a TCP RST. */
  | { readonly kind: 'cut'; readonly at: FaultMoment; readonly how?: 'close' | 'reset' }
  /** Never answers. */
  | { readonly kind: 'hang'; readonly at: FaultMoment }
  /** Waits for `release()`, then continues normally. */
  | { readonly kind: 'hold'; readonly at: FaultMoment }
  /** Answers 200, but the attachments are missing in the message, or only in the answer. */
  | { readonly kind: 'drop-files'; readonly from: 'message' | 'answer' };

interface FaultRule {
  readonly name?: string;
  readonly method?: string;
  /** A pattern (`/webhooks/:app/:token`) or a RegExp, for the path below `/api/v10`. */
  readonly route?: string | RegExp;
  readonly when?: (request: ApiRequest) => boolean;
  /** How many requests it applies to. Default: 1. */
  readonly times?: number;
  readonly action: FaultAction;
}

/** An added fault. */
export interface Fault {
  readonly name: string;
  readonly action: FaultAction;
  hits(): number;
  /** Resolves when the fault applies to its first request. */
  readonly reached: Promise<void>;
  /** Lets all held requests continue, including later ones. */
  release(): void;
  remove(): void;
  /** Resolves at `release`; used by the server. */
  readonly released: Promise<void>;
}

/** The faults that tests add. */
export interface Faults {
  add(rule: FaultRule): Fault;
  /** Removes all faults and releases the held requests. */
  clear(): void;
}

/** The faults as the server reads them. */
export interface FaultList extends Faults {
  /** Returns the first fault that matches the request and counts the hit, or `undefined`. */
  match(request: ApiRequest): Fault | undefined;
}

/** Returns an action that answers 429 as Discord does. */
export function rateLimited(options: {
  readonly retryAfterSeconds: number;
  readonly global?: boolean;
  readonly scope?: 'user' | 'global' | 'shared';
}): FaultAction {
  const isGlobal = options.global ?? false;
  return {
    kind: 'answer',
    status: 429,
    body: {
      message: 'You are being rate limited.',
      retry_after: options.retryAfterSeconds,
      global: isGlobal,
    },
    headers: {
      'retry-after': String(Math.ceil(options.retryAfterSeconds)),
      'x-ratelimit-scope': options.scope ?? (isGlobal ? 'global' : 'user'),
      ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}

/**
 * Returns an action that answers as Cloudflare, in front of Discord, does for a banned IP address:
 * 429 with error 1015 as text, or 403 with a page. `retryAfter` is a number of seconds or a date.
 */
export function addressBanned(options: {
  readonly status: 403 | 429;
  readonly retryAfter?: string;
  readonly contentType?: string;
  /** The `Date` header. Default: now. */
  readonly date?: string;
}): Extract<FaultAction, { kind: 'answer' }> {
  const { status, retryAfter, date } = options;
  const isPage = status === 403;
  return {
    kind: 'answer',
    status,
    body: isPage
      ? '<!DOCTYPE html><title>Access denied | discord.com used Cloudflare to restrict access</title>'
      : 'error code: 1015',
    headers: {
      'content-type': options.contentType ?? (isPage ? 'text/html' : 'text/plain; charset=UTF-8'),
      server: 'cloudflare',
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      ...(date === undefined ? {} : { date }),
    },
  };
}

interface Entry {
  readonly rule: FaultRule;
  readonly fault: Fault;
  remaining: number;
  hits: number;
  readonly reach: () => void;
}

function matches(rule: FaultRule, request: ApiRequest): boolean {
  if (rule.method !== undefined && rule.method !== request.method) {
    return false;
  }
  if (typeof rule.route === 'string' && matchPath(rule.route, request.path) === undefined) {
    return false;
  }
  if (rule.route instanceof RegExp && !rule.route.test(request.path)) {
    return false;
  }
  return rule.when?.(request) ?? true;
}

/** Creates a list of faults; for each request, the one that was added first applies. */
export function createFaults(): FaultList {
  const entries: Entry[] = [];

  function add(rule: FaultRule): Fault {
    const reached = createDeferred();
    const released = createDeferred();
    const fault: Fault = {
      name: rule.name ?? rule.action.kind,
      action: rule.action,
      hits: () => entry.hits,
      reached: reached.promise,
      release: released.resolve,
      released: released.promise,
      remove: () => {
        entry.remaining = 0;
      },
    };
    const entry: Entry = {
      rule,
      fault,
      remaining: rule.times ?? 1,
      hits: 0,
      reach: reached.resolve,
    };
    entries.push(entry);
    return fault;
  }

  return {
    add,
    match(request) {
      const entry = entries.find(
        (candidate) => candidate.remaining > 0 && matches(candidate.rule, request),
      );
      if (entry === undefined) {
        return undefined;
      }
      entry.remaining -= 1;
      entry.hits += 1;
      entry.reach();
      return entry.fault;
    },
    clear() {
      for (const entry of entries) {
        entry.remaining = 0;
        entry.fault.release();
      }
      entries.length = 0;
    },
  };
}
