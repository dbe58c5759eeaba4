import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { aRequest } from '../fakes/a-request.ts';
import { taskIdSchema } from '../../src/domain/tasks/task-id.ts';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createWorker } from '../../src/worker/worker.ts';
import {
  RESULT_URL,
  TASK_ID,
  aRefusal,
  aSubmission,
  SETTINGS,
  aTask,
  anAddress,
  delivering,
  queued,
  running,
  submitting,
  telling,
} from '../fakes/a-task.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { processIn, work, workerWorld } from '../fakes/worker-world.ts';
import type { Guard, WorkerWorld } from '../fakes/worker-world.ts';

const MINUTE = 60_000;

/** Writes as they took hold and calls as they began, in one list. */
function journal(world: WorkerWorld) {
  const entries: string[] = [];
  const guard: Guard = async (name, effect) => {
    const isWrite = ['store.create', 'store.save', 'store.end'].includes(name);
    if (!isWrite && !name.startsWith('store.')) entries.push(name);
    const answer = await effect();
    if (isWrite) entries.push(`written ${world.tasks.writes.at(-1)?.split(' ')[1]}`);
    return answer;
  };
  return { entries, guard };
}

function endOf(world: WorkerWorld, id = TASK_ID): unknown {
  const stage = world.tasks.byId.get(id)?.stage;
  return stage?.name === 'ended' ? { ...stage.outcome, notified: stage.notified } : stage;
}

const finished = (changes: Partial<Task> = {}): Task =>
  aTask({
    stage: delivering(),
    secrets: { ...aTask().secrets, resultUrl: RESULT_URL },
    ...changes,
  });

describe('a task from its place in the queue to the posted video', () => {
  it('is written before every effect, and what came of it after', async () => {
    const world = workerWorld(aTask());
    const { entries, guard } = journal(world);
    await work(world, { guard });
    const important = entries.filter((entry) => entry !== 'discord.editByToken');
    expect(important).toEqual([
      'written submitting',
      'attempts.attempt',
      'provider.create',
      'written running',
      'provider.query',
      // Brought by an edit, which a restart may repeat: `delivering` needs no commit of its own.
      'video.fetch',
      'written ended',
      'video.discard',
    ]);
    expect(entries.indexOf('written ended')).toBe(entries.lastIndexOf('discord.editByToken') + 1);
    expect(endOf(world)).toEqual({ kind: 'delivered', how: 'attachment', notified: true });
    expect(world.channel.messages).toMatchObject([{ shown: 'delivered-attachment' }]);
  });

  it('is sent to the provider as it was accepted', async () => {
    const asked = { ratio: '1:1', prompt: '"@everyone" 🎬' } as const;
    const secrets = { request: aRequest(asked), interactionToken: 'token' };
    const world = workerWorld(aTask({ secrets }));
    await work(world);
    expect(world.provider.creates).toEqual([aSubmission(asked)]);
    expect(world.provider.queries).toEqual(['p-1']);
    expect(world.video.fetched).toEqual([RESULT_URL]);
  });

  it('writes the address of the result when its first delivery takes over a second', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    const seen: unknown[] = [];
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'video.fetch') {
          seen.push(world.tasks.byId.get(TASK_ID)?.secrets.resultUrl);
          await world.clock.advance(1000);
          seen.push(world.tasks.byId.get(TASK_ID)?.secrets.resultUrl);
        }
        return effect();
      },
    });
    expect(seen).toEqual([undefined, RESULT_URL]);
    expect(world.tasks.writes).toEqual(['save delivering', 'end ended']);
  });

  it('writes the address of the result when its first delivery fails', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    world.video.answers.push({ kind: 'try-again', detail: '503' });
    await work(world);
    expect(world.tasks.writes).toEqual(['save delivering', 'end ended']);
  });

  it('writes that it is being delivered before a new message is posted', async () => {
    const address = { ...anAddress(), deliveryPath: 'repost' as const };
    const world = workerWorld(aTask({ stage: running(), address }));
    const entries: string[] = [];
    await work(world, {
      guard: async (name, effect) => {
        const answer = await effect();
        if (name === 'discord.post' || name.startsWith('store.save')) entries.push(name);
        return answer;
      },
    });
    expect(entries.slice(0, 2)).toEqual(['store.save', 'discord.post']);
  });

  it('teaches how long such tasks take in the commit that knows it finished, and only then', async () => {
    const world = workerWorld(aTask());
    world.provider.queryAnswers.push({ kind: 'pending' }, { kind: 'pending' });
    const written: [string, number][] = [];
    await work(world, {
      guard: async (name, effect) => {
        const answer = await effect();
        if (name !== 'store.save' && name !== 'store.end') return answer;
        written.push([world.tasks.writes.at(-1) ?? '', world.tasks.alongside.size]);
        return answer;
      },
    });
    expect(written).toEqual([
      ['save submitting', 0],
      ['save running', 0],
      ['end ended', 1],
    ]);
    const [[key, value] = []] = world.tasks.alongside;
    expect(key).toBe('durations:jimmy/seedance2.0-sp:720p:5');
    expect(value).toMatchObject({ finished: 1 });
  });

  it('that failed teaches nothing of how long they take', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    world.provider.queryAnswers.push({ kind: 'failed', refusal: aRefusal() });
    await work(world);
    expect(world.tasks.alongside.size).toBe(0);
  });

  it('writes a progress that only this process needs not at all', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    for (const progressPercent of [10, 20, 30]) {
      world.provider.queryAnswers.push({ kind: 'pending', progressPercent });
    }
    await work(world);
    expect(world.tasks.writes).toEqual(['end ended']);
    expect(world.channel.messages[0]?.history).toContain('running');
  });
});

