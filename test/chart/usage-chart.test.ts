import { describe, expect, it, vi } from 'vitest';
import { aChart } from './a-chart.ts';

// The canvas reads this when it is loaded: from here on this process has no system fonts.
vi.stubEnv('DISABLE_SYSTEM_FONTS_LOAD', '1');
const { GlobalFonts, createCanvas, loadImage } = await import('@napi-rs/canvas');
const { drawUsageChart } = await import('../../src/chart/draw-usage-chart.ts');
const { createChartRenderer } = await import('../../src/chart/render-usage-chart.ts');
const { CHART_COLOURS } = await import('../../src/chart/chart-colours.ts');

const FAMILIES_BEFORE = GlobalFonts.families.length;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** The pixels of a rectangle, as RGBA. */
  pixels(x: number, y: number, width: number, height: number): Uint8ClampedArray;
}

async function open(png: Uint8Array): Promise<Picture> {
  const image = await loadImage(Buffer.from(png));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { width, height } = image;
  return {
    width,
    height,
    pixels: (x, y, wide, high) => context.getImageData(x, y, wide, high).data,
  };
}

function countOf(pixels: Uint8ClampedArray, colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] === red && pixels[at + 1] === green && pixels[at + 2] === blue) count += 1;
  }
  return count;
}

const all = (picture: Picture): Uint8ClampedArray =>
  picture.pixels(0, 0, picture.width, picture.height);

describe('the chart of usage', () => {
  it('is a PNG of twice the layout in size, and small', async () => {
    const png = await drawUsageChart(aChart());
    const { width, height } = await open(png);
    expect({ width, height }).toEqual({ width: 1600, height: 900 });
    expect(png.length).toBeLessThan(200_000);
  });

  it('uses the font of its package, without any system font', async () => {
    expect(FAMILIES_BEFORE).toBe(0);
    for (const title of ['October 2026', '2026年10月']) {
      const lettered = await open(await drawUsageChart(aChart({ title })));
      const bare = await open(await drawUsageChart(aChart({ title: '' })));
      const ink = (picture: Picture): number =>
        countOf(picture.pixels(40, 30, 500, 70), CHART_COLOURS.title);
      expect(ink(bare)).toBe(0);
      expect(ink(lettered)).toBeGreaterThan(500);
    }
  });

  it('draws higher bars for more, and open amounts in another colour', async () => {
    const { days, ranking } = aChart();
    const blank = { settled: days.settled.map(() => 0), open: days.open.map(() => 0) };
    const noRanks = { ...ranking, labels: [], settled: [], open: [], values: [] };
    const inks = async (settled: number, opened: number) => {
      // The first day alone sets the height of the axis, so that the last one can be compared.
      const panel = {
        ...days,
        settled: [10, ...blank.settled.slice(2), settled],
        open: [...blank.open.slice(1), opened],
      };
      const picture = await open(await drawUsageChart(aChart({ days: panel, ranking: noRanks })));
      const right = picture.pixels(700, 260, 340, 640);
      return {
        settled: countOf(right, CHART_COLOURS.settled),
        open: countOf(right, CHART_COLOURS.open),
      };
    };
    const [none, some, more, opened] = [
      await inks(0, 0),
      await inks(4, 0),
      await inks(8, 0),
      await inks(4, 4),
    ];
    expect(none).toEqual({ settled: 0, open: 0 });
    expect(some.settled).toBeGreaterThan(1000);
    expect(more.settled / some.settled).toBeCloseTo(2, 1);
    expect(opened.settled / some.settled).toBeCloseTo(1, 1);
    expect(opened.open / some.settled).toBeCloseTo(1, 1);
  });

  it('is the same for the same figures and another for others', async () => {
    const [first, again, other] = await Promise.all([
      drawUsageChart(aChart()),
      drawUsageChart(aChart()),
      drawUsageChart(aChart({ axis: { locale: 'en', currency: 'CNY' } })),
    ]);
    expect(Buffer.from(again).equals(first)).toBe(true);
    expect(Buffer.from(other).equals(first)).toBe(false);
  });

  it('fills the whole card with its background', async () => {
    const picture = await open(await drawUsageChart(aChart()));
    const { width, height } = picture;
    const corners = [
      [0, 0],
      [width - 1, 0],
      [0, height - 1],
      [width - 1, height - 1],
    ] as const;
    for (const [x, y] of corners) {
      expect(countOf(picture.pixels(x, y, 1, 1), CHART_COLOURS.card)).toBe(1);
    }
    expect(countOf(all(picture), CHART_COLOURS.card)).toBeGreaterThan((width * height) / 2);
  });
});

describe('the thread that draws', () => {
  it('draws the same picture without blocking the event loop', async () => {
    const [beside, here] = await Promise.all([
      createChartRenderer()(aChart()),
      drawUsageChart(aChart()),
    ]);
    expect(Buffer.from(beside).equals(here)).toBe(true);
  });

  it('draws one after the other, each its own', async () => {
    const render = createChartRenderer();
    const charts = [aChart(), aChart({ title: 'Another month' }), aChart()];
    const drawn = await Promise.all(charts.map(render));
    const [first = '', other = '', again = ''] = drawn.map((png) =>
      Buffer.from(png).toString('hex'),
    );
    expect(again === first).toBe(true);
    expect(other === first).toBe(false);
  });

  it('rejects what is no chart, and draws the next one', async () => {
    const { title: _, ...broken } = aChart();
    const render = createChartRenderer();
    // @ts-expect-error -- what the type forbids must not hang either
    await expect(render(broken)).rejects.toBeInstanceOf(Error);
    await expect(render(aChart())).resolves.toBeInstanceOf(Uint8Array);
  });
});
