import { originOf } from '../src/app/second/source-task.ts';
import { quoteOf } from '../src/domain/tasks/plan.ts';
import { mayBeCharged } from '../src/domain/tasks/second-ways.ts';
import type { CommandServices, ComponentCall, ComponentHandler } from '../src/discord/command.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { askBecauseHeld } from '../src/discord/second/ask-because-held.ts';
import { sourceOfClick, withMediaAgain } from '../src/discord/second/source-of-click.ts';
import type { ClickedTask } from '../src/discord/second/source-of-click.ts';
import { routeOff } from '../src/discord/second/route-off.ts';

/**
 * The button "Again" under a video: the same request once more, at the price on its label. What
 * exceeds the server's amount is confirmed first, because one click on a public message is quick.
 */
export const again: ComponentHandler = {
  action: 'again',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source === undefined) return;
    // The button of a message that shows an earlier end, after a restored store.
    if (mayBeCharged(source.task)) return askBecauseHeld(call, services, 'again', taskId);
    await makeAgain(call, services, source);
  },
};

/** The same after the question whether to go on although the first video may be charged. */
export const againAnyway: ComponentHandler = {
  action: 'again-anyway',
  asCommand: 'video',
  async run(call, taskId, services) {
    const source = await sourceOfClick(call, services, taskId);
    if (source !== undefined) await makeAgain(call, services, source);
  },
};

async function makeAgain(
  call: ComponentCall,
  services: CommandServices,
  source: ClickedTask,
): Promise<void> {
  const { task, route } = source;
  if (route === undefined) return routeOff(call, services, source);
  const request = await withMediaAgain(call, services, { ...source, route });
  if (request === undefined) return;
  await makeVideo(call, services, {
    route,
    request,
    agreed: { shown: quoteOf(task), isQuick: true },
    claim: { memberId: call.member.user.id, sourceId: task.id, action: 'again' },
    origin: originOf(task, 'again'),
  });
}
