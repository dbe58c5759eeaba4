import type { ApiFault, CreateAnswer } from './answers.ts';
import type { ProviderState } from './provider-state.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { Reply } from './replies.ts';
import { replyOf, replyToFault, replyToUnknownPath } from './replies.ts';

/** Decides the reply to a request for the list of models, which needs no key. */
export function answerModels(state: ProviderState, recorded: RecordedRequest): Reply {
  const { dialect, knobs } = state;
  if (dialect.list === undefined) return replyToUnknownPath(dialect, recorded);
  const answer = knobs.models.consume(recorded);
  recorded.answer = answer.kind;
  if (answer.kind === 'cut-before-reading') return { kind: 'cut' };
  if (answer.kind === 'refused') return replyOf(dialect.refused(answer.reason));
  if (isFault(answer)) return replyToFault(answer, dialect);
  const overMs = answer.kind === 'slow' ? answer.ms : undefined;
  return replyOf({ status: 200, body: dialect.list.body() }, overMs);
}

function isFault(answer: CreateAnswer): answer is ApiFault {
  return answer.kind !== 'ok' && answer.kind !== 'slow';
}
