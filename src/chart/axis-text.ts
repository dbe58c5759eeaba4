import type { UsageChart } from './usage-chart.ts';

/** Formats axis values compactly: `$0.0005`, `$1.2K`. */
export function axisText({ locale, currency }: UsageChart['axis']): (value: number) => string {
  const format = new Intl.NumberFormat(locale, {
    notation: 'compact',
    maximumSignificantDigits: 3,
    ...(currency === undefined ? {} : { style: 'currency', currency }),
  });
  return (value) => format.format(value);
}

/** Formats an amount for the chart, which has no room for millionths: `$91.42`, `$0.00012`. */
export function roundedText({ locale, currency }: UsageChart['axis'], amount: number): string {
  const unit = currency === undefined ? {} : { style: 'currency' as const, currency };
  const isTiny = amount > 0 && amount < 0.01;
  const digits = isTiny ? { maximumSignificantDigits: 2 } : {};
  return new Intl.NumberFormat(locale, { ...unit, ...digits }).format(amount);
}
