import { describe, expect, it } from 'vitest';
import { createAcceptVideo } from '../../src/app/accept/accept-video.ts';
import type { Acknowledgement } from '../../src/app/accept/video-call.ts';
import type { Ledger } from '../../src/app/ports/ledger-port.ts';
import type { Tenure } from '../../src/app/ports/ownership-port.ts';
import { createStopSignal } from '../../src/app/stop-signal.ts';
import { guildAccountKey } from '../../src/domain/ledger/account-key.ts';
import { GUILD_ID, MESSAGE_ID, TASK_ID } from '../fakes/a-task.ts';
import { videoDesk } from '../fakes/video-desk.ts';

/** The order after a commit that failed: written, then acknowledged. */
const WRITES_FIRST = { areWritesFailing: () => true };

const reservedIn = (ledger: Ledger): bigint =>
  ledger.readCached(guildAccountKey(GUILD_ID))?.day.reserved.videos ?? 0n;

describe('a server that another process has, or will have in a moment', () => {
  const lost = createStopSignal();
  /** A tenure that lasts for so many milliseconds more. */
  const lasting = (ms: number): Tenure => ({
    mayAct: (forMs = 0) => forMs < ms,
    isOver: () => ms <= 0,
    lost: lost.signal,
    during: async (work) => work(),
  });

  it.each([
    ['is not owned', undefined],
    ['is owned for too short', lasting(1999)],
  ])('that %s is decided there, and nothing is counted or said here', async (_how, tenure) => {
    const { call, deps, acknowledged } = videoDesk();
    const accept = createAcceptVideo({ ...deps, ownership: { tenureOf: () => tenure } });
    await expect(accept(call())).resolves.toEqual({ kind: 'elsewhere' });
    expect(acknowledged).toEqual([]);
    expect(deps.active.total()).toBe(0);
  });

  it.each([
    ['written', WRITES_FIRST, 1n],
    ['in memory', {}, 0n],
  ] as const)(
    'that is lost while the request is decided is not answered, if its task is %s',
    async (_where, order, reserved) => {
      const { call, deps, acknowledged } = videoDesk();
      let isLost = false;
      const tenureOf = (): Tenure => ({
        ...lasting(5000),
        mayAct: () => !isLost,
        isOver: () => isLost,
      });
      const accept = createAcceptVideo({
        ...deps,
        ...order,
        ownership: { tenureOf },
        newTaskId: (at) => {
          isLost = true;
          return deps.newTaskId(at);
        },
      });
      await expect(accept(call())).resolves.toEqual({ kind: 'elsewhere' });
      expect(acknowledged).toEqual([]);
      expect(reservedIn(deps.ledger)).toBe(reserved);
    },
  );

  it('that may be lost in a moment has its written task ended, if it is not lost yet', async () => {
    const { call, deps, madeFrom } = videoDesk();
    let isDoubtful = false;
    const accept = createAcceptVideo({
      ...deps,
      ...WRITES_FIRST,
      ownership: { tenureOf: () => ({ ...lasting(5000), mayAct: () => !isDoubtful }) },
      newTaskId: (at) => {
        isDoubtful = true;
        return deps.newTaskId(at);
      },
    });
    await expect(accept(call())).resolves.toEqual({ kind: 'elsewhere' });
    await expect(madeFrom(TASK_ID)).resolves.toMatchObject({ stage: { name: 'ended' } });
    expect([reservedIn(deps.ledger), deps.active.total()]).toEqual([0n, 0]);
  });

  it('that is lost after the reply begins nothing here, and its caller is notified here too', async () => {
    const { call, deps, unstarted, madeFrom } = videoDesk();
    let isLost = false;
    const accept = createAcceptVideo({
      ...deps,
      ownership: {
        tenureOf: () => ({ ...lasting(5000), mayAct: () => !isLost, isOver: () => isLost }),
      },
    });
    const acknowledge = async (): Promise<Acknowledgement> => {
      isLost = true;
      return { kind: 'acknowledged', messageId: MESSAGE_ID };
    };
    await expect(accept(call({ acknowledge }))).resolves.toEqual({ kind: 'not-begun' });
    await expect(madeFrom(TASK_ID)).resolves.toBeUndefined();
    // The line of its call may be lost, where the database crashed.
    expect(unstarted).toHaveLength(1);
    expect(reservedIn(deps.ledger)).toBe(0n);
  });
});
