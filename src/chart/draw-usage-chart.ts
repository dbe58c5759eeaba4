import { createCanvas } from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { axisText } from './axis-text.ts';
import { PIXEL_RATIO, drawDayPanel, drawRankingPanel } from './bar-panel.ts';
import { CHART_COLOURS } from './chart-colours.ts';
import { CHART_FAMILY, registerChartFont } from './chart-font.ts';
import type { UsageChart } from './usage-chart.ts';

// Discord shows a picture about 550 pixels wide, so text of size 15 appears as 10, and sharp when
// opened.
const CARD = { width: 800, height: 450, padding: 24 };
const PANELS_TOP = 132;
const PANEL_HEIGHT = CARD.height - PANELS_TOP - 14;
const DAYS = { left: CARD.padding - 4, width: 484, height: PANEL_HEIGHT };
const RANKING = { left: 532, width: CARD.width - 532 - CARD.padding };
/** Fixed, so that a few bars are not spread over the full height. */
const ROW_HEIGHT = 30;

/** Draws the chart as PNG. Blocks the calling thread for tens of milliseconds. */
export async function drawUsageChart(chart: UsageChart): Promise<Uint8Array> {
  registerChartFont();
  const canvas = createCanvas(CARD.width * PIXEL_RATIO, CARD.height * PIXEL_RATIO);
  const context = canvas.getContext('2d');
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  context.fillStyle = CHART_COLOURS.card;
  context.fillRect(0, 0, CARD.width, CARD.height);
  const text = createLetterer(context);
  const wide = CARD.width - 2 * CARD.padding;
  text(chart.title, { x: CARD.padding, y: 44, size: 24, wide });
  text(chart.subtitle, { x: CARD.padding, y: 72, size: 16, wide, isMuted: true });
  text(chart.days.title, { x: CARD.padding, y: 116, size: 17, wide: 250 });
  drawLegend(context, chart.legend);
  text(chart.ranking.title, { x: RANKING.left, y: 116, size: 17, wide: RANKING.width });
  const days = drawDayPanel(chart.days, DAYS, axisText(chart.axis));
  context.drawImage(days, DAYS.left, PANELS_TOP, DAYS.width, DAYS.height);
  if (chart.ranking.labels.length > 0) {
    const height = Math.min(PANEL_HEIGHT, chart.ranking.labels.length * ROW_HEIGHT);
    const ranking = drawRankingPanel(chart.ranking, { width: RANKING.width, height });
    context.drawImage(ranking, RANKING.left, PANELS_TOP, RANKING.width, height);
  }
  return canvas.encode('png');
}

interface Lettering {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Maximum width; longer text is condensed. */
  readonly wide: number;
  readonly isMuted?: boolean;
}

function createLetterer(context: SKRSContext2D): (text: string, lettering: Lettering) => void {
  return (text, { x, y, size, wide, isMuted = false }) => {
    context.font = `${size}px "${CHART_FAMILY}"`;
    context.fillStyle = isMuted ? CHART_COLOURS.label : CHART_COLOURS.title;
    context.fillText(text, x, y, wide);
  };
}

/** Draws the legend right-aligned above the days, from right to left. */
function drawLegend(context: SKRSContext2D, legend: UsageChart['legend']): void {
  const text = createLetterer(context);
  const square = 12;
  let right = DAYS.left + DAYS.width;
  for (const kind of ['open', 'settled'] as const) {
    context.font = `14px "${CHART_FAMILY}"`;
    const { width } = context.measureText(legend[kind]);
    text(legend[kind], { x: right - width, y: 115, size: 14, wide: width, isMuted: true });
    context.fillStyle = CHART_COLOURS[kind];
    context.fillRect(right - width - square - 6, 104, square, square);
    right -= width + square + 24;
  }
}
