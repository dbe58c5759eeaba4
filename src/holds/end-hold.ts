import type { HoldAnswer } from '../app/hold-actions.ts';
import type { Clock } from '../app/ports/core.ts';
import { answerOf } from './answer-text.ts';
import type { OperatorAnswer, OperatorRequest } from './request.ts';
import type { RequestFiles } from './request-files.ts';

type Answer = Omit<OperatorAnswer, 'at'>;

export interface EndHoldDeps {
  readonly files: RequestFiles;
  /** Undefined: a bot runs on the store. */
  readonly endOnStoppedStore: (request: OperatorRequest) => Promise<HoldAnswer | undefined>;
  readonly clock: Pick<Clock, 'elapsed' | 'after'>;
}

/** How often an answer is looked for, how often the lock is tried meanwhile, and how long in all. */
const WAIT_MS = { look: 100, lock: 2000, all: 30_000 };

/**
 * Ends a hold, once: on the stopped store, or by a request to the bot that runs on it, whichever
 * it turns out to be while it lasts.
 */
export async function endHold(deps: EndHoldDeps, request: OperatorRequest): Promise<Answer> {
  const { files, clock } = deps;
  const atOnce = await deps.endOnStoppedStore(request);
  if (atOnce !== undefined) return answerOf(request, atOnce);
  await files.put(request);
  const began = clock.elapsed();
  let lockTriedAt = began;
  while (clock.elapsed() < began + WAIT_MS.all) {
    const answer = await files.readAnswer(request.id);
    if (answer !== undefined) return await taken(deps, request, answer);
    if (clock.elapsed() > lockTriedAt + WAIT_MS.lock) {
      lockTriedAt = clock.elapsed();
      // The bot may have stopped, or have been killed, before or after it did what was asked.
      const own = await deps.endOnStoppedStore(request);
      if (own !== undefined) return await taken(deps, request, answerOf(request, own));
    }
    await new Promise<void>((resolve) => void clock.after(WAIT_MS.look, resolve));
  }
  return withdraw(deps, request);
}

/** With the answer known, what is left of the request is removed. */
async function taken(
  { files }: EndHoldDeps,
  { id }: OperatorRequest,
  answer: Answer,
): Promise<Answer> {
  for (const state of ['waiting', 'taken', 'answer'] as const) {
    await files.remove(id, state);
  }
  return answer;
}

async function withdraw({ files }: EndHoldDeps, { id }: OperatorRequest): Promise<Answer> {
  const isWithdrawn = await files.remove(id, 'waiting');
  const text = isWithdrawn
    ? 'The bot did not answer in time. The request was taken back; nothing was done. Check that the bot and this command have the same DATA_DIR and STORE_URL, and run as the same user.'
    : 'The bot took the request and has not answered yet. It carries it out once; look with `npm run holds`.';
  return { isDone: false, text };
}
