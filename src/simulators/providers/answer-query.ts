import type { IncomingRequest, ProviderState } from './provider-state.ts';
import { findTask } from './provider-state.ts';
import { isAuthorized } from './recorded-request.ts';
import type { Reply } from './replies.ts';
import { replyOf, replyToFault } from './replies.ts';
import { chooseUrl, viewTask } from './view-task.ts';

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
  const view = await viewTask(state, incoming, task, (url) =>
    chooseUrl(state.knobs, recorded, url),
  );
  return replyOf(dialect.task(view), answer.kind === 'slow' ? answer.ms : undefined);
}
