import type { HoldActions } from '../app/hold-actions.ts';
import { startLoop } from '../app/loop.ts';
import type { Loop } from '../app/loop.ts';
import type { Clock, Log } from '../app/ports/core.ts';
import { answerOf } from './answer-text.ts';
import type { RequestFiles } from './request-files.ts';
import { HOUR_MS } from '../domain/time-units.ts';

/** How often the operator's requests are looked for, in milliseconds. */
const EVERY_MS = 1000;
/** An answer that nobody fetched is removed after this, in milliseconds. */
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
 * Carries out what the operator asks for by `npm run holds` beside the running bot. A request is taken
 * before it is carried out and answered after it; one found taken, by a process that was killed, is
 * carried out again, and the desk tells by its id whether it was already.
 */
export function serveRequests(deps: ServeRequestsDeps): Loop {
  /** Faults that were told: a file that cannot be opened stays so. */
  const told = new Set<string>();
  return startLoop(deps.clock, async (signal) => {
    try {
      await removeOldAnswers(deps);
      for (const state of ['taken', 'waiting'] as const) {
        for (const id of await deps.files.ids(state)) {
          if (signal.aborted) return EVERY_MS;
          await serve(deps, told, id, state);
        }
      }
    } catch (cause) {
      if (!told.has('')) deps.log.error({ err: cause }, "the operator's requests cannot be read");
      told.add('');
    }
    return EVERY_MS;
  });
}

async function serve(
  { files, store, holds, clock, log }: ServeRequestsDeps,
  told: Set<string>,
  id: string,
  state: 'waiting' | 'taken',
): Promise<void> {
  try {
    const request = await files.read(id, state);
    // Of another store in the same folder: its bot serves it.
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
    // It stays as it is, and the next pass takes it up.
    if (!told.has(id)) log.error({ err: cause, requestId: id }, "an operator's request failed");
    told.add(id);
  }
}

async function removeOldAnswers({ files, clock }: ServeRequestsDeps): Promise<void> {
  for (const id of await files.ids('answer')) {
    const answer = await files.readAnswer(id);
    const isKept = answer !== undefined && clock.now() < answer.at + ANSWER_KEPT_MS;
    if (!isKept) await files.remove(id, 'answer');
  }
}
