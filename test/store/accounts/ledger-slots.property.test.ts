import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';
import {
  OPERATOR_ACCOUNTS_BY_SLOT,
  guildAccountKey,
} from '../../../src/domain/ledger/account-key.ts';
import { accountSchema, rebuildAccount } from '../../../src/domain/ledger/account.ts';
import { moveBothSides, operatorMoneyOf } from '../../../src/domain/ledger/money-sides.ts';
import { createOwnedSlots } from '../../../src/app/slots/owned-slots.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import type { WindowKeys } from '../../../src/domain/ledger/windows.ts';
import { openRecordSchema } from '../../../src/domain/tasks/task.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { createTaskStore } from '../../../src/store/tasks/task-store.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { aTask } from '../../fakes/a-task.ts';
import { fakeClock, settle } from '../../fakes/clock.ts';
import { guildIn } from '../../fakes/guild-in.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import type { MemoryRecords } from '../../fakes/memory-records.ts';

const SLOTS = [1, 2];

/** What happens, one after the other; what is written is not waited for. */
const events = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('create' as const), slot: fc.nat(1) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('hand over' as const), slot: fc.nat(1) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('lose' as const), slot: fc.nat(1) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
  ),
  { maxLength: 25 },
);

/** One of two members of a store; a write that has not begun when it is fenced fails. */
function memberOn(records: MemoryRecords) {
  let epoch = 0;
  const fenced: RecordStore = {
    ...records,
    async write(...given) {
      const own = epoch;
      await settle();
      if (own !== epoch) throw new Error('this process is no member any more');
      return records.write(...given);
    },
  };
  const [clock, log] = [fakeClock(), recordingLog()];
  const ledger = aLedger(fenced, log, clock, OPERATOR_ACCOUNTS_BY_SLOT);
  const cipher = createCipher(new Uint8Array(32));
  const { ownership, changing } = createOwnedSlots({ isValidFor: () => true }, log);
  const store = createTaskStore({ records: fenced, ledger, cipher, clock, log, ownership });
  const changes = changing({
    resume: async (slots) => ledger.letGo(slots, 'handed-over'),
    endSteps: async () => undefined,
    letGo: async (slots, how) => ledger.letGo(slots, how),
    lose(slots) {
      void ledger.letGo(slots, 'lost');
    },
    takeLateAnswer: async () => true,
  });
  return {
    changes,
    store,
    /** Writes as work of the guild's owner does. */
    during: async (guildId: string, work: () => Promise<void>): Promise<void> => {
      await ownership
        .tenureOf(guildId)
        ?.during(work)
        .catch(() => undefined);
    },
    fence: (): void => {
      epoch += 1;
    },
  };
}

function newTask(slot: number, serial: number): Task {
  return aTask({
    id: `13000000000000${String(serial).padStart(5, '0')}`,
    interactionId: `13000000000001${String(serial).padStart(5, '0')}`,
    guildId: guildIn(slot),
    money: { state: 'reserved', amounts: { videos: 1n, seconds: 5n, cost: 7n } },
  });
}

interface Compared {
  readonly key: string;
  readonly value: unknown;
}

/** The accounts as they are stored, and as the tasks that there are say. */
function accountsIn(records: MemoryRecords): {
  readonly stored: readonly Compared[];
  readonly due: readonly Compared[];
} {
  const tasks = [...records.byKey]
    .filter(([key]) => key.startsWith('task:'))
    .map(([, value]) => openRecordSchema.parse(value));
  const accounts = SLOTS.flatMap((slot) => {
    const guildId = guildIn(slot);
    const own = tasks.filter((task) => task.guildId === guildId);
    return [
      {
        key: guildAccountKey(guildId),
        own: own.map(({ money, windows }) => ({ money, windowKeys: windows.guild })),
      },
      {
        key: OPERATOR_ACCOUNTS_BY_SLOT.keyOf(guildId),
        own: own.map((task) => ({
          money: operatorMoneyOf(task),
          windowKeys: task.windows.operator,
        })),
      },
    ];
  });
  return {
    stored: accounts.map(({ key }) => ({ key, value: records.byKey.get(key) })),
    due: accounts.map(({ key, own }) => ({ key, value: accountOf(own) })),
  };
}

function accountOf(own: readonly { money: TaskMoney; windowKeys: WindowKeys }[]): unknown {
  const [first] = own;
  if (first === undefined) return undefined;
  return z.encode(accountSchema, rebuildAccount(first.windowKeys, own));
}

it('keeps every account exact while slots go between two members, handed over and lost', async () => {
  await fc.assert(
    fc.asyncProperty(events, async (given) => {
      const records = memoryRecords();
      const members = [memberOn(records), memberOn(records)] as const;
      /** Which member has each slot. */
      const owners = SLOTS.map(() => 0);
      const known: Task[] = [];
      const writing: Promise<unknown>[] = [];
      const ownerOf = (slot: number) => members[owners[slot] === 1 ? 1 : 0];
      const go = async (slot: number, how: 'handed-over' | 'lost'): Promise<void> => {
        const { changes, fence } = ownerOf(slot);
        const gone = SLOTS[slot] ?? 0;
        if (how === 'lost') {
          void changes.onLost([gone]);
          fence();
        } else await changes.release(gone);
        owners[slot] = 1 - (owners[slot] ?? 0);
        await ownerOf(slot).changes.onGained([gone]);
      };
      await members[0].changes.onGained(SLOTS);
      for (const event of given) {
        switch (event.do) {
          case 'create': {
            const task = newTask(SLOTS[event.slot] ?? 0, known.length);
            known.push(task);
            const { store, during } = ownerOf(event.slot);
            writing.push(during(task.guildId, async () => store.create(task)));
            break;
          }
          case 'settle': {
            await Promise.all(writing.splice(0));
            const task = known[event.which % Math.max(known.length, 1)];
            const { store, during } = ownerOf(
              SLOTS.findIndex((slot) => task?.guildId === guildIn(slot)),
            );
            const stored = task && (await store.get(task.id));
            if (stored?.money.state !== 'reserved') break;
            const step = { kind: 'settle', cost: 5n } as const;
            const settled = { ...stored, ...moveBothSides(stored, step) };
            writing.push(during(stored.guildId, async () => store.save(settled, stored)));
            break;
          }
          case 'hand over':
            await go(event.slot, 'handed-over');
            break;
          case 'lose':
            await go(event.slot, 'lost');
            break;
          case 'wait':
            await Promise.all(writing.splice(0));
        }
      }
      await Promise.all(writing);
      const { stored, due } = accountsIn(records);
      expect(stored).toEqual(due);
    }),
    { numRuns: 150 },
  );
});
