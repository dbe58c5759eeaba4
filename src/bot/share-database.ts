import type { Clock } from '../app/ports/core.ts';
import { OPERATOR_ACCOUNTS_BY_SLOT } from '../domain/ledger/account-key.ts';
import { lateAnswersOf } from '../store/postgres/postgres-late-answers.ts';
import type { Sharing } from './bot-context.ts';
import { createSharedSlots } from './shared-slots.ts';

/** How a process shares a database that it is about to join. */
export function shareDatabase(clock: Pick<Clock, 'after'>): Sharing {
  const slots = createSharedSlots(clock);
  return {
    slots,
    source: slots.source,
    lateAnswers: lateAnswersOf(() => slots.membership()?.sessions),
    operator: OPERATOR_ACCOUNTS_BY_SLOT,
  };
}
