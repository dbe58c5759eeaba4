import { createDeferred } from '../deferred.ts';
import { matchPath } from './path-pattern.ts';
import type { ApiRequest } from './request.ts';

/** Before the request has any effect, or after it has and before the answer. */
export type FaultMoment = 'before-effect' | 'after-effect';

export type FaultAction =
  | {
      readonly kind: 'answer';
      readonly at?: FaultMoment;
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** `close` ends the connection in order, `reset` sends a TCP RST. */
  | { readonly kind: 'cut'; readonly at: FaultMoment; readonly how?: 'close' | 'reset' }
  /** Never answers. */
  | { readonly kind: 'hang'; readonly at: FaultMoment }
  /** Waits for `release()`, then goes on as if nothing had been. */
  | { readonly kind: 'hold'; readonly at: FaultMoment }
  /** 200, but the attachments are missing: in the message itself, or in the answer alone. */
  | { readonly kind: 'drop-files'; readonly from: 'message' | 'answer' };

interface FaultRule {
  readonly name?: string;
  readonly method?: string;
  /** `/webhooks/:app/:token/messages/:message`, or a RegExp on the path below `/api/v10`. */
  readonly route?: string | RegExp;
  readonly when?: (request: ApiRequest) => boolean;
  /** How many requests it meets; default 1. */
  readonly times?: number;
  readonly action: FaultAction;
}

export interface Fault {
  readonly name: string;
  readonly action: FaultAction;
  hits(): number;
  /** Resolves when the first request is met. */
  readonly reached: Promise<void>;
  /** Lets every held request go on, now and later. */
  release(): void;
  remove(): void;
  /** Resolves at `release`; used by the server. */
  readonly released: Promise<void>;
}

export interface Faults {
  add(rule: FaultRule): Fault;
  /** Removes all, and releases what is held. */
  clear(): void;
}

export interface FaultList extends Faults {
  /** The first rule that wants this request, counted; or undefined. */
  take(request: ApiRequest): Fault | undefined;
}

/** A 429 as Discord writes it. */
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
 * What Cloudflare, which stands before Discord, says of a banned address: 1015 as text, or a page.
 * `retryAfter`: seconds or a date; absent: it does not say.
 */
export function addressBanned(options: {
  readonly status: 403 | 429;
  readonly retryAfter?: string;
  readonly contentType?: string;
  /** When Cloudflare says that it answers; absent: now. */
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
  left: number;
  hits: number;
  readonly reach: () => void;
}

function wants(rule: FaultRule, request: ApiRequest): boolean {
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

/** Faults on demand, in the order in which they were added. */
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
        entry.left = 0;
      },
    };
    const entry: Entry = { rule, fault, left: rule.times ?? 1, hits: 0, reach: reached.resolve };
    entries.push(entry);
    return fault;
  }

  return {
    add,
    take(request) {
      const entry = entries.find(
        (candidate) => candidate.left > 0 && wants(candidate.rule, request),
      );
      if (entry === undefined) {
        return undefined;
      }
      entry.left -= 1;
      entry.hits += 1;
      entry.reach();
      return entry.fault;
    },
    clear() {
      for (const entry of entries) {
        entry.left = 0;
        entry.fault.release();
      }
      entries.length = 0;
    },
  };
}
