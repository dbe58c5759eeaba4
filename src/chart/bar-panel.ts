import { createCanvas } from '@napi-rs/canvas';
import type { Canvas } from '@napi-rs/canvas';
import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js';
import type { ChartConfiguration } from 'chart.js';
import { CHART_COLOURS } from './chart-colours.ts';
import { CHART_FAMILY } from './chart-font.ts';
import type { ChartPanel } from './usage-chart.ts';

/** Image pixels per layout pixel. */
export const PIXEL_RATIO = 2;

const LABEL_SIZE = 15;
const FONT = { family: CHART_FAMILY, size: LABEL_SIZE };
const LETTERING = `${LABEL_SIZE}px "${CHART_FAMILY}"`;

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

type BarConfiguration = ChartConfiguration<'bar', number[], string>;

/** Draws vertical bars with their own axis. */
export function drawDayPanel(
  panel: ChartPanel,
  size: PanelSize,
  axisText: (value: number) => string,
): Canvas {
  const hasFractions = [...panel.settled, ...panel.open].some((value) => !Number.isInteger(value));
  return drawBars(size, {
    type: 'bar',
    data: barData(panel),
    options: {
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: CHART_COLOURS.grid },
          ticks: { color: CHART_COLOURS.label, font: FONT, maxRotation: 0, autoSkipPadding: 10 },
        },
        y: {
          stacked: true,
          beginAtZero: true,
          grid: { color: CHART_COLOURS.grid },
          border: { display: false },
          ticks: {
            color: CHART_COLOURS.label,
            font: FONT,
            maxTicksLimit: 6,
            ...(hasFractions ? {} : { precision: 0 }),
            callback: (value) => axisText(Number(value)),
          },
        },
      },
    },
  }).picture;
}

/** Draws horizontal bars, each with its value at the end instead of an axis. */
export function drawRankingPanel(
  panel: ChartPanel & { readonly values: readonly string[] },
  size: PanelSize,
): Canvas {
  const measuring = createCanvas(1, 1).getContext('2d');
  measuring.font = LETTERING;
  const widest = Math.max(0, ...panel.values.map((text) => measuring.measureText(text).width));
  const { picture, ends } = drawBars(size, {
    type: 'bar',
    data: barData(panel),
    options: {
      indexAxis: 'y',
      layout: { padding: { right: widest + 10 } },
      scales: {
        x: { stacked: true, beginAtZero: true, display: false },
        y: {
          stacked: true,
          grid: { display: false },
          border: { display: false },
          ticks: { color: CHART_COLOURS.label, font: FONT, autoSkip: false },
        },
      },
    },
  });
  const context = picture.getContext('2d');
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  context.font = LETTERING;
  context.fillStyle = CHART_COLOURS.title;
  context.textBaseline = 'middle';
  for (const [index, { x, y }] of ends.entries()) {
    context.fillText(panel.values[index] ?? '', x + 6, y);
  }
  return picture;
}

function barData({ labels, settled, open }: ChartPanel): BarConfiguration['data'] {
  const shape = { maxBarThickness: 26, categoryPercentage: 0.85, barPercentage: 0.9 };
  return {
    labels: [...labels],
    datasets: [
      { data: [...settled], backgroundColor: CHART_COLOURS.settled, ...shape },
      { data: [...open], backgroundColor: CHART_COLOURS.open, ...shape },
    ],
  };
}

interface Bars {
  readonly picture: Canvas;
  /** The end of each stack of bars, in layout pixels. */
  readonly ends: readonly { readonly x: number; readonly y: number }[];
}

/** Draws the bars and keeps only the picture of the chart. */
function drawBars({ width, height }: PanelSize, { options, ...bars }: BarConfiguration): Bars {
  Chart.register(BarController, BarElement, CategoryScale, LinearScale);
  const canvas = createCanvas(width, height);
  const chart = new Chart(canvas, {
    ...bars,
    options: { ...options, animation: false, responsive: false, devicePixelRatio: PIXEL_RATIO },
  });
  const picture = createCanvas(canvas.width, canvas.height);
  picture.getContext('2d').drawImage(canvas, 0, 0);
  const stacks = chart.getSortedVisibleDatasetMetas().map(({ data }) => data);
  const ends = (stacks[0] ?? []).map(({ y }, index) => ({
    x: Math.max(...stacks.map((bar) => bar[index]?.x ?? 0)),
    y,
  }));
  // This also clears the chart's canvas, hence the copy.
  chart.destroy();
  return { picture, ends };
}
