import { monthLabel } from '../../domain/ledger/month-label.ts';

const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** The requested month, or the zone's current one; `undefined` if the value is not a month. */
export function readMonth(value: unknown, nowMs: number, zone: string): string | undefined {
  if (value === undefined) return monthLabel(nowMs, zone);
  if (typeof value !== 'string') return undefined;
  const month = value.trim();
  return MONTH.test(month) ? month : undefined;
}

/** The start of a month in UTC, for counting its days. */
export function monthStartUtc(month: string): Date {
  return new Date(`${month}-01T00:00:00Z`);
}

/** `November 2026` */
export function monthName(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return format.format(monthStartUtc(month));
}
