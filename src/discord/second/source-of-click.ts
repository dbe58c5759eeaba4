import { DECISION_LIMIT_MS } from '../../app/accept/decision-limit.ts';
import { findSource } from '../../app/second/source-task.ts';
import type { Source } from '../../app/second/source-task.ts';
import { findRoute } from '../../domain/routes/catalogue.ts';
import { withoutNamed } from '../../domain/library/name-media.ts';
import { givenMedia } from '../../domain/routes/given-media.ts';
import type { Route } from '../../domain/routes/route.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import type { CommandServices } from '../command.ts';
import { nameOrAnswered } from '../assets/name-or-answered.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Served } from '../served.ts';

/** The services that a click on a task's message needs. */
export type SourceServices = Pick<
  CommandServices,
  | 'tasks'
  | 'guilds'
  | 'preferences'
  | 'replies'
  | 'routesOn'
  | 'reuseMedia'
  | 'clock'
  | 'namedAssets'
  | 'log'
>;

/** A task whose message was clicked, and its route while that is on. */
export interface ClickedTask extends Source {
  readonly route: Route | undefined;
}

/** The task of a click; `undefined` if it allows nothing: then the member was answered why. */
export async function sourceOfClick(
  call: Place & Served,
  services: SourceServices,
  taskId: string,
): Promise<ClickedTask | undefined> {
  const clicker = { guildId: call.guildId, memberId: call.member.user.id };
  const source = await findSource(services, clicker, taskId);
  if (typeof source === 'string') {
    const { refused } = messagesFor(call.language).second;
    await services.replies.privately(call, refused[source]);
    return undefined;
  }
  const { route: id } = currentRoute(source.task);
  const request = await nameOrAnswered(call, services, source.request);
  if (request === undefined) return undefined;
  return { ...source, request, route: findRoute({ providers: [], routes: services.routesOn }, id) };
}

/**
 * The request with media that can be sent again; `undefined` if some are gone: then the member was
 * answered which.
 */
export async function withMediaAgain(
  call: Place & Served,
  services: SourceServices,
  { task, request, route }: Source & { readonly route: Route },
): Promise<Source['request'] | undefined> {
  // What the prompt names is looked up anew when the video is made.
  const attached = withoutNamed(request);
  if (givenMedia(attached).length === 0) return attached;
  const elapsed = services.clock.elapsed();
  const spentMs = elapsed - (call.receivedElapsed ?? elapsed);
  const limit = AbortSignal.timeout(Math.max(Math.round(MEDIA_LIMIT_MS - spentMs), 0));
  const reused = await services.reuseMedia(task.id, attached, route, limit);
  if (reused.kind === 'ready') return reused.request;
  const { second, units } = messagesFor(call.language);
  const options = units.and(reused.options.map((option) => `\`${option}\``));
  await services.replies.privately(call, second.mediaGone(options));
  return undefined;
}

/** From the arrival of the click; a little before the time for the decision has passed. */
const MEDIA_LIMIT_MS = DECISION_LIMIT_MS - 100;
