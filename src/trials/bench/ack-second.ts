import { callAtRate } from './at-rate.ts';
import type { Latencies, Rate } from './at-rate.ts';
import { startBenchTestbed } from './bench-testbed.ts';
import type { BenchTestbed } from './bench-testbed.ts';
import { medianWithSpread } from './figures.ts';
import type { Figure } from './figures.ts';
import { alternate, PAIRS, ratioOf } from './pairs.ts';
import type { Pair } from './pairs.ts';
import { callsForAll, checkAnswer, makeSource, sendSecond } from './second-calls.ts';
import type { SecondCall, Source } from './second-calls.ts';

/** Our bot polls at once while the first videos are made. */
const INSTANT = { POLL_MIN_MS: '1', POLL_MAX_MS: '1' };

const WARM_UP_PER_SECOND = 100;

/**
 * Measures the acknowledgement of what makes a second video: "Again" and "Edit" under finished
 * videos, the sent form of "Edit", and the suggestions for the model of a `/video`, in equal parts.
 * Creates are never answered once the first videos are made.
 */
export async function benchSecond(isBrief: boolean): Promise<Figure[]> {
  const rates = isBrief ? [50] : [10, 100];
  const sliceMs = isBrief ? 500 : 20_000 / PAIRS;
  let areCreatesAnswered = true;
  const beforeCreate = async (): Promise<void> =>
    areCreatesAnswered ? undefined : new Promise(() => undefined);
  const discord = { keepsBodies: true };
  const [ours, theirs] = await Promise.all([
    startBenchTestbed({ file: 'main.js', provider: { beforeCreate }, discord, env: INSTANT }),
    startBenchTestbed({ file: 'trials/bench/bare/defer.js', discord }),
  ]);
  try {
    const sources = await Promise.all(
      Array.from({ length: isBrief ? 3 : 50 }, async (_, serial) => makeSource(ours, serial)),
    );
    areCreatesAnswered = false;
    const sides = createSides(ours, theirs, sources);
    // From then on the bot knows what admins restrict in each server.
    const warmUpMs = (callsForAll(sources.length) * 1000) / WARM_UP_PER_SECOND;
    await alternate(1, sides({ perSecond: WARM_UP_PER_SECOND, forMs: warmUpMs }));
    const figures: Figure[] = [];
    for (const perSecond of rates) {
      const pairs = await alternate(isBrief ? 1 : PAIRS, sides({ perSecond, forMs: sliceMs }));
      figures.push(...figuresOf(perSecond, pairs));
    }
    return figures;
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
}

/** Both sides at a rate; numbers of interactions go on from slice to slice. */
function createSides(ours: BenchTestbed, theirs: BenchTestbed, sources: readonly Source[]) {
  const createSide = (testbed: BenchTestbed, check: (sent: SecondCall) => void) => {
    let sentSoFar = 0;
    return async (rate: Rate): Promise<Latencies> =>
      callAtRate(rate, async () => {
        const sent = sendSecond(testbed, sentSoFar, sources);
        sentSoFar += 1;
        const acknowledgedAt = await sent.call.acknowledged;
        check(sent);
        return acknowledgedAt - sent.call.sentAt;
      });
  };
  const callOurs = createSide(ours, checkAnswer);
  const callTheirs = createSide(theirs, () => undefined);
  return (rate: Rate) => ({
    ours: async () => callOurs(rate),
    theirs: async () => callTheirs(rate),
  });
}

function figuresOf(perSecond: number, pairs: readonly Pair<Latencies>[]): Figure[] {
  const name = `buttons, forms and suggestions at ${perSecond}/s`;
  const reference = 'a bot that only defers';
  return [
    {
      name: `${name}, median`,
      ...ratioOf(pairs, ({ median }) => median),
      target: 2,
      reference,
    },
    {
      name: `${name}, 99th percentile`,
      ...ratioOf(pairs, ({ p99 }) => p99),
      target: 2,
      reference,
    },
    {
      name: `${name}, 99th percentile in seconds`,
      ...medianWithSpread(pairs.map(({ ours }) => ours.p99 / 1000)),
      unit: 's',
      target: 1,
      reference: 'a third of what Discord waits',
    },
    {
      name: `${name}, slowest of all`,
      ratio: Math.max(...pairs.map(({ ours }) => ours.slowest)) / 1000,
      unit: 's',
      target: 3,
      reference: 'the time that Discord waits',
    },
  ];
}
