import type { JournalLine } from './journal-line.ts';
import type { DayNumber } from './time-zone.ts';
import { addLine, dayOfLine, emptySum, isCounted, isSettled, videosOf } from './usage-sums.ts';
import type { RunningSum, UsageSum } from './usage-sums.ts';

/** What one day, member or route used: settled, and still reserved or held. */
export interface SplitSum {
  readonly settled: UsageSum;
  readonly open: UsageSum;
}

/** What the tasks in one state used. */
export interface StateSum {
  /** The videos, released ones included, which the sum does not count. */
  readonly videos: number;
  readonly sum: UsageSum;
}

/** A month in sums: its size depends on days, members and routes, not on how many tasks it has. */
export interface MonthTally {
  readonly byState: ReadonlyMap<JournalLine['state'], StateSum>;
  readonly byDay: ReadonlyMap<DayNumber, SplitSum>;
  readonly byMember: ReadonlyMap<string, SplitSum>;
  readonly byRoute: ReadonlyMap<string, SplitSum>;
}

export interface TallyOptions {
  /** Only this member's lines; of everyone if `undefined`. */
  readonly member: string | undefined;
  /** Days are those of this time zone. */
  readonly zone: string;
  /** Of lines without a currency of their own. */
  readonly currency: string;
}

/** Adds up a month page by page, and keeps no line. */
export async function tallyMonth(
  pages: AsyncIterable<readonly JournalLine[]>,
  { member, zone, currency }: TallyOptions,
): Promise<MonthTally> {
  const dayOf = dayOfLine(zone);
  const byState = new Map<JournalLine['state'], { videos: number; readonly sum: RunningSum }>();
  const byDay: Groups<DayNumber> = new Map();
  const byMember: Groups<string> = new Map();
  const byRoute: Groups<string> = new Map();
  for await (const lines of pages) {
    for (const line of lines) {
      if (member !== undefined && line.member !== member) continue;
      const ofState = entryOf(byState, line.state, () => ({ videos: 0, sum: emptySum() }));
      ofState.videos += videosOf(line);
      if (!isCounted(line)) continue;
      const half = isSettled(line) ? 'settled' : 'open';
      const sums = [
        ofState.sum,
        entryOf(byDay, dayOf(line), emptySplit)[half],
        entryOf(byMember, line.member, emptySplit)[half],
        entryOf(byRoute, line.route, emptySplit)[half],
      ];
      for (const sum of sums) addLine(sum, line, currency);
    }
  }
  return { byState, byDay, byMember, byRoute };
}

type Groups<K> = Map<K, { readonly settled: RunningSum; readonly open: RunningSum }>;

function emptySplit() {
  return { settled: emptySum(), open: emptySum() };
}

function entryOf<K, V>(map: Map<K, V>, key: K, empty: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const entry = empty();
  map.set(key, entry);
  return entry;
}
