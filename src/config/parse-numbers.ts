import { parseMoney, type Micros } from '../domain/ledger/money.ts';
import type { Parse } from './config-fault.ts';

/** Node fires a timer of more milliseconds than this at once. */
const MAX_TIMER_MS = 2_147_483_647;

const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

interface IntervalRule {
  /** Milliseconds of one unit of the setting. */
  readonly unitMs: number;
  /** In the setting's unit; absent: what a timer can wait. */
  readonly max?: number;
  readonly zeroAllowed?: boolean;
}

/** Any positive number, however small; the value is in milliseconds. */
export function parseInterval({ unitMs, max, zeroAllowed = false }: IntervalRule): Parse<number> {
  const limit = max ?? Math.floor(MAX_TIMER_MS / unitMs);
  return (text) => {
    const amount = NUMBER.test(text) ? Number(text) : Number.NaN;
    const isLargeEnough = zeroAllowed ? amount >= 0 : amount * unitMs > 0;
    if (isLargeEnough && amount <= limit) return { ok: true, value: amount * unitMs };
    const least = zeroAllowed ? 'of 0 or more' : 'above 0';
    return {
      ok: false,
      wrong: `must be a number ${least} and at most ${limit}`,
      todo: 'Correct it, or leave it out for the default',
    };
  };
}

/** A whole number within bounds, both included. */
export function parseWhole(bounds: { readonly min: number; readonly max: number }): Parse<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= bounds.min && value <= bounds.max) return { ok: true, value };
    return {
      ok: false,
      wrong: `must be a whole number from ${bounds.min} to ${bounds.max}`,
      todo: 'Correct it, or leave it out for the default',
    };
  };
}

/** An amount of the price list's currency above zero. */
export const parseBudget: Parse<Micros> = (text) => {
  const micros = parseMoney(text);
  if (micros !== undefined && micros > 0n) return { ok: true, value: micros };
  return {
    ok: false,
    wrong: 'must be an amount above 0 with at most 6 decimals, such as 25.50',
    todo: 'Correct it, or leave it out for no ceiling',
  };
};