describe('a create', () => {
  it('that stays busy is sent eight times, then told', async () => {
    const world = workerWorld(aTask());
    world.provider.createAnswers.push(
      ...Array.from({ length: 20 }, () => ({ kind: 'busy', detail: '429' }) as const),
    );
    await work(world);
    expect(world.provider.creates).toHaveLength(8);
    expect(endOf(world)).toEqual({ kind: 'provider-busy', notified: true });
  });

  it('is not sent again before Retry-After', async () => {
    const world = workerWorld(aTask());
    world.provider.createAnswers.push({ kind: 'busy', retryAfterMs: 90_000, detail: '429' });
    const at: number[] = [];
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'provider.create') at.push(world.clock.now() - NOON);
        return effect();
      },
    });
    expect(at).toEqual([0, 90_000]);
  });

  it('of unknown outcome is never sent again', async () => {
    const world = workerWorld(aTask());
    world.provider.createAnswers.push({ kind: 'unknown', detail: 'reset' });
    await work(world);
    expect(world.provider.creates).toHaveLength(1);
    expect(endOf(world)).toEqual({ kind: 'outcome-unknown', notified: true });
  });

  it('that breaks instead of answering is never sent again', async () => {
    const world = workerWorld(aTask());
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'provider.create') {
          await effect();
          throw new Error('bug');
        }
        return effect();
      },
    });
    expect(world.provider.creates).toHaveLength(1);
    expect(endOf(world)).toEqual({ kind: 'outcome-unknown', notified: true });
  });

  it('refused for the key pauses the provider for everybody', async () => {
    const second = { id: '1300000000000000002', address: anAddress({ messageId: undefined }) };
    const world = workerWorld(
      aTask(),
      aTask({ ...second, stage: queued({ notSent: 1, since: NOON, notBefore: NOON + 1000 }) }),
    );
    const refusal = aRefusal({ category: 'unauthorized' });
    world.provider.createAnswers.push({ kind: 'refused', refusal });
    const at: number[] = [];
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'provider.create') at.push(world.clock.now() - NOON);
        return effect();
      },
    });
    expect(at).toEqual([0, 5 * MINUTE]);
  });

  it('to a provider that refuses the account for too long ends saying so', async () => {
    const refusing = aTask();
    const late = aTask({
      id: taskIdSchema.parse('1300000000000000002'),
      address: anAddress({ messageId: undefined }),
      acceptedAt: NOON - 56 * MINUTE,
      stage: queued({ notSent: 1, since: NOON, notBefore: NOON + 1000 }),
    });
    const world = workerWorld(refusing, late);
    const refusal = aRefusal({ category: 'unauthorized' });
    world.provider.createAnswers.push({ kind: 'refused', refusal });
    await work(world);
    expect(world.provider.creates).toHaveLength(1);
    expect(endOf(world, late.id)).toMatchObject({ kind: 'provider-paused' });
  });

  it('whose answer the disk refuses to take is written when it takes it again', async () => {
    const world = workerWorld(aTask());
    let refusals = 2;
    await work(world, {
      guard: async (name, effect) => {
        const isAfterCreate = world.provider.creates.length > 0 && world.tasks.writes.length === 1;
        if (name === 'store.save' && isAfterCreate && refusals > 0) {
          refusals -= 1;
          throw new Error('disk full');
        }
        return effect();
      },
      until: () => endOf(world) !== undefined && world.tasks.writes.includes('end ended'),
    });
    expect(world.provider.creates).toHaveLength(1);
    expect(endOf(world)).toEqual({ kind: 'delivered', how: 'attachment', notified: true });
  });
});

