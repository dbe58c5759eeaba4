/** The month of an instant in a time zone, as `2026-11`. */
export function monthLabel(instantMs: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'iso8601',
    year: 'numeric',
    month: '2-digit',
  }).formatToParts(instantMs);
  const part = (type: 'year' | 'month'): string =>
    parts.find((known) => known.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}`;
}
