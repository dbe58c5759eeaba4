import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { monthName, readMonth } from '../../src/discord/usage/month-option.ts';
import { reportChart } from '../../src/discord/usage/report-chart.ts';
import { reportLayout } from '../../src/discord/usage/report-layout.ts';
import { reportUsage } from '../../src/discord/usage/usage-report.ts';
import type { UsageReport } from '../../src/discord/usage/usage-report.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import type { JournalLine } from '../../src/domain/ledger/journal-line.ts';
import { tallyMonth } from '../../src/domain/ledger/month-tally.ts';
import { pagesOf } from '../fakes/pages.ts';
import { shownText } from '../fakes/shown-text.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';
import { memberHash } from '../../src/store/privacy/member-hash.ts';

const en = messagesFor('en');
const ADA = '1300000000000000020';
const BOB = '1300000000000000021';
const KEY = Buffer.alloc(32, 7);
const markOf = (member: string): string => memberHash(KEY, member).slice('deleted-'.length, 16);

const aLine = (changes: Partial<JournalLine> = {}): JournalLine => ({
  at: Date.UTC(2026, 10, 20, 12),
  task: '1300000000000000001',
  member: ADA,
  route: 'jimmy/seedance2.0-sp',
  seconds: 5,
  resolution: '720p',
  state: 'settled',
  ...changes,
});
const settled = (micros: bigint, changes: Partial<JournalLine> = {}): JournalLine =>
  aLine({ quoted: micros, settled: micros, currency: 'USD', ...changes });

const STATES = ['settled', 'held', 'reserved', 'released', 'released (assumed)'] as const;

const window = { videos: 3n, seconds: 15n, cost: 2_500_000n };
interface Wanted {
  readonly lines?: readonly JournalLine[];
  readonly member?: string;
  readonly zone?: string;
}
async function reportOf({ lines = [], member, zone = 'UTC' }: Wanted): Promise<UsageReport> {
  const currency = 'USD';
  return reportUsage({
    member,
    running: { day: window, week: window, month: window, total: { ...window, cost: 0n } },
    month: '2026-11',
    zone,
    tally: await tallyMonth(pagesOf(lines), { member, zone, currency }),
    currency,
  });
}
const ALONE = { picture: undefined, note: undefined, notes: undefined };
async function textOf(wanted: Wanted, messages = en): Promise<string> {
  const context = { messages, catalogue: CATALOGUE };
  return shownText({ layout: reportLayout(await reportOf(wanted), ALONE, context) });
}
const chartOf = async (wanted: Wanted) => reportChart(await reportOf(wanted), en);

describe('the requested month', () => {
  // 23:30 of the last of November in UTC is December in Shanghai.
  const late = Date.UTC(2026, 10, 30, 23, 30);
  it.each([
    [undefined, 'UTC', '2026-11'],
    [undefined, 'Asia/Shanghai', '2026-12'],
    ['2025-02', 'UTC', '2025-02'],
    [' 2025-02 ', 'UTC', '2025-02'],
    ['2025-13', 'UTC', undefined],
    ['2025-00', 'UTC', undefined],
    ['2025-2', 'UTC', undefined],
    ['November', 'UTC', undefined],
    ['2025-02:x', 'UTC', undefined],
    [202502, 'UTC', undefined],
  ])('%j in %s is %s', (value, zone, month) => {
    expect(readMonth(value, late, zone)).toBe(month);
  });

  it('is named in the language of the caller', () => {
    expect(monthName('2026-11', 'en')).toBe('November 2026');
    expect(monthName('2026-11', 'zh-CN')).toBe('2026年11月');
  });
});

