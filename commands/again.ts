import { originOf } from '../src/app/second/source-task.ts';
import { quoteOf } from '../src/domain/tasks/plan.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { routeOff } from '../src/discord/second/route-off.ts';
import { withMediaAgain } from '../src/discord/second/source-of-click.ts';
import { wayHandlers } from '../src/discord/second/way-handlers.ts';

/**
 * The button "Again" under a video: the same request once more, at the price on its label. What
 * exceeds the server's amount is confirmed first, because one click on a public message is quick.
 */
export const againButtons = wayHandlers({
  action: 'again',
  async open(call, services, source, click) {
    const { task, route } = source;
    if (route === undefined) return routeOff(call, services, source);
    const request = await withMediaAgain(call, services, { ...source, route });
    if (request === undefined) return;
    await makeVideo(call, services, {
      route,
      request,
      agreed: { shown: quoteOf(task), isQuick: true },
      ...click,
      origin: originOf(task, 'again'),
    });
  },
});