describe('after a restart', () => {
  it.each<[string, Task, string]>([
    ['acknowledging', aTask({ stage: { name: 'acknowledging' } }), 'not-started'],
    ['submitting', aTask({ stage: submitting() }), 'outcome-unknown'],
    [
      'queued without its prompt',
      aTask({ secrets: { interactionToken: 'token' } }),
      'prompt-unreadable',
    ],
    [
      'queued for a provider that is off',
      aTask({ settings: { ...SETTINGS, route: 'anyfast/seedance-2.0-mini' } }),
      'removed-unsent',
    ],
    [
      'running on a route that no longer exists',
      aTask({ stage: running(), settings: { ...SETTINGS, route: 'jimmy/old' } }),
      'route-removed',
    ],
  ])('a task found %s is told so, and nothing is sent', async (_what, task, kind) => {
    const world = workerWorld(task);
    await work(world);
    expect(endOf(world)).toEqual({ kind, notified: true });
    expect(world.provider.creates).toEqual([]);
    expect(world.channel.messages[0]?.shown).toBe(kind);
  });

  const elsewhere = { ...SETTINGS, route: 'jimmy/of-a-newer-version' };

  it('a running task goes on whose route other processes on the store may know', async () => {
    const world = workerWorld(aTask({ stage: running(), settings: elsewhere }));
    world.mayLackRoutes = true;
    await work(world);
    expect(world.provider.queries).toEqual(['p-1']);
    expect(endOf(world)).toEqual({ kind: 'delivered', how: 'attachment', notified: true });
    expect(world.tasks.byId.get(TASK_ID)?.money).toMatchObject({ state: 'settled' });
    expect(world.notified.filter((word) => word.startsWith('held'))).toEqual([]);
  });

  it.each<[string, Task, string, string]>([
    [
      'queued for such a route',
      aTask({
        settings: elsewhere,
        stage: queued({ creates: 1 }),
        attempts: [{ route: elsewhere.route, at: NOON, outcome: 'busy' }],
      }),
      'removed-unsent',
      'released',
    ],
    [
      'running at a provider that is off',
      aTask({ stage: running(), settings: { ...SETTINGS, route: 'anyfast/seedance-2.0-mini' } }),
      'route-removed',
      'held',
    ],
  ])('a task found %s ends there, too', async (_what, task, kind, state) => {
    const world = workerWorld(task);
    world.mayLackRoutes = true;
    await work(world);
    expect(endOf(world)).toEqual({ kind, notified: true });
    expect(world.provider.creates).toEqual([]);
    expect(world.tasks.byId.get(TASK_ID)?.money).toMatchObject({ state });
  });

  it('a finished task whose address was sealed with a lost key asks for it again', async () => {
    const world = workerWorld(aTask({ stage: delivering(), secrets: {} }));
    await work(world);
    expect(world.provider.queries).toEqual(['p-1']);
    expect(endOf(world)).toEqual({ kind: 'delivered', how: 'attachment', notified: true });
    // Without the interaction token the channel message is left.
    expect(world.channel.calls.at(-1)).toMatch(/^editInChannel .* delivered-attachment .*\.mp4$/);
  });

  it('a queued task keeps its turn', async () => {
    const world = workerWorld(aTask({ stage: queued({ creates: 1, notBefore: NOON + 7000 }) }));
    const at: number[] = [];
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'provider.create') at.push(world.clock.now() - NOON);
        return effect();
      },
    });
    expect(at).toEqual([7000]);
  });
});

