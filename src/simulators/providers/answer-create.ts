import { assetViolation } from './library/answer-library.ts';
import type { IncomingRequest, ProviderState } from './provider-state.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { isAuthorized } from './recorded-request.ts';
import type { Reply } from './replies.ts';
import { replyOf, replyToFault } from './replies.ts';
import { startTask } from './run-task.ts';

/** Decides the reply to a create, and makes the task if it is accepted. */
export function answerCreate(state: ProviderState, { recorded, headers }: IncomingRequest): Reply {
  const { dialect, key } = state;
  const answer = state.knobs.create.consume(recorded);
  recorded.answer = answer.kind;
  if (answer.kind === 'cut-before-reading') return { kind: 'cut' };
  const authorized = isAuthorized(headers, key);
  if (answer.kind === 'ok' || answer.kind === 'slow') {
    const overMs = answer.kind === 'slow' ? answer.ms : undefined;
    return authorized ? accept(state, recorded, overMs) : replyOf(dialect.unauthorized, overMs);
  }
  if (answer.kind === 'refused') {
    return replyOf(authorized ? dialect.refused(answer.reason) : dialect.unauthorized);
  }
  if (answer.accepts === true && authorized) accept(state, recorded);
  return replyToFault(answer, dialect);
}

/** Validates a create and makes its task, or replies with the provider's rejection. */
function accept(state: ProviderState, recorded: RecordedRequest, overMs?: number): Reply {
  const read = state.dialect.readCreate(recorded.body);
  if (!read.ok) return replyOf(read.reply ?? state.dialect.refused(read.reason), overMs);
  const { media } = read.clip;
  const unusable = media.map(({ address }) => assetViolation(state, address));
  const reason = unusable.find((one) => one !== undefined);
  if (reason !== undefined) return replyOf(state.dialect.refused(reason), overMs);
  const choice = state.knobs.taskId.consume(recorded);
  const id = choice.kind === 'custom' ? choice.id : undefined;
  const task = startTask(state, state.dialect, read.clip, id);
  state.tasks.push(task);
  if (state.tasks.length > state.keepNewest) state.tasks.shift();
  recorded.taskId = task.id;
  const reply = replyOf(state.dialect.created(task), overMs);
  const isNumber = choice.kind === 'custom' && choice.asNumber === true;
  return isNumber && reply.kind === 'send'
    ? { ...reply, body: reply.body.replaceAll(JSON.stringify(task.id), task.id) }
    : reply;
}
