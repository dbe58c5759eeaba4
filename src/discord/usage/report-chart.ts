import { roundedText } from '../../chart/axis-text.ts';
import type { UsageChart, ChartPanel } from '../../chart/usage-chart.ts';
import { DAY_MS } from '../../domain/time-units.ts';
import type { Messages } from '../messages/en.ts';
import { monthName, monthStartUtc } from './month-option.ts';
import { barHeights } from './ranking.ts';
import type { Ranked } from './ranking.ts';
import { MAX_RANKED } from './report-layout.ts';
import { figuresText } from './usage-figures.ts';
import type { UsageReport } from './usage-report.ts';

/** The chart of a report; `undefined` if the month has no counted usage. */
export function reportChart(report: UsageReport, messages: Messages): UsageChart | undefined {
  const { chart: words } = messages.usageCommand;
  const { basis, month, member, sum } = report;
  if (sum.videos === 0) return undefined;
  const axis = {
    locale: messages.locale,
    ...(basis.kind === 'spend' && basis.currency !== '' ? { currency: basis.currency } : {}),
  };
  const money = { axis, unknown: messages.money.unknown };
  return {
    title: monthName(month, messages.locale),
    subtitle: figuresText(sum, messages),
    days: dayPanel(report, basis.kind === 'spend' ? words.spendByDay : words.videosByDay),
    ranking: rankingPanel(report, money, member === undefined ? words.members : words.routes),
    legend: { settled: words.settled, open: words.open },
    axis,
  };
}

const NO_BAR = { settled: 0, open: 0 };

function dayPanel({ month, tally, basis }: UsageReport, title: string): ChartPanel {
  const days = daysOf(month, [...tally.byDay.keys()]);
  const heights = days.map((day) => {
    const ofDay = tally.byDay.get(day);
    return ofDay === undefined ? NO_BAR : barHeights(ofDay, basis);
  });
  return {
    title,
    labels: days.map((day) => String(new Date(day * DAY_MS).getUTCDate())),
    settled: heights.map(({ settled }) => settled),
    open: heights.map(({ open }) => open),
  };
}

/**
 * Every date of the month. After a change of zone, its first or last line may fall just outside.
 */
function daysOf(month: string, used: readonly number[]): number[] {
  const start = monthStartUtc(month);
  const first = start.getTime() / DAY_MS;
  const after = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1) / DAY_MS;
  const from = Math.min(first, ...used);
  const until = Math.max(after - 1, ...used);
  return Array.from({ length: until - from + 1 }, (_, index) => from + index);
}

/** The bot does not know members' names, so the bars have the rank numbers used in the text. */
function rankingPanel(
  { ranking, basis }: UsageReport,
  money: { readonly axis: UsageChart['axis']; readonly unknown: string },
  title: string,
): UsageChart['ranking'] {
  const shown = ranking.slice(0, MAX_RANKED);
  const heights = shown.map((ranked) => barHeights(ranked, basis));
  const valueOf = ({ sum }: Ranked, index: number): string => {
    if (basis.kind === 'videos') return String(sum.videos);
    const { settled = 0, open = 0 } = heights[index] ?? {};
    return sum.cost.has(basis.currency) ? roundedText(money.axis, settled + open) : money.unknown;
  };
  return {
    title,
    labels: shown.map((_, index) => `#${index + 1}`),
    settled: heights.map(({ settled }) => settled),
    open: heights.map(({ open }) => open),
    values: shown.map(valueOf),
  };
}
