import type { HoldAnswer } from '../app/hold-actions.ts';
import type { Clock } from '../app/ports/core.ts';
import { answerOf } from '../bot/operator-requests/answer-text.ts';
import type { OperatorAnswer, OperatorRequest } from '../bot/operator-requests/request.ts';
import type { RequestBox } from '../bot/operator-requests/request-box.ts';
import { holdsTexts } from './texts.ts';

type Answer = Omit<OperatorAnswer, 'at'>;

export interface EndHoldDeps {
  readonly box: RequestBox;
  /** Resolves with `undefined` if a bot runs on the store. */
  readonly endOnStoppedStore: (request: OperatorRequest) => Promise<HoldAnswer | undefined>;
  readonly clock: Pick<Clock, 'elapsed' | 'after'>;
}

/** How often to check for an answer, how often to try the lock meanwhile, and how long in total. */
const WAIT_MS = { poll: 100, lock: 2000, all: 30_000 };

/**
 * Resolves a hold exactly once: directly on a stopped store, or by a request to the bot that runs
 * on it. The bot may stop or start in between.
 */
export async function endHold(deps: EndHoldDeps, request: OperatorRequest): Promise<Answer> {
  const { box, clock } = deps;
  const atOnce = await deps.endOnStoppedStore(request);
  if (atOnce !== undefined) return answerOf(request, atOnce);
  await box.put(request);
  const startedAt = clock.elapsed();
  let lockTriedAt = startedAt;
  while (clock.elapsed() < startedAt + WAIT_MS.all) {
    const answer = await box.readAnswer(request.id);
    if (answer !== undefined) return await clear(deps, request, answer);
    if (clock.elapsed() > lockTriedAt + WAIT_MS.lock) {
      lockTriedAt = clock.elapsed();
      // The bot may have stopped or been killed before or after it carried out the request.
      const own = await deps.endOnStoppedStore(request);
      if (own !== undefined) return await clear(deps, request, answerOf(request, own));
    }
    await new Promise<void>((resolve) => void clock.after(WAIT_MS.poll, resolve));
  }
  return withdraw(deps, request);
}

/** Removes what is left of an answered request. */
async function clear(
  { box }: EndHoldDeps,
  { id }: OperatorRequest,
  answer: Answer,
): Promise<Answer> {
  for (const state of ['waiting', 'taken', 'answer'] as const) {
    await box.remove(id, state);
  }
  return answer;
}

async function withdraw({ box }: EndHoldDeps, { id }: OperatorRequest): Promise<Answer> {
  const isWithdrawn = await box.remove(id, 'waiting');
  const { cancelled, unanswered } = holdsTexts.request;
  return { isDone: false, text: isWithdrawn ? cancelled : unanswered };
}
