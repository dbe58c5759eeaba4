import { validateRequest } from '../../domain/routes/validate.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { refusalText } from '../render/refusal-text.ts';
import type { Served } from '../served.ts';
import type { MakingServices, Wanted } from '../wanted.ts';
import { isEditable } from './form-fields.ts';
import { offeredTo } from './offered-to.ts';
import { keptOrWithout } from './or-without.ts';
import { CHANGE_ACTION, offerButton } from './way-choice.ts';

type ChangeServices = Pick<MakingServices, 'replies' | 'confirmations' | 'clock' | 'log'>;

/**
 * Says why a request is refused, where no model would make it as it stands, and offers a form to
 * change it, with what was typed.
 */
export async function answerWithChange(
  call: Place & Served,
  services: ChangeServices,
  { why, ...wanted }: Wanted & { readonly why: string },
): Promise<void> {
  const { route, request, origin, claim, isAnother, typedDuration } = wanted;
  const { wayOn } = messagesFor(call.language).second;
  if (!isEditable(request)) {
    return services.replies.privately(call, `${why}\n-# ${wayOn.tooLongToChange}`);
  }
  const offer = { route: route.id, request, origin, claim, isAnother, typedDuration };
  const id = await keptOrWithout(call, services, { ...offeredTo(call), ...offer });
  if (id === undefined) {
    return services.replies.privately(call, `${why}\n-# ${wayOn.notKept}`);
  }
  const rows = [[offerButton(CHANGE_ACTION, id, wayOn.change)]];
  await services.replies.privately(call, { content: why, rows });
}

/** Refuses a request whose length is none, and names whatever else its route does not accept. */
export async function answerUnreadableDuration(
  call: Place & Served,
  services: ChangeServices,
  wanted: Wanted & { readonly typedDuration: string },
): Promise<void> {
  const { route, request, typedDuration: given } = wanted;
  const { default: _, ...lengths } = route.duration;
  const fault = {
    options: ['duration'],
    reason: { kind: 'duration-unreadable', given, ...lengths },
  } as const;
  const issues = [fault, ...validateRequest(route, request)];
  const why = refusalText(route, issues, [], messagesFor(call.language));
  await answerWithChange(call, services, { ...wanted, why });
}
