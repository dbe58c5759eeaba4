import type { JsonReply } from './json-reply.ts';
import type { ProviderKnobs } from './knob.ts';
import type { IncomingRequest, ProviderState } from './provider-state.ts';
import { findTask, RESULTS_PATH } from './provider-state.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { isAuthorized } from './recorded-request.ts';
import type { Reply } from './replies.ts';
import { replyOf, replyToFault } from './replies.ts';
import type { SimulatedTask } from './simulated-task.ts';
import { stageOf } from './run-task.ts';

/** Decides the reply to a query. */
export async function answerQuery(state: ProviderState, incoming: IncomingRequest): Promise<Reply> {
  const { dialect, key } = state;
  const { recorded } = incoming;
  const answer = state.knobs.query.consume(recorded);
  recorded.answer = answer.kind;
  const { pathname } = new URL(recorded.path, incoming.baseUrl);
  const task = findTask(
    state,
    recorded,
    decodeURIComponent(pathname.slice(dialect.queryPrefix.length)),
  );
  if (answer.kind === 'cut-before-reading') return { kind: 'cut' };
  if (answer.kind === 'missing') return replyOf(dialect.missing);
  if (answer.kind !== 'ok' && answer.kind !== 'slow' && answer.kind !== 'fail') {
    return replyToFault(answer, dialect);
  }
  if (!isAuthorized(incoming.headers, key)) return replyOf(dialect.unauthorized);
  if (task === undefined) return replyOf(dialect.missing);
  if (answer.kind === 'fail') task.failure = answer.reason;
  return replyOf(
    await viewTask(state, incoming, task),
    answer.kind === 'slow' ? answer.ms : undefined,
  );
}

async function viewTask(
  state: ProviderState,
  { recorded, baseUrl }: IncomingRequest,
  task: SimulatedTask,
): Promise<JsonReply> {
  const { knobs } = state;
  if (state.waitForFile && state.now() - task.createdMs >= knobs.taskMs) await task.drawn;
  const nowMs = state.now();
  const { stage, percent } = stageOf(task, nowMs - task.createdMs, knobs.taskMs);
  const defaultUrl = `${baseUrl}${RESULTS_PATH}${encodeURIComponent(task.id)}.mp4`;
  const resultUrl = stage === 'finished' ? chooseUrl(knobs, recorded, defaultUrl) : undefined;
  return state.dialect.task({ task, stage, percent, resultUrl, nowMs });
}

function chooseUrl(
  knobs: ProviderKnobs,
  recorded: RecordedRequest,
  defaultUrl: string,
): string | undefined {
  const choice = knobs.resultUrl.consume(recorded);
  if (choice.kind === 'custom') return choice.url;
  return choice.kind === 'normal' ? defaultUrl : undefined;
}
