import { originOf } from '../../app/second/source-task.ts';
import type { Source } from '../../app/second/source-task.ts';
import { waysUnchanged } from '../../domain/ways/ways-unchanged.ts';
import type { Place } from '../interaction.ts';
import type { MakingServices } from '../wanted.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Served } from '../served.ts';
import { routesHere } from './routes-here.ts';
import { offeredTo } from './offered-to.ts';
import { keptOrWithout } from './or-without.ts';
import { withoutWays } from './without-ways.ts';
import { offeredOf, offeredWay, waySelect } from './way-choice.ts';

/** Answers a click on a video whose model is off by now: with the models that take the request. */
export async function routeOff(
  call: Place & Served,
  services: MakingServices,
  { task, request }: Source,
): Promise<void> {
  const messages = messagesFor(call.language);
  const all = waysUnchanged(request, await routesHere(call, services), services.priceList);
  const { ways, more } = offeredOf(all, messages);
  if (ways.length === 0) {
    await services.replies.privately(call, messages.second.refused.nothingElse);
    return;
  }
  const id = await keptOrWithout(call, services, {
    ...offeredTo(call),
    route: '',
    request,
    ways: ways.map(offeredWay),
    origin: originOf(task, 'other'),
    claim: { memberId: call.member.user.id, sourceId: task.id, action: 'other' },
  });
  if (id === undefined) {
    const content = withoutWays(messages.second.modelOff, all, messages);
    return services.replies.privately(call, content);
  }
  await services.replies.privately(call, {
    content: [messages.second.modelOff, ...more].join('\n'),
    rows: [[waySelect(id, ways, messages)]],
  });
}
