import { planWithinBudget } from '../../domain/durations/poll-budget.ts';
import { EMPTY_HISTOGRAM, histogramSchema, observe } from '../../domain/durations/histogram.ts';
import type { Finish, Histogram } from '../../domain/durations/histogram.ts';
import type { PollBounds } from '../../domain/durations/poll-plan.ts';
import { typicalDurationOf } from '../../domain/durations/typical-duration.ts';
import { findProvider } from '../../domain/routes/catalogue.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { finishOf } from '../../domain/tasks/finish.ts';
import { currentRoute, providerOfRoute } from '../../domain/tasks/plan.ts';
import type { StageOf } from '../../domain/tasks/task.ts';
import type { DurationKnowledge } from '../../domain/tasks/transitions.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { quarantineRecord } from '../records/quarantine.ts';
import type { DurationStore, VideoKind } from '../../app/ports/duration-port.ts';

export interface DurationStoreDeps {
  readonly catalogue: Catalogue;
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly bounds: PollBounds;
  /** Whether other processes use the histograms too, also of routes that this one does not know. */
  readonly isShared: () => boolean;
}

/**
 * The longest gap between two polls that still dates a finish: this many times the longest poll
 * delay, and at least `minMs` milliseconds.
 */
const MAX_GAP = { delays: 2, minMs: 10_000 };

const PREFIX = 'durations:';
function keyOf({ route, resolution, durationSeconds }: VideoKind): string {
  return `${PREFIX}${route}:${resolution}:${durationSeconds}`;
}

interface Known {
  readonly histogram: Histogram;
  /** Computed at first use. */
  knowledge?: DurationKnowledge;
}

/** Creates the store of task durations. */
export function createDurationStore(deps: DurationStoreDeps): DurationStore {
  const { catalogue, clock, bounds } = deps;
  const openedElapsed = clock.elapsed();
  const known = new Map<string, Known>();
  /** By the least time between two polls. */
  const emptyEntries = new Map<number, Known>();

  /** Whether the polls date the finish well enough: this process made the last one, and recently. */
  function isPrecise({ afterMs, byMs }: Finish, { submittedAt }: StageOf<'running'>): boolean {
    const openedAt = clock.now() - (clock.elapsed() - openedElapsed);
    const maxGapMs = Math.max(MAX_GAP.delays * bounds.maxMs, MAX_GAP.minMs);
    return submittedAt + afterMs >= openedAt && byMs - afterMs <= maxGapMs;
  }

  /** A provider's own minimum holds as far as the operator's maximum allows. */
  function boundsFor(route: string): PollBounds {
    const least = findProvider(catalogue, providerOfRoute({ route }))?.minPollMs ?? 0;
    return { ...bounds, minMs: Math.max(bounds.minMs, Math.min(least, bounds.maxMs)) };
  }

  function emptyEntryFor(minMs: number): Known {
    const entry = emptyEntries.get(minMs) ?? { histogram: EMPTY_HISTOGRAM };
    emptyEntries.set(minMs, entry);
    return entry;
  }

  function knownOf(kind: VideoKind): DurationKnowledge {
    const kindBounds = boundsFor(kind.route);
    const entry = known.get(keyOf(kind)) ?? emptyEntryFor(kindBounds.minMs);
    entry.knowledge ??= knowledgeOf(entry.histogram, kindBounds);
    return entry.knowledge;
  }

  return {
    async load() {
      for (const [key, histogram] of await readAll(deps)) known.set(key, { histogram });
    },
    of: (task) => knownOf(currentRoute(task)),
    typical: (kind) => knownOf(kind).typicalDuration,
    recordFinish(task, running) {
      const finish = finishOf(task, running, clock.now());
      if (finish === undefined || !isPrecise(finish, running)) return [];
      const key = keyOf(currentRoute(task));
      const histogram = observe(known.get(key)?.histogram ?? EMPTY_HISTOGRAM, finish);
      known.set(key, { histogram });
      return [{ key, value: histogram }];
    },
  };
}

function knowledgeOf(histogram: Histogram, bounds: PollBounds): DurationKnowledge {
  const typicalDuration = typicalDurationOf(histogram);
  const plan = planWithinBudget(histogram, bounds);
  return { plan, ...(typicalDuration === undefined ? {} : { typicalDuration }) };
}

/**
 * Reads the histograms. Those of routes that the catalogue lacks are removed, unless other processes may
 * know these routes.
 */
async function readAll(deps: DurationStoreDeps): Promise<[key: string, histogram: Histogram][]> {
  const { catalogue, records } = deps;
  const keys = await records.keysUnder(PREFIX);
  const values = await records.getMany(keys);
  const found = keys.map((key, at): StoredRecord => ({ key, value: values[at] }));
  const isShared = deps.isShared();
  const isObsolete = ({ key }: StoredRecord): boolean =>
    !isShared && !catalogue.routes.some(({ id }) => key.startsWith(`${PREFIX}${id}:`));
  await records.remove(found.filter(isObsolete).map(({ key }) => key));
  const damaged: StoredRecord[] = [];
  const read = found.flatMap((record): [string, Histogram][] => {
    if (isObsolete(record)) return [];
    const parsed = histogramSchema.safeParse(record.value);
    if (parsed.success) return [[record.key, parsed.data]];
    damaged.push(record);
    return [];
  });
  await quarantine(deps, damaged);
  return read;
}

async function quarantine(
  { records, clock, log }: DurationStoreDeps,
  damaged: readonly StoredRecord[],
): Promise<void> {
  const keys = damaged.map(({ key }) => key);
  for (const record of keys) {
    log.error({ record }, 'damaged record quarantined: task durations are collected anew');
  }
  await records.write(damaged.map((record) => quarantineRecord(record, clock.now())));
  await records.remove(keys);
}
