import type { Acceptance } from '../../app/accept/video-call.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Messages } from '../messages/en.ts';
import { messageLink } from '../render/message-link.ts';
import type { Served } from '../served.ts';
import type { MakingServices, Wanted } from '../wanted.ts';
import { closeQuestion } from './close-question.ts';

/** How a confirmed request was decided. */
interface Decided extends Pick<Wanted, 'confirms' | 'route'> {
  readonly acceptance: Acceptance;
  /** Of the public reply, if it is known. */
  readonly messageId: string | undefined;
}

/** Says on the answer that asked for a price what became of it, once its buttons are used up. */
export async function closeConfirmed(
  call: Place & Served,
  services: Pick<MakingServices, 'replies'>,
  { confirms, route, acceptance, messageId }: Decided,
): Promise<void> {
  if (confirms === undefined) return;
  const link = messageId === undefined ? undefined : messageLink({ ...call, messageId });
  const end = endOf(acceptance, { model: route.name, link }, messagesFor(call.language));
  if (end !== undefined) await closeQuestion(confirms, end, services);
}

/** `undefined` while the buttons still work. */
function endOf(
  { kind }: Acceptance,
  { model, link }: { readonly model: string; readonly link: string | undefined },
  { confirm: words }: Messages,
): string | undefined {
  if (kind === 'confirm') return words.askedAgain;
  if (kind !== 'accepted') return undefined;
  return link === undefined ? words.madeSomewhere(model) : words.made(model, link);
}
