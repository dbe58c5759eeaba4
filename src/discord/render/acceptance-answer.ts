import type { Acceptance } from '../../app/accept/video-call.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import type { PlainMessage } from '../replies.ts';
import { confirmationAnswer } from './confirmation-answer.ts';
import { denialText } from './denial-text.ts';
import type { DenialContext } from './denial-text.ts';

/**
 * The private reply to `/video`; `undefined` if the task's public message is the reply, or if no
 * reply can be sent.
 */
export function acceptanceAnswer(
  acceptance: Acceptance,
  route: Route,
  messages: Messages,
  context: DenialContext,
): PlainMessage | undefined {
  if (isSilent(acceptance)) return undefined;
  const { answers } = messages;
  switch (acceptance.kind) {
    case 'denied':
      return { content: denialText(acceptance.denial, messages, context) };
    case 'confirm':
      return confirmationAnswer(acceptance, route, messages, context.priceList?.currency);
    case 'already-confirmed':
      return { content: answers.confirmationGone };
    case 'busy':
    // A moment later it is another process's.
    case 'elsewhere':
      return { content: answers.busy };
    case 'store-down':
      return { content: answers.storeDown(acceptance.reference) };
  }
}

/** Answered before: with ways on, or with a link. */
const SILENT = [
  'invalid',
  'provider-paused',
  'already-made',
  'accepted',
  'duplicate',
  'not-acknowledged',
  'not-begun',
] as const;
type Silent = Extract<Acceptance, { kind: (typeof SILENT)[number] }>;

function isSilent(acceptance: Acceptance): acceptance is Silent {
  return SILENT.some((kind) => kind === acceptance.kind);
}
