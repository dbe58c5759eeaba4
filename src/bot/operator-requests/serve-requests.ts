import type { HoldActions } from '../../app/hold-actions.ts';
import { startLoop } from '../../app/loop.ts';
import type { Loop } from '../../app/loop.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import { answerOf } from './answer-text.ts';
import type { RequestBox, RequestState } from './request-box.ts';
import type { OperatorRequest } from './request.ts';
import { HOUR_MS } from '../../domain/time-units.ts';

/** How often the bot checks for requests, in milliseconds. */
const EVERY_MS = 1000;
/** An answer that no command has fetched is removed when this process has seen it for so long, in milliseconds. */
const ANSWER_KEPT_MS = HOUR_MS;

export interface ServeRequestsDeps {
  readonly box: RequestBox;
  /** Whether a request is for this process; another one that shares the box serves the others. */
  readonly isOwn: (request: OperatorRequest) => Promise<boolean>;
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
  /** When an answer was first seen, by `elapsed`: the time may not be known, and differ between processes. */
  const seen = new Map<string, number>();
  return startLoop(deps.clock, async (signal) => {
    try {
      const found = await deps.box.list();
      await removeOldAnswers(deps, seen, idsIn(found, 'answer'));
      for (const state of ['taken', 'waiting'] as const) {
        for (const id of idsIn(found, state)) {
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
  { box, isOwn, holds, log }: ServeRequestsDeps,
  logged: Set<string>,
  id: string,
  state: 'waiting' | 'taken',
): Promise<void> {
  try {
    const request = await box.read(id, state);
    if (request !== undefined && !(await isOwn(request))) return;
    if (state === 'waiting' && !(await box.take(id))) return;
    if (request === undefined) log.warn({ requestId: id }, "an operator's request is damaged");
    const answer = request === undefined ? UNREADABLE : await carryOut(holds, request);
    if (answer === undefined) return;
    await box.answer(id, answer);
    await box.remove(id, 'taken');
  } catch (cause) {
    // The request stays as it is, and the next pass retries it.
    if (!logged.has(id)) log.error({ err: cause, requestId: id }, "an operator's request failed");
    logged.add(id);
  }
}

const UNREADABLE = { isDone: false, text: 'The request cannot be read. Nothing was done.' };

/**
 * `undefined` if the server of the task goes to another process meanwhile, which carries out what is
 * taken.
 */
async function carryOut(
  holds: ServeRequestsDeps['holds'],
  request: OperatorRequest,
): Promise<ReturnType<typeof answerOf> | undefined> {
  const ended = await holds.endForOperator(request.taskId, request.end, request.id);
  return ended.kind === 'under-way' ? undefined : answerOf(request, ended);
}

function idsIn(
  found: Awaited<ReturnType<RequestBox['list']>>,
  state: RequestState,
): readonly string[] {
  return found.filter((one) => one.state === state).map(({ id }) => id);
}

async function removeOldAnswers(
  { box, clock }: ServeRequestsDeps,
  seen: Map<string, number>,
  ids: readonly string[],
): Promise<void> {
  for (const id of seen.keys()) if (!ids.includes(id)) seen.delete(id);
  for (const id of ids) {
    const since = seen.get(id) ?? clock.elapsed();
    seen.set(id, since);
    if (clock.elapsed() >= since + ANSWER_KEPT_MS) await box.remove(id, 'answer');
  }
}
