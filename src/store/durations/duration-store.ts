import { planWithinBudget } from '../../domain/durations/poll-budget.ts';
import { EMPTY_HISTOGRAM, histogramSchema, observe } from '../../domain/durations/histogram.ts';
import type { Finish, Histogram } from '../../domain/durations/histogram.ts';
import type { PollBounds } from '../../domain/durations/poll-plan.ts';
import { typicalDurationOf } from '../../domain/durations/typical-duration.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { finishOf } from '../../domain/tasks/finish.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import type { Planned } from '../../domain/tasks/plan.ts';
import type { StageOf } from '../../domain/tasks/task.ts';
import type { DurationKnowledge } from '../../domain/tasks/transitions.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { quarantineRecord } from '../records/quarantine.ts';
import type { DurationStore } from '../../app/ports/duration-port.ts';

export interface DurationStoreDeps {
  readonly catalogue: Catalogue;
  readonly records: RecordStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly bounds: PollBounds;
}

/** A gap between two looks of this many longest waits tells nothing; in milliseconds at least. */
const MAX_GAP = { waits: 2, leastMs: 10_000 };

const PREFIX = 'durations:';
function keyOf(task: Planned): string {
  const { route, resolution, durationSeconds } = currentRoute(task);
  return `${PREFIX}${route}:${resolution}:${durationSeconds}`;
}

interface Known {
  readonly histogram: Histogram;
  /** Made when it is first asked for. */
  experience?: DurationKnowledge;
}

export function createDurationStore(deps: DurationStoreDeps): DurationStore {
  const { clock, bounds } = deps;
  const openedElapsed = clock.elapsed();
  const known = new Map<string, Known>();
  const nothing: Known = { histogram: EMPTY_HISTOGRAM };

  /** What was last looked at by an earlier process, or long ago, was not looked at in time. */
  function isTelling({ afterMs, byMs }: Finish, { submittedAt }: StageOf<'running'>): boolean {
    const openedAt = clock.now() - (clock.elapsed() - openedElapsed);
    const longest = Math.max(MAX_GAP.waits * bounds.maxMs, MAX_GAP.leastMs);
    return submittedAt + afterMs >= openedAt && byMs - afterMs <= longest;
  }

  return {
    async load() {
      for (const [key, histogram] of await readAll(deps)) known.set(key, { histogram });
    },
    of(task) {
      const kind = known.get(keyOf(task)) ?? nothing;
      kind.experience ??= experienceOf(kind.histogram, bounds);
      return kind.experience;
    },
    recordFinish(task, running) {
      const finish = finishOf(task, running, clock.now());
      if (finish === undefined || !isTelling(finish, running)) return [];
      const key = keyOf(task);
      const histogram = observe((known.get(key) ?? nothing).histogram, finish);
      known.set(key, { histogram });
      return [{ key, value: histogram }];
    },
  };
}

function experienceOf(histogram: Histogram, bounds: PollBounds): DurationKnowledge {
  const typicalDuration = typicalDurationOf(histogram);
  const plan = planWithinBudget(histogram, bounds);
  return { plan, ...(typicalDuration === undefined ? {} : { typicalDuration }) };
}

/** What the store has of the routes that there are; those of others are removed. */
async function readAll(deps: DurationStoreDeps): Promise<[key: string, histogram: Histogram][]> {
  const { catalogue, records } = deps;
  const keys = await records.keysUnder(PREFIX);
  const values = await records.getMany(keys);
  const found = keys.map((key, at): StoredRecord => ({ key, value: values[at] }));
  const isGone = ({ key }: StoredRecord): boolean =>
    !catalogue.routes.some(({ id }) => key.startsWith(`${PREFIX}${id}:`));
  await records.remove(found.filter(isGone).map(({ key }) => key));
  const damaged: StoredRecord[] = [];
  const read = found.flatMap((record): [string, Histogram][] => {
    if (isGone(record)) return [];
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
    log.error({ record }, 'damaged record set aside: how long such tasks take is learnt anew');
  }
  await records.write(damaged.map((record) => quarantineRecord(record, clock.now())));
  await records.remove(keys);
}
