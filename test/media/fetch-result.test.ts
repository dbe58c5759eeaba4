import { describe, expect, it } from 'vitest';
import {
  classifyStatus,
  parseContentLength,
  parseRetryAfter,
  parseWholeRange,
} from '../../src/media/fetch-result.ts';

describe('judgeStatus', () => {
  it.each([
    ...[200, 203, 204].map((status) => [status, 'judge-body'] as const),
    ...[400, 401, 403, 404, 405, 410, 416, 451].map((status) => [status, 'gone'] as const),
    ...[202, 206, 300, 304, 408, 425, 429, 500, 502, 503, 504, 522].map(
      (status) => [status, 'try-again'] as const,
    ),
  ])('takes %i for %s', (status, verdict) => {
    expect(classifyStatus(status)).toBe(verdict);
  });
});

describe('parseRetryAfter', () => {
  const nowMs = Date.UTC(2026, 0, 1);

  it.each([
    ['0', 0],
    ['120', 120_000],
    ['Thu, 01 Jan 2026 00:01:30 GMT', 90_000],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    [undefined, undefined],
    ['', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['9999999999', undefined],
    ['soon', undefined],
  ])('reads %j as %j ms', (value, ms) => {
    expect(parseRetryAfter(value, nowMs)).toBe(ms);
  });
});

describe('parseContentLength', () => {
  it.each([
    ['0', 0],
    ['52428800', 52_428_800],
    [undefined, undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['12, 12', undefined],
  ])('reads %j as %j', (value, bytes) => {
    expect(parseContentLength(value)).toBe(bytes);
  });
});

describe('parseWholeRange', () => {
  it.each([
    ['bytes 0-0/1', 1],
    ['bytes 0-999/1000', 1000],
    ['Bytes 0-999/1000', 1000],
    ['bytes 0-998/1000', undefined],
    ['bytes 1-999/1000', undefined],
    ['bytes 0-1000/1000', undefined],
    ['bytes 0-999/*', undefined],
    ['bytes */1000', undefined],
    ['items 0-999/1000', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (value, bytes) => {
    expect(parseWholeRange(value)).toBe(bytes);
  });
});
