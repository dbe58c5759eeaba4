import type { HoldActions } from '../../app/hold-actions.ts';
import { startLoop } from '../../app/loop.ts';
import type { Loop } from '../../app/loop.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import { answerOf } from './answer-text.ts';
import type { RequestFiles } from './request-files.ts';
import { HOUR_MS } from '../../domain/time-units.ts';

/** How often the bot checks for requests, in milliseconds. */
const EVERY_MS = 1000;
/** An answer that no command fetched is removed after this, in milliseconds. */
const ANSWER_KEPT_MS = HOUR_MS;

export interface ServeRequestsDeps {
  readonly files: RequestFiles;
  /** The real path of the store. */
  readonly store: string;
  readonly holds: Pick<HoldActions, 'endForOperator'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Carries out requests of `npm run holds` while the bot runs. A request is taken before it is
 * carried out and answered afterwards. One that a killed process left as taken is carried out
 * again; the hold actions recognise its id if it already was.
 */
export function serveRequests(deps: ServeRequestsDeps): Loop {
  /** Ids whose fault is already logged, so that it is not logged again on every pass. */
  const logged = new Set<string>();
  return startLoop(deps.clock, async (signal) => {
    try {
      await removeOldAnswers(deps);
      for (const state of ['taken', 'waiting'] as const) {
        for (const id of await deps.files.ids(state)) {
          if (signal.aborted) return EVERY_MS;
          await serve(deps, logged, id, state);
        }
      }
    } catch (cause) {
      if (!logged.has('')) deps.log.error({ err: cause }, "the operator's requests cannot be read");
      logged.add('');
    }
    return EVERY_MS;
  });
}

async function serve(
  { files, store, holds, clock, log }: ServeRequestsDeps,
  logged: Set<string>,
  id: string,
  state: 'waiting' | 'taken',
): Promise<void> {
  try {
    const request = await files.read(id, state);
    // For another store that shares the folder; that store's bot serves it.
    if (request !== undefined && request.store !== store) return;
    if (state === 'waiting' && !(await files.take(id))) return;
    if (request === undefined) log.warn({ requestId: id }, "an operator's request is damaged");
    const answer =
      request === undefined
        ? { isDone: false, text: 'The request cannot be read. Nothing was done.' }
        : answerOf(request, await holds.endForOperator(request.taskId, request.end, id));
    await files.answer(id, { ...answer, at: clock.now() });
    await files.remove(id, 'taken');
  } catch (cause) {
    // The request stays as it is, and the next pass retries it.
    if (!logged.has(id)) log.error({ err: cause, requestId: id }, "an operator's request failed");
    logged.add(id);
  }
}

async function removeOldAnswers({ files, clock }: ServeRequestsDeps): Promise<void> {
  for (const id of await files.ids('answer')) {
    const answer = await files.readAnswer(id);
    const isKept = answer !== undefined && clock.now() < answer.at + ANSWER_KEPT_MS;
    if (!isKept) await files.remove(id, 'answer');
  }
}
