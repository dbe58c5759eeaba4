import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyAddressBan, MAX_BAN_MS, DEFAULT_BAN_MS } from '../../src/discord/address-ban.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const TEXT_1015 = 'error code: 1015';
const PAGE = '<!DOCTYPE html><title>Access denied</title>';
const JSON_1015 = JSON.stringify({
  type: 'https://developers.cloudflare.com/errors/1015/',
  title: 'Error 1015: You are being rate limited',
  status: 429,
  error_code: 1015,
  cloudflare_error: true,
  retry_after: 30,
});

function judge(status: number, body: string, headers: Record<string, string> = {}) {
  return classifyAddressBan({ status, body, headers: new Headers(headers) }, NOW);
}

describe('a ban of the address', () => {
  it.each<[string, 403 | 429, string, Record<string, string>]>([
    ['1015 as text', 429, TEXT_1015, { 'content-type': 'text/plain' }],
    ['1015 that claims to be JSON', 429, TEXT_1015, { 'content-type': 'application/json' }],
    ['1015 as JSON of Cloudflare', 429, JSON_1015, { 'content-type': 'application/json' }],
    ['1015 in a page', 429, '<title>Error 1015 | discord.com</title>', {}],
    ['1015 in a message', 429, '{"message":"error code: 1015","retry_after":9}', {}],
    ['a 429 without a body', 429, '', {}],
    ['a 429 page', 429, PAGE, { 'content-type': 'text/html' }],
    ['a 429 whose JSON has no wait time', 429, '{}', {}],
    ['a 429 that is a JSON text', 429, '"slow down"', {}],
    ['a 403 page', 403, PAGE, { 'content-type': 'text/html' }],
    ['a 403 page that claims to be JSON', 403, PAGE, { 'content-type': 'application/json' }],
    ['a 403 without a body', 403, '', {}],
    ['a 403 as JSON of Cloudflare', 403, '{"error_code":1020,"cloudflare_error":true}', {}],
  ])('is %s', (_what, status, body, headers) => {
    expect(judge(status, body, headers)).toEqual({ status, waitMs: DEFAULT_BAN_MS });
  });

  it.each<[string, number, string, Record<string, string>]>([
    [
      'a limit',
      429,
      '{"message":"You are being rate limited.","retry_after":1,"global":false}',
      {},
    ],
    ['a limit by its headers alone', 429, '', { 'x-ratelimit-scope': 'shared' }],
    ['a permission that is missing', 403, '{"message":"Missing Access","code":50001}', {}],
    ['a refused token', 401, '{"message":"401: Unauthorized","code":0}', {}],
    ['a page with another status', 503, PAGE, {}],
    ['an answer', 200, '[]', {}],
  ])('is not %s of Discord', (_what, status, body, headers) => {
    expect(judge(status, body, headers)).toBeUndefined();
  });

  const waitOf = (retryAfter: string, more: Record<string, string> = {}): number | undefined =>
    judge(429, TEXT_1015, { 'retry-after': retryAfter, ...more })?.waitMs;

  it.each<[string, number]>([
    ['3600', 3_600_000],
    ['1', 1000],
    ['0.5', 500],
    // Ten days are capped at one.
    ['864000', MAX_BAN_MS],
    ['99999999999999999999', MAX_BAN_MS],
    [new Date(NOW + 600_000).toUTCString(), 600_000],
    [new Date(NOW + 10 * MAX_BAN_MS).toUTCString(), MAX_BAN_MS],
    // Without a usable wait time it is an hour.
    ['', DEFAULT_BAN_MS],
    ['0', DEFAULT_BAN_MS],
    ['-5', DEFAULT_BAN_MS],
    ['soon', DEFAULT_BAN_MS],
    [new Date(NOW - 1000).toUTCString(), DEFAULT_BAN_MS],
  ])('with Retry-After %j is waited for %i ms', (retryAfter, waitMs) => {
    expect(waitOf(retryAfter)).toBe(waitMs);
  });

  it('with a date is measured by the sender’s clock', () => {
    const date = new Date(NOW + 500_000_000).toUTCString();
    const until = new Date(NOW + 500_060_000).toUTCString();
    expect(waitOf(until, { date })).toBe(60_000);
  });

  it('lasts some time and never more than a day, whatever the answer contains', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]*$/), fc.string({ unit: 'binary' }), (text, body) => {
        const ban = judge(429, `${TEXT_1015} ${body}`, { 'retry-after': text });
        expect(ban?.waitMs).toBeGreaterThan(0);
        expect(ban?.waitMs).toBeLessThanOrEqual(MAX_BAN_MS);
      }),
    );
  });
});
