import type { Offer } from '../../app/second/offer.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { ButtonStyle, ComponentType } from '../discord-js.ts';
import type { Place } from '../interaction.ts';
import type { MakingServices, Wanted } from '../wanted.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { taskLink } from '../render/message-link.ts';
import type { Served } from '../served.ts';
import { offeredTo } from './offered-to.ts';
import { keptOrWithout } from './or-without.ts';

/** Makes one more video although the click before is not finished. */
export const ANOTHER_ACTION = 'another';

/** The price that was agreed to before, as far as it counts for one more video. */
export function agreedIn({ agreed }: Pick<Wanted, 'agreed'>): Pick<Offer, 'shown' | 'agreedBy'> {
  if (agreed?.shown === undefined) return {};
  return { shown: agreed.shown, agreedBy: agreed.by === 'quick' ? 'quick' : 'choice' };
}

/** Says which video the same click is making already, and offers to make another one all the same. */
export async function answerMadeAlready(
  call: Place & Served,
  services: Pick<MakingServices, 'replies' | 'confirmations' | 'clock' | 'log'>,
  { made, ...wanted }: Wanted & { readonly made: Task | undefined },
): Promise<void> {
  const { second } = messagesFor(call.language);
  const link = made === undefined ? undefined : taskLink(made);
  if (link === undefined) {
    await services.replies.privately(call, second.alreadyStarting);
    return;
  }
  const id = await keptOrWithout(call, services, {
    ...offeredTo(call),
    route: wanted.route.id,
    request: wanted.request,
    ...agreedIn(wanted),
    origin: wanted.origin,
    claim: wanted.claim,
  });
  if (id === undefined) return services.replies.privately(call, second.alreadyMade(link));
  await services.replies.privately(call, {
    content: second.alreadyMade(link),
    rows: [
      [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: second.another,
          custom_id: `${ANOTHER_ACTION}:${id}`,
        },
      ],
    ],
  });
}
