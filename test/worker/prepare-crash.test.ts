import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/tasks/task.ts';
import { LIBRARY_SETTINGS, TASK_ID, aTask, preparing } from '../fakes/a-task.ts';
import { aRequest, media } from '../fakes/a-request.ts';
import { dyingAt } from '../fakes/dying-process.ts';
import { processIn, work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const OTHER_ID = '1300000000000001002';

const toPrepare = (id: string, ...options: string[]): Task =>
  aTask({
    id,
    settings: LIBRARY_SETTINGS,
    stage: preparing(),
    secrets: { request: aRequest({ media: media(options) }) },
  });

interface Scene {
  readonly name: string;
  readonly tasks: () => Task[];
  readonly set?: (world: WorkerWorld) => void;
  /** Uploads that may be made, at most. */
  readonly maxUploads: number;
  /** How tasks may end. */
  readonly ends: readonly string[];
}

const sentOnce = ['delivered', 'outcome-unknown'];
const SCENES: readonly Scene[] = [
  {
    name: 'two media on their way into a library',
    tasks: () => [toPrepare(TASK_ID, 'image1', 'image2')],
    maxUploads: 2,
    ends: sentOnce,
  },
  {
    name: 'two tasks with the same medium',
    tasks: () => [toPrepare(TASK_ID, 'image1'), toPrepare(OTHER_ID, 'image1')],
    // The second one uploads it again where the first one has ended before it began.
    maxUploads: 2,
    ends: sentOnce,
  },
  {
    name: 'an upload whose answer was lost',
    tasks: () => [toPrepare(TASK_ID, 'image1')],
    set: ({ library }) => {
      library.uploadAnswers.push({ kind: 'lost', detail: 'cut' });
    },
    maxUploads: 1,
    ends: sentOnce,
  },
  {
    name: 'a medium that is refused',
    tasks: () => [toPrepare(TASK_ID, 'image1')],
    set: ({ library }) => {
      const refusal = { category: 'image-moderated', message: '' } as const;
      library.lookAnswers.push({ kind: 'failed', refusal }, { kind: 'failed', refusal });
    },
    maxUploads: 1,
    ends: ['media-unusable', 'delivered'],
  },
];

describe.each(SCENES)('killed with $name', ({ tasks, set, maxUploads, ends }) => {
  const instants = Array.from({ length: 90 }, (_, index) => index + 1);

  it.each(['before', 'after'] as const)(
    'at any effect, %s it took hold, it uploads once, creates once, and leaves nothing there',
    async (when) => {
      let kills = 0;
      for (const nth of instants) {
        const world = workerWorld(...tasks());
        set?.(world);
        const { guard, isDead } = dyingAt(nth, when);
        await work(world, { guard, isDead });
        if (isDead()) kills += 1;
        await work(world);
        const { library } = processIn(world);
        await library.cleaner.settled();
        await library.cleaner.sweep(new AbortController().signal);

        const at = `killed ${when} effect ${nth}`;
        expect({ at, faults: faultsOf(world, { ends, maxUploads }) }).toEqual({ at, faults: [] });
      }
      expect(kills).toBeGreaterThan(10);
      expect(kills).toBeLessThan(instants.length);
    },
  );
});

function faultsOf(
  { tasks, library, provider, assets }: WorkerWorld,
  { ends, maxUploads }: Pick<Scene, 'ends' | 'maxUploads'>,
): string[] {
  const all = [...tasks.byId.values()];
  const outcomes = all.map(({ stage }) =>
    stage.name === 'ended' ? stage.outcome.kind : stage.name,
  );
  return [
    ...outcomes.filter((outcome) => !ends.includes(outcome)).map((outcome) => `ended ${outcome}`),
    ...(provider.creates.length <= all.length ? [] : ['created twice']),
    ...(library.uploads.length <= maxUploads ? [] : [`${library.uploads.length} uploads`]),
    ...(library.there.size === 0 ? [] : ['left in the library']),
    ...(assets.byKey.size === 0 ? [] : ['still known']),
  ];
}
