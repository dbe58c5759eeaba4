import type { ApiFault, CreateAnswer, ListAnswer } from './answers.ts';
import type { TaskCalls } from './dialect.ts';
import type { JsonReply } from './json-reply.ts';
import type { IncomingRequest, ProviderState } from './provider-state.ts';
import { findTask } from './provider-state.ts';
import { isAuthorized } from './recorded-request.ts';
import type { Reply } from './replies.ts';
import { replyOf, replyToFault, replyToUnknownPath } from './replies.ts';
import type { SimulatedTask } from './simulated-task.ts';
import { viewTask } from './view-task.ts';

/** Decides the reply to a request for the list of tasks. */
export async function answerList(state: ProviderState, incoming: IncomingRequest): Promise<Reply> {
  const { dialect, knobs } = state;
  const { recorded, baseUrl } = incoming;
  const calls = dialect.taskCalls;
  if (calls === undefined) return replyToUnknownPath(dialect, recorded);
  const answer = knobs.list.consume(recorded);
  recorded.answer = answer.kind;
  const { searchParams } = new URL(recorded.path, baseUrl);
  return answered(state, incoming, answer, async () => {
    const tasks = listedTasks(state, answer);
    const views = await Promise.all(tasks.map(async (task) => viewTask(state, incoming, task)));
    return calls.listed(searchParams, views);
  });
}

/** The tasks that the knob lets the list have, the newest first. */
function listedTasks(state: ProviderState, answer: ListAnswer): SimulatedTask[] {
  const hiddenMs = answer.kind === 'late' ? answer.ms : 0;
  const now = state.now();
  return state.tasks
    .filter(({ provider, isDeleted }) => provider === state.dialect.name && isDeleted !== true)
    .filter(({ createdMs }) => now - createdMs >= hiddenMs)
    .toReversed()
    .flatMap((task) => (answer.kind === 'twice' ? [task, task] : [task]));
}

/** Decides the reply to the deletion of a task, which takes effect first. */
export async function answerDelete(
  state: ProviderState,
  incoming: IncomingRequest,
): Promise<Reply> {
  const { dialect, knobs } = state;
  const { recorded, baseUrl } = incoming;
  const calls = dialect.taskCalls;
  if (calls === undefined) return replyToUnknownPath(dialect, recorded);
  const answer = knobs.delete.consume(recorded);
  recorded.answer = answer.kind;
  const { pathname } = new URL(recorded.path, baseUrl);
  const id = decodeURIComponent(pathname.slice(dialect.queryPrefix.length));
  const task = findTask(state, recorded, id);
  const remove = async (): Promise<JsonReply> =>
    task === undefined ? dialect.missing : removeTask(calls, state, incoming, task);
  return answered(state, incoming, answer, remove);
}

// oxlint-disable-next-line max-params -- the calls, the state and the request, as everywhere here
async function removeTask(
  calls: TaskCalls,
  state: ProviderState,
  incoming: IncomingRequest,
  task: SimulatedTask,
): Promise<JsonReply> {
  const { effect, reply } = calls.removed(await viewTask(state, incoming, task));
  if (effect === 'cancelled') task.ending = 'cancelled';
  if (effect === 'deleted') task.isDeleted = true;
  return reply;
}

/** The reply that the knob wants; what was asked is done unless it is lost before. */
// oxlint-disable-next-line max-params -- the state, the request and its answer, as everywhere here
async function answered(
  state: ProviderState,
  { headers }: Pick<IncomingRequest, 'headers'>,
  answer: CreateAnswer | ListAnswer,
  carryOut: () => Promise<JsonReply>,
): Promise<Reply> {
  const { dialect, key } = state;
  const isAllowed = isAuthorized(headers, key);
  if (answer.kind === 'cut-before-reading') return { kind: 'cut' };
  if (answer.kind === 'refused') {
    return replyOf(isAllowed ? dialect.refused(answer.reason) : dialect.unauthorized);
  }
  if ('accepts' in answer && answer.accepts === true && isAllowed) await carryOut();
  if (isFault(answer)) return replyToFault(answer, dialect);
  const reply = isAllowed ? await carryOut() : dialect.unauthorized;
  return replyOf(reply, answer.kind === 'slow' ? answer.ms : undefined);
}

function isFault(answer: CreateAnswer | ListAnswer): answer is ApiFault {
  return !['ok', 'slow', 'late', 'twice'].includes(answer.kind);
}
