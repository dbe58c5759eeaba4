import { keepOffer } from '../src/app/second/offer.ts';
import { originOf } from '../src/app/second/source-task.ts';
import { mayBeCharged } from '../src/domain/tasks/second-ways.ts';
import { waysAbove } from '../src/domain/ways/ways-above.ts';
import { waysUnchanged } from '../src/domain/ways/ways-unchanged.ts';
import type { Way } from '../src/domain/ways/way.ts';
import type { ComponentCall, ComponentHandler, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { askBecauseHeld } from '../src/discord/second/ask-because-held.ts';
import { offeredTo } from '../src/discord/second/offered-to.ts';
import { routesHere } from '../src/discord/second/routes-here.ts';
import { sourceOfClick } from '../src/discord/second/source-of-click.ts';
import type { ClickedTask } from '../src/discord/second/source-of-click.ts';
import { offeredWay, waySelect } from '../src/discord/second/way-choice.ts';

/** The button "Higher quality" under a video: what makes it better, with prices. */
export const higherQuality: ComponentHandler = {
  action: 'higher',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source === undefined) return;
    const { higherIntro, refused } = messagesFor(call.language).second;
    const { route, request } = source;
    const routes = await routesHere(call, services);
    const ways = route === undefined ? [] : waysAbove(route, request, routes, services.priceList);
    await offerWays(call, services, {
      source,
      ways,
      action: 'higher',
      texts: { intro: higherIntro, none: refused.nothingUp },
    });
  },
};

/** The button "Another model": the models that accept the request unchanged, with prices. */
export const otherModel: ComponentHandler = {
  action: 'other',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source === undefined) return;
    if (mayBeCharged(source.task)) return askBecauseHeld(call, services, 'other', taskId);
    await offerOthers(call, services, source);
  },
};

/** The same after the question whether to go on although the first video may be charged. */
export const otherModelAnyway: ComponentHandler = {
  action: 'other-anyway',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source !== undefined) await offerOthers(call, services, source);
  },
};

async function offerOthers(
  call: ComponentCall,
  services: CommandServices,
  source: ClickedTask,
): Promise<void> {
  const { otherIntro, refused } = messagesFor(call.language).second;
  const routes = await routesHere(call, services);
  const others = routes.filter(({ id }) => id !== source.route?.id);
  await offerWays(call, services, {
    source,
    ways: waysUnchanged(source.request, others, services.priceList),
    action: 'other',
    texts: { intro: otherIntro, none: refused.nothingElse },
  });
}

async function offerWays(
  call: ComponentCall,
  services: CommandServices,
  offered: {
    readonly source: ClickedTask;
    readonly ways: readonly Way[];
    readonly action: 'higher' | 'other';
    readonly texts: { readonly intro: string; readonly none: string };
  },
): Promise<void> {
  const { source, ways, action, texts } = offered;
  if (ways.length === 0) return services.replies.privately(call, texts.none);
  const { id } = await keepOffer(services, {
    ...offeredTo(call),
    route: source.route?.id ?? '',
    request: source.request,
    ways: ways.map(offeredWay),
    origin: originOf(source.task, action),
    claim: { memberId: call.member.user.id, sourceId: source.task.id, action },
  });
  await services.replies.privately(call, {
    content: texts.intro,
    rows: [[waySelect(id, ways, messagesFor(call.language))]],
  });
}
