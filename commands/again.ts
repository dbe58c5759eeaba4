import { originOf } from '../src/app/second/source-task.ts';
import { isAuto, quoteOf } from '../src/domain/tasks/plan.ts';
import type { Route } from '../src/domain/routes/route.ts';
import type { CommandServices, ComponentCall } from '../src/discord/command.ts';
import { makeAuto } from '../src/discord/models/make-auto.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { routeOff } from '../src/discord/second/route-off.ts';
import { withMediaAgain } from '../src/discord/second/source-of-click.ts';
import type { ClickedTask } from '../src/discord/second/source-of-click.ts';
import { routesHere } from '../src/discord/second/routes-here.ts';
import { wayHandlers } from '../src/discord/second/way-handlers.ts';
import type { Click } from '../src/discord/second/way-handlers.ts';

/**
 * The button "Again" under a video: the same request once more, at the price on its label. What
 * exceeds the server's amount is confirmed first, because one click on a public message is quick.
 */
export const againButtons = wayHandlers({
  action: 'again',
  async open(call, services, source, click) {
    const { task } = source;
    const route = await routeAgain(call, services, source);
    if (route === undefined) {
      return isAuto(task)
        ? againByAuto(call, services, source, click)
        : routeOff(call, services, source);
    }
    const request = await withMediaAgain(call, services, { ...source, route });
    if (request === undefined) return;
    await makeVideo(call, services, {
      route,
      request,
      agreed: { shown: quoteOf(task), by: 'quick' },
      ...click,
      origin: originOf(task, 'again'),
    });
  },
});

/** The route of the video; of one by `auto` only while it is allowed here, else `auto` goes on. */
async function routeAgain(
  call: ComponentCall,
  services: CommandServices,
  { task, route }: ClickedTask,
): Promise<Route | undefined> {
  if (!isAuto(task)) return route;
  return (await routesHere(call, services)).find(({ id }) => id === route?.id);
}

async function againByAuto(
  call: ComponentCall,
  services: CommandServices,
  source: ClickedTask,
  click: Click,
): Promise<void> {
  const { task, request } = source;
  await makeAuto(call, services, {
    request,
    ready: async ({ route }) => withMediaAgain(call, services, { ...source, route }),
    agreed: { shown: quoteOf(task), by: 'quick' },
    ...click,
    origin: originOf(task, 'again'),
  });
}
