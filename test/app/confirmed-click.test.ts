import { describe, expect, it } from 'vitest';
import type { PendingConfirmation } from '../../src/app/confirmation-port.ts';
import { aRequest } from '../fakes/a-request.ts';
import { GUILD_ID, MEMBER_ID } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { videoDesk } from '../fakes/video-desk.ts';

const idOf = (number: number): string => String(1_300_000_000_000_000_000n + BigInt(number));
const PENDING: PendingConfirmation = {
  id: idOf(1),
  guildId: GUILD_ID,
  memberId: MEMBER_ID,
  route: 'jimmy/seedance2.0-sp',
  request: aRequest(),
  expiresAt: NOON + 600_000,
};

describe('a click on the button of a price', () => {
  it('that began nothing, for its record was not written, leaves the button good', async () => {
    let failures = 1;
    const { accept, call, deps, begun } = videoDesk({
      tasks: (store) => ({
        ...store,
        save: async (...given) => {
          failures -= 1;
          if (failures >= 0) throw new Error('disk full');
          return store.save(...given);
        },
      }),
    });
    await deps.confirmations.put(PENDING);
    const click = (number: number) => call({ interactionId: idOf(number), confirms: PENDING.id });
    await expect(accept(click(2))).resolves.toEqual({ kind: 'not-begun' });
    await expect(deps.confirmations.get(PENDING.id)).resolves.toEqual(PENDING);
    await expect(accept(click(3))).resolves.toEqual({ kind: 'accepted' });
    expect(begun.map(({ id, stage }) => [id, stage.name])).toEqual([
      [idOf(2), 'acknowledging'],
      [idOf(3), 'queued'],
    ]);
    await expect(accept(click(4))).resolves.toEqual({ kind: 'already-confirmed' });
    await expect(deps.confirmations.get(PENDING.id)).resolves.toBeUndefined();
  });
});
