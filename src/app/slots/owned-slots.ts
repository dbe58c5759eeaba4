import { slotOf } from '../../domain/slots.ts';
import type { Log } from '../ports/core.ts';
import type { LateAnswer } from '../ports/late-answers-port.ts';
import type { Ownership, OwnershipChanges, OwnershipSource } from '../ports/ownership-port.ts';
import { createTenure } from './tenure.ts';
import type { OwnTenure } from './tenure.ts';

/** How a slot went: to another process that waits for it, or without a word. */
export type HowLetGo = 'handed-over' | 'lost';

/** What taking up and letting go of slots does to everything that keeps something of their guilds. */
export interface SlotWork {
  /** Goes on with all work of these slots. */
  resume(slots: ReadonlySet<number>): Promise<void>;
  /**
   * Ends the steps of all tasks of these slots and writes them, while what they bring about may still
   * begin. Rejects if something could not be written.
   */
  endSteps(slots: ReadonlySet<number>): Promise<void>;
  /**
   * Ends all work of these slots and forgets their guilds. Handed over: what runs ends and is written
   * first. Rejects if that could not be written.
   */
  letGo(slots: ReadonlySet<number>, how: HowLetGo): Promise<void>;
  /** What must happen at once to slots that are lost; `letGo` follows. */
  lose(slots: ReadonlySet<number>): void;
  takeLateAnswer(answer: LateAnswer): Promise<boolean>;
}

/** The slots of this process. */
export interface OwnedSlots {
  readonly ownership: Ownership;
  /** What a source is given to tell its changes, with the work that they mean. */
  readonly changing: (work: SlotWork) => OwnershipChanges;
}

interface Held {
  readonly tenure: OwnTenure;
  /** Resolves when it is taken up, or cannot be. */
  resumed: Promise<void>;
  isServed: boolean;
  /** Whether nothing may begin any more. */
  isClosed: boolean;
}

interface State {
  readonly held: Map<number, Held>;
  /** What of a slot has not ended yet; it is taken up again after that. */
  readonly endings: Map<number, Promise<void>>;
  /** The last gain of each slot that was not lost since. */
  readonly gains: Map<number, object>;
  readonly work: SlotWork;
  readonly log: Log;
}

/**
 * Creates the slots of a process, which are none before the source gives some. Until then it may write
 * for all guilds, by the checks of its start.
 */
export function createOwnedSlots(
  source: Pick<OwnershipSource, 'isValidFor'>,
  log: Log,
): OwnedSlots {
  const held = new Map<number, Held>();
  const of = (guildId: string): Held | undefined => held.get(slotOf(guildId));
  const starting = createTenure(source);
  return {
    ownership: {
      owns: (guildId) => of(guildId)?.isServed === true,
      tenureOf(guildId) {
        if (!starting.isOver()) return starting;
        const one = of(guildId);
        return one?.isClosed === true ? undefined : one?.tenure;
      },
      served: () => [...held].flatMap(([slot, { isServed }]) => (isServed ? [slot] : [])),
      isFirst: () => held.get(0)?.isServed === true,
    },
    changing(work) {
      starting.end();
      const state: State = { held, endings: new Map(), gains: new Map(), work, log };
      return {
        onGained: async (slots) => gain(state, source, slots),
        release: async (slot) => release(state, slot),
        async onLost(slots) {
          lose(state, slots);
          await Promise.all(slots.map(async (slot) => state.endings.get(slot)));
        },
        onLateAnswer: async (answer) => work.takeLateAnswer(answer),
      };
    },
  };
}

async function gain(
  state: State,
  source: Pick<OwnershipSource, 'isValidFor'>,
  slots: readonly number[],
): Promise<void> {
  const { held, endings, gains, work } = state;
  const gained = {};
  for (const slot of slots) gains.set(slot, gained);
  await Promise.all(slots.map(async (slot) => endings.get(slot)));
  // Some may be lost again.
  const kept = slots.filter((slot) => gains.get(slot) === gained && !held.has(slot));
  if (kept.length === 0) return;
  for (const slot of kept) held.set(slot, newlyHeld(source));
  const resumed = work.resume(new Set(kept));
  for (const slot of kept) {
    const one = held.get(slot);
    if (one !== undefined) one.resumed = resumed.catch(() => undefined);
  }
  try {
    await resumed;
  } catch (cause) {
    lose(
      state,
      kept.filter((slot) => gains.get(slot) === gained),
    );
    throw cause;
  }
  for (const slot of kept) {
    const one = held.get(slot);
    // Not where it is wanted back already.
    if (one !== undefined && gains.get(slot) === gained) one.isServed = true;
  }
}

function newlyHeld(source: Pick<OwnershipSource, 'isValidFor'>): Held {
  return {
    tenure: createTenure(source),
    resumed: Promise.resolve(),
    isServed: false,
    isClosed: false,
  };
}

async function release(state: State, slot: number): Promise<void> {
  const { held, endings, gains } = state;
  const one = held.get(slot);
  gains.delete(slot);
  if (one !== undefined) {
    one.isServed = false;
    note(state, slot, handOver(state, slot, one));
  }
  await endings.get(slot);
}

async function handOver({ held, work, log }: State, slot: number, one: Held): Promise<void> {
  const { tenure } = one;
  const slots = new Set([slot]);
  await one.resumed;
  // Commands first: they wait for the first steps of their tasks.
  await tenure.idle();
  try {
    if (!tenure.isOver()) await work.endSteps(slots);
    while (!tenure.isIdle()) await tenure.idle();
    one.isClosed = true;
    if (!tenure.isOver()) await work.letGo(slots, 'handed-over');
  } catch (cause) {
    // What is on disk is what the next one goes on with, as after a crash.
    log.warn({ err: cause, slot }, 'not all of a slot could be handed over');
    tenure.lose();
    work.lose(slots);
    await work.letGo(slots, 'lost');
  }
  tenure.end();
  if (held.get(slot)?.tenure === tenure) held.delete(slot);
}

function lose(state: State, slots: readonly number[]): void {
  const { held, endings, gains, work } = state;
  const before: Promise<unknown>[] = [];
  const lost = new Set<number>();
  for (const slot of slots) {
    gains.delete(slot);
    const one = held.get(slot);
    if (one === undefined) continue;
    one.isServed = false;
    one.tenure.lose();
    held.delete(slot);
    before.push(one.resumed, endings.get(slot) ?? Promise.resolve());
    lost.add(slot);
  }
  if (lost.size === 0) return;
  work.lose(lost);
  const ended = Promise.all(before).then(async () => work.letGo(lost, 'lost'));
  for (const slot of lost) note(state, slot, ended);
}

/** Notes an end that runs. A fault in it must not keep the slot from being taken up again. */
function note({ endings, log }: State, slot: number, ended: Promise<void>): void {
  const noted = ended
    .catch((cause: unknown) => {
      log.error({ err: cause, slot }, 'a slot could not be let go');
    })
    .finally(() => {
      if (endings.get(slot) === noted) endings.delete(slot);
    });
  endings.set(slot, noted);
}