describe('the words of usage', () => {
  it('show the current windows, and an unknown cost as unknown', async () => {
    const text = await textOf({});
    expect(text).toContain('Today: 3 videos, 15 seconds, $2.50');
    expect(text).toContain('In total: 3 videos, 15 seconds, no known price');
    expect(text).toContain('No video was requested in November 2026.');
  });

  it('show prices that are unknown beside those that are known', async () => {
    const text = await textOf({ lines: [settled(1_500_000n), aLine(), aLine({ state: 'held' })] });
    expect(text).toContain(
      '**November 2026** (UTC): 3 videos, 15 seconds, $1.50 + 2 without a known price',
    );
    expect(text).toContain('- charged: 2 videos, 10 seconds, $1.50 + 1 without a known price');
    expect(text).toContain('- unconfirmed, see `/usage holds`: 1 video, 5 seconds, no known price');
  });

  it('show what is reserved, and only the number of released videos', async () => {
    const text = await textOf({
      lines: [
        settled(1_500_000n, { state: 'reserved' }),
        settled(9n, { state: 'released' }),
        settled(9n, { state: 'released (assumed)' }),
      ],
    });
    expect(text).toContain('(UTC): 1 video, 5 seconds, $1.50\n');
    expect(text).toContain('- reserved, in progress: 1 video, 5 seconds, $1.50');
    expect(text).toContain('- not charged: 1 video\n- probably not charged: 1 video');
  });

  it('rank members by what they spent, those of deleted data by a mark', async () => {
    const text = await textOf({
      lines: [
        settled(1_000_000n),
        settled(1_000_000n),
        settled(3_000_000n, { member: BOB }),
        settled(500_000n, { member: memberHash(KEY, ADA) }),
        settled(400_000n, { member: memberHash(KEY, BOB) }),
      ],
    });
    expect(text).toContain(
      [
        `**#1** <@${BOB}>: 1 video, 5 seconds, $3.00`,
        `**#2** <@${ADA}>: 2 videos, 10 seconds, $2.00`,
        `**#3** deleted member \`${markOf(ADA)}\`: 1 video, 5 seconds, $0.50`,
        `**#4** deleted member \`${markOf(BOB)}\`: 1 video, 5 seconds, $0.40`,
      ].join('\n'),
    );
    expect(markOf(ADA)).not.toBe(markOf(BOB));
  });

  it('never add two currencies, and rank by videos where there are two', async () => {
    const text = await textOf({
      lines: [settled(9_000_000n, { member: BOB }), settled(1n, { currency: 'CNY' }), aLine()],
    });
    expect(text).toContain('$9.00 + CN¥0.000001 + 1 without a known price');
    expect(text).toContain(`**#1** <@${ADA}>: 2 videos`);
  });

  it('are about one member if one is named', async () => {
    const lines = [settled(1_000_000n), settled(3_000_000n, { member: BOB })];
    const text = await textOf({ member: ADA, lines });
    expect(text).toContain(`### Usage of <@${ADA}>`);
    expect(text).toContain('(UTC): 1 video, 5 seconds, $1.00');
    expect(text).not.toContain(BOB);
  });

  it.each(LANGUAGES)('fit into one message in %s, however much there is', async (language) => {
    const messages = messagesFor(language);
    const huge = 10n ** 20n;
    const lines = Array.from({ length: 400 }, (_, index) =>
      settled(huge, {
        member: String(1_300_000_000_000_000_000n + BigInt(index % 50)),
        route: `jimmy/a-route-of-a-long-name-${index % 30}`,
        currency: index % 2 === 0 ? 'USD' : 'CNY',
        state: STATES[Math.floor(index / 50) % STATES.length] ?? 'settled',
      }),
    );
    const text = await textOf({ lines }, messages);
    expect(text.length).toBeLessThanOrEqual(4000);
    // Of 50 members and 30 routes, ten each are listed.
    expect(text).toContain(messages.usageCommand.sum.more(40));
    expect(text).toContain(messages.usageCommand.sum.more(20));
    expect(text.match(/^\*\*#\d+\*\* /gm)).toHaveLength(20);
  });
});

describe('the picture of usage', () => {
  it('is not drawn if nothing counts', async () => {
    await expect(chartOf({})).resolves.toBeUndefined();
    await expect(chartOf({ lines: [settled(1n, { state: 'released' })] })).resolves.toBeUndefined();
  });

  it("shows what was spent on each day of the guild's calendar", async () => {
    const chart = await chartOf({
      zone: 'Asia/Shanghai',
      lines: [
        // 20:00 UTC of the 2nd is the 3rd in Shanghai.
        settled(1_500_000n, { at: Date.UTC(2026, 10, 2, 20) }),
        settled(500_000n, { at: Date.UTC(2026, 10, 3, 2) }),
        settled(250_000n, { at: Date.UTC(2026, 10, 30, 2), state: 'held' }),
      ],
    });
    expect(chart?.days.title).toBe('Spending by day');
    expect(chart?.days.labels).toEqual(Array.from({ length: 30 }, (_, index) => `${index + 1}`));
    expect(
      chart?.days.settled.map((height, index) => [index + 1, height]).filter(([, h]) => h),
    ).toEqual([[3, 2]]);
    expect(
      chart?.days.open.map((height, index) => [index + 1, height]).filter(([, h]) => h),
    ).toEqual([[30, 0.25]]);
    expect(chart?.axis).toEqual({ locale: 'en', currency: 'USD' });
  });

  it('shows how many videos were made if no price is known', async () => {
    const chart = await chartOf({
      lines: [aLine(), aLine(), aLine({ member: BOB, state: 'held' })],
    });
    expect(chart?.days.title).toBe('Videos by day');
    expect(chart?.days.settled[19]).toBe(2);
    expect(chart?.days.open[19]).toBe(1);
    expect(chart?.axis).toEqual({ locale: 'en' });
    expect(chart?.ranking).toEqual({
      title: 'Top members',
      labels: ['#1', '#2'],
      settled: [2, 0],
      open: [0, 1],
      values: ['2', '1'],
    });
  });

  it('says if a member’s prices are unknown', async () => {
    const chart = await chartOf({ lines: [settled(1_234_567n), aLine({ member: BOB })] });
    expect(chart?.ranking.values).toEqual(['$1.23', 'price unknown']);
    const tiny = await chartOf({ lines: [settled(123n)] });
    expect(tiny?.ranking.values).toEqual(['$0.00012']);
  });

  it('keeps a line that a change of zone moved just outside the month', async () => {
    const chart = await chartOf({ lines: [aLine({ at: Date.UTC(2026, 9, 31, 23) })] });
    expect(chart?.days.labels.slice(0, 2)).toEqual(['31', '1']);
    expect(chart?.days.settled[0]).toBe(1);
  });

  it('ranks the routes of one member', async () => {
    const chart = await chartOf({
      member: ADA,
      lines: [aLine(), aLine({ route: 'anyfast/seedance-2.0-mini' }), aLine({ member: BOB })],
    });
    expect(chart?.ranking).toMatchObject({ title: 'By model', labels: ['#1', '#2'] });
  });
});
