import type { Acceptance } from '../../app/accept/video-call.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Messages } from '../messages/en.ts';
import { messageLink } from '../render/message-link.ts';
import type { Served } from '../served.ts';
import type { MakingServices, Wanted } from '../wanted.ts';
import { closeQuestion } from './close-question.ts';

/** How a confirmed or chosen request was decided. */
interface Decided extends Pick<Wanted, 'confirms' | 'usesUp' | 'route'> {
  readonly acceptance: Acceptance;
  /** Of the public reply, if it is known. */
  readonly messageId: string | undefined;
}

/** The video that was made: its model, and the link to its message if that is known. */
interface Made {
  readonly model: string;
  readonly link: string | undefined;
}

/**
 * Says on the answers that asked for a price, or offered ways to make a request, what became of
 * them, once their buttons are used up.
 */
export async function closeConfirmed(
  call: Place & Served,
  services: Pick<MakingServices, 'replies'>,
  { confirms, usesUp, route, acceptance, messageId }: Decided,
): Promise<void> {
  const messages = messagesFor(call.language);
  const link = messageId === undefined ? undefined : messageLink({ ...call, messageId });
  const made = { model: route.name, link };
  await Promise.all(
    [
      { used: confirms, end: endOfQuestion(acceptance, made, messages) },
      { used: usesUp, end: endOfOffer(acceptance, made, messages) },
    ].map(async ({ used, end }) => {
      if (used !== undefined && end !== undefined) await closeQuestion(used, end, services);
    }),
  );
}

/** `undefined` while the buttons still work. */
function endOfQuestion(
  { kind }: Acceptance,
  { model, link }: Made,
  { confirm: words }: Messages,
): string | undefined {
  if (kind === 'confirm') return words.askedAgain;
  if (kind !== 'accepted') return undefined;
  return link === undefined ? words.madeSomewhere(model) : words.made(model, link);
}

/** The same of an offer: a question about its price leaves it usable. */
function endOfOffer(
  { kind }: Acceptance,
  { model, link }: Made,
  { second: words }: Messages,
): string | undefined {
  if (kind !== 'accepted') return undefined;
  return link === undefined ? words.usedSomewhere(model) : words.used(model, link);
}
