import { originOf } from '../src/app/second/source-task.ts';
import { waysAbove } from '../src/domain/ways/ways-above.ts';
import { waysUnchanged } from '../src/domain/ways/ways-unchanged.ts';
import type { Way } from '../src/domain/ways/way.ts';
import type { ComponentCall, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { keptOrWithout } from '../src/discord/second/or-without.ts';
import { offeredTo } from '../src/discord/second/offered-to.ts';
import { routesHere } from '../src/discord/second/routes-here.ts';
import type { ClickedTask } from '../src/discord/second/source-of-click.ts';
import { offeredOf, offeredWay, waySelect } from '../src/discord/second/way-choice.ts';
import { wayHandlers } from '../src/discord/second/way-handlers.ts';
import type { Click } from '../src/discord/second/way-handlers.ts';

/** The button "Higher quality" under a video: what makes it better, with prices. */
export const higherButtons = wayHandlers({
  action: 'higher',
  async open(call, services, source, click) {
    const { higherIntro, refused } = messagesFor(call.language).second;
    const { route, request } = source;
    const routes = await routesHere(call, services);
    const ways = route === undefined ? [] : waysAbove(route, request, routes, services.priceList);
    const texts = { intro: higherIntro, none: refused.nothingUp };
    await offerWays(call, services, { source, ways, action: 'higher', texts, click });
  },
});

/** The button "Another model": the models that accept the request unchanged, with prices. */
export const otherModelButtons = wayHandlers({
  action: 'other',
  async open(call, services, source, click) {
    const { otherIntro, refused } = messagesFor(call.language).second;
    const routes = await routesHere(call, services);
    const others = routes.filter(({ id }) => id !== source.route?.id);
    const ways = waysUnchanged(source.request, others, services.priceList);
    const texts = { intro: otherIntro, none: refused.nothingElse };
    await offerWays(call, services, { source, ways, action: 'other', texts, click });
  },
});

async function offerWays(
  call: ComponentCall,
  services: CommandServices,
  offered: {
    readonly source: ClickedTask;
    readonly ways: readonly Way[];
    readonly action: 'higher' | 'other';
    readonly texts: { readonly intro: string; readonly none: string };
    readonly click: Click;
  },
): Promise<void> {
  const { source, action, texts, click } = offered;
  const messages = messagesFor(call.language);
  const { ways, more } = offeredOf(offered.ways, messages);
  if (ways.length === 0) return services.replies.privately(call, texts.none);
  const id = await keptOrWithout(call, services, {
    ...offeredTo(call),
    route: source.route?.id ?? '',
    request: source.request,
    ways: ways.map(offeredWay),
    origin: originOf(source.task, action),
    ...click,
  });
  if (id === undefined) return services.replies.privately(call, messages.second.wayOn.notKept);
  await services.replies.privately(call, {
    content: [texts.intro, ...more].join('\n'),
    rows: [[waySelect(id, ways, messages)]],
  });
}
