import type { Choice } from '../replies.ts';

/** Discord's limit. */
export const MAX_SUGGESTIONS = 25;

/** Suggested before anything is typed: one for most of the world's people. */
const COMMON_ZONES = [
  'UTC',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Istanbul',
  'Africa/Lagos',
  'Africa/Johannesburg',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
];

/** Time zones whose name contains what is typed, those that start with it first. */
export function suggestTimeZones(typed: string, nowMs: number): Choice[] {
  const wanted = comparable(typed);
  return zonesMatching(wanted)
    .slice(0, MAX_SUGGESTIONS)
    .map((zone) => ({ name: `${zone} (${offsetOf(zone, nowMs)})`, value: zone }));
}

function zonesMatching(wanted: string): string[] {
  if (wanted === '') return COMMON_ZONES;
  const found = ['UTC', ...Intl.supportedValuesOf('timeZone')].filter((zone) =>
    comparable(zone).includes(wanted),
  );
  const rank = (zone: string): number =>
    zone.split('/').some((part) => comparable(part).startsWith(wanted)) ? 0 : 1;
  return found.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** `new york` finds `America/New_York`. */
function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '_');
}

/** `UTC+01:00` */
function offsetOf(zone: string, nowMs: number): string {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const part = format.formatToParts(nowMs).find(({ type }) => type === 'timeZoneName');
  return (part?.value ?? '').replace('GMT', 'UTC');
}
