const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** Formats as `2 minutes ago` or `in 3 hours`, in whole units of the largest that fits. */
function relativeTime(seconds: number, nowMs: number, locale: string): string {
  const distance = seconds - Math.floor(nowMs / 1000);
  const [unit, size] = UNITS.find(([, each]) => Math.abs(distance) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(
    Math.trunc(distance / size),
    unit,
  );
}

/** Formats `<t:seconds:style>`; an unknown style gives date and time, as in Discord. */
export function timestampText(
  seconds: number,
  style: string,
  { nowMs, locale }: { readonly nowMs: number; readonly locale: string },
): string {
  if (style === 'R') return relativeTime(seconds, nowMs, locale);
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return 'Invalid date';
  return new Intl.DateTimeFormat(locale, STYLES[style] ?? STYLES['f']).format(date);
}
