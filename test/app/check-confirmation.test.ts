import { describe, expect, it } from 'vitest';
import { checkConfirmation } from '../../src/app/check-confirmation.ts';
import { snowflakeAt } from '../../src/domain/tasks/snowflake.ts';
import type { PendingConfirmation } from '../../src/app/ports/confirmation-port.ts';
import { aRequest } from '../fakes/a-request.ts';
import { GUILD_ID, MEMBER_ID, TASK_ID } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';

const pending: PendingConfirmation = {
  id: TASK_ID,
  guildId: GUILD_ID,
  memberId: MEMBER_ID,
  route: 'jimmy/seedance2.0-sp',
  request: aRequest(),
  expiresAt: NOON + 600_000,
};
const click = { guildId: GUILD_ID, memberId: MEMBER_ID, at: NOON };

describe('a click on a price', () => {
  it.each([
    ['by its caller in time', pending, click, 'good'],
    ['in the last millisecond', pending, { ...click, at: NOON + 599_999 }, 'good'],
    ['after ten minutes', pending, { ...click, at: NOON + 600_000 }, 'too-late'],
    ['by somebody else', pending, { ...click, memberId: '600000000000000009' }, 'of-another'],
    ['in another guild', pending, { ...click, guildId: '500000000000000009' }, 'gone'],
    ['that was used up', undefined, click, 'gone'],
  ] as const)('%s is judged', (_name, known, made, verdict) => {
    expect(checkConfirmation(known, made)).toBe(verdict);
  });

  it('is good for ten minutes from its call, whatever end a wrong clock gave it', () => {
    const ahead = { ...pending, id: snowflakeAt(NOON), expiresAt: NOON + 500 * 86_400_000 };
    const at = (ms: number): string => checkConfirmation(ahead, { ...click, at: NOON + ms });
    expect([at(0), at(599_999), at(600_000)]).toEqual(['good', 'good', 'too-late']);
  });
});
