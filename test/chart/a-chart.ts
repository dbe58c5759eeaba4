import type { UsageChart } from '../../src/chart/usage-chart.ts';

const DAYS = Array.from({ length: 31 }, (_, index) => index + 1);
const RANKS = Array.from({ length: 10 }, (_, index) => index + 1);

/** A full month with ten members. */
export const aChart = (changes: Partial<UsageChart> = {}): UsageChart => ({
  title: 'October 2026',
  subtitle: '120 videos, 600 seconds, $134.20',
  days: {
    title: 'Spending by day',
    labels: DAYS.map(String),
    settled: DAYS.map((day) => (day * 7) % 11),
    open: DAYS.map((day) => (day > 28 ? 2.5 : 0)),
  },
  ranking: {
    title: 'Top members',
    labels: RANKS.map((rank) => `#${rank}`),
    settled: RANKS.map((rank) => 50 / rank),
    open: RANKS.map((rank) => (rank % 3 === 0 ? 3 : 0)),
    values: RANKS.map((rank) => `$${(50 / rank).toFixed(2)}`),
  },
  legend: { settled: 'charged', open: 'reserved or unconfirmed' },
  axis: { locale: 'en', currency: 'USD' },
  ...changes,
});