describe('what never began', () => {
  it('is told by the token alone', async () => {
    const world = workerWorld(aTask({ stage: { name: 'acknowledging' } }));
    world.channel.scripted.editByToken.push({ kind: 'unreached', why: 'token-refused' });
    await work(world);
    expect(world.channel.calls).toEqual(['editByToken @original not-started']);
    expect(endOf(world)).toEqual({ kind: 'not-started', notified: false });
  });

  it('is told by nothing where the token is older than its 14 minutes', async () => {
    const address = anAddress({ tokenSince: NOON - 14 * MINUTE });
    const world = workerWorld(aTask({ stage: { name: 'acknowledging' }, address }));
    await work(world);
    expect(world.channel.calls).toEqual([]);
    expect(endOf(world)).toEqual({ kind: 'not-started', notified: false });
  });
});

describe('a step that breaks', () => {
  it('puts off that task alone', async () => {
    const bad = taskIdSchema.parse('1300000000000000002');
    const world = workerWorld(
      aTask({ id: bad, stage: telling({ kind: 'timed-out' }) }),
      finished(),
    );
    let breaks = 0;
    const doneAt: number[] = [];
    await work(world, {
      guard: async (name, effect, given) => {
        if (name === 'store.get' && given[0] === bad && breaks < 3) {
          breaks += 1;
          throw new Error('bug');
        }
        if (name === 'video.discard') doneAt.push(world.clock.now());
        return effect();
      },
    });
    expect(breaks).toBe(3);
    expect(doneAt).toEqual([NOON]);
    expect(endOf(world)).toMatchObject({ kind: 'delivered', notified: true });
    expect(endOf(world, bad)).toMatchObject({ kind: 'timed-out', notified: true });
  });

  it('is logged with a reference, and tried later each time', async () => {
    const world = workerWorld(aTask({ stage: telling({ kind: 'timed-out' }) }));
    const at: number[] = [];
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'discord.editByToken') {
          at.push(world.clock.now() - NOON);
          if (at.length < 4) throw new Error('bug');
        }
        return effect();
      },
    });
    const waits = at.map((time, index) => time - (at[index - 1] ?? 0));
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(world.log.lines.filter(({ level }) => level === 'error')).toHaveLength(3);
    const fields = world.log.lines.find(({ level }) => level === 'error')?.fields;
    expect(fields).toHaveProperty('taskId', TASK_ID);
    expect(fields).toHaveProperty('reference');
  });
});

describe('a stop', () => {
  it('waits for a create under way and writes what came of it', async () => {
    const world = workerWorld(aTask());
    let answer: (() => void) | undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { deps } = processIn(world, async (name, effect) => {
      if (name === 'provider.create') await answered;
      return effect();
    });
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    await world.clock.advanceToNextTimer();
    let isStopped = false;
    const stopping = worker.stop().finally(() => {
      isStopped = true;
    });
    await world.clock.advance(MINUTE);
    expect(isStopped).toBe(false);
    answer?.();
    await stopping;
    expect(world.tasks.byId.get(TASK_ID)?.stage).toMatchObject({ name: 'running' });
    await world.clock.advance(MINUTE);
    expect(world.provider.queries).toEqual([]);
  });
});

const waiting = (since: number): Task =>
  aTask({ stage: queued({ creates: 1, since, notBefore: since + 30_000 }) });

describe('a clock that is set back', () => {
  it.each([
    ['keeps the wait that a busy provider asked for', NOON - 10_000, 20_000],
    ['makes no task wait longer than was meant', NOON + 24 * 60 * MINUTE, 30_000],
  ])('at a start %s', async (_, since, expected) => {
    const world = workerWorld(waiting(since));
    const at: number[] = [];
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'provider.create') at.push(world.clock.now() - NOON);
        return effect();
      },
    });
    expect(at).toEqual([expected]);
  });

  it('holds up no task that is under way', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    world.provider.queryAnswers.push({ kind: 'pending' }, { kind: 'pending' });
    const process = processIn(world);
    const day = 24 * 60 * MINUTE;
    let setBack = 0;
    const clock = { ...world.clock, now: () => world.clock.now() - setBack };
    const worker = createWorker({ ...process.deps, clock });
    await worker.resume(ALL_SLOTS);
    await settle();
    expect(world.provider.queries).toHaveLength(1);
    setBack = day;
    await world.clock.advance(5 * MINUTE);
    expect(endOf(world)).toEqual({ kind: 'delivered', how: 'attachment', notified: true });
    await worker.stop();
  });
});
