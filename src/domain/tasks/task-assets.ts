import type { Route } from '../routes/route.ts';
import { givenMedia } from '../routes/given-media.ts';
import type { Submission, SubmittedMedia } from '../routes/submission.ts';
import type { StageOf, Task } from './task.ts';

/** The library that a route's media, or those that its prompt names, lie in. */
export function libraryOf(route: Pick<Route, 'library' | 'assetLibrary'>): string | undefined {
  return route.library ?? route.assetLibrary;
}

/** Which media of a submission go by a library: all of the route's, or those that are named. */
export function isByLibrary(
  route: Pick<Route, 'library'>,
  { asset }: Pick<SubmittedMedia, 'asset'>,
): boolean {
  return route.library !== undefined || asset !== undefined;
}

/** Whether media of a task have to lie in its provider's library before it is sent. */
function needsLibrary(
  { secrets: { request, submission } }: Pick<Task, 'secrets'>,
  route: Pick<Route, 'library' | 'assetLibrary'>,
): boolean {
  if (libraryOf(route) === undefined) return false;
  if (request === undefined) {
    return submission?.media.some((one) => isByLibrary(route, one)) ?? false;
  }
  return givenMedia(request).some(
    ({ attachment: { named } }) => route.library !== undefined || named !== undefined,
  );
}

/**
 * The stage of a task that was acknowledged, or begins on its next route; `sent` counts the attempts
 * on routes before.
 */
export function firstStage(
  task: Pick<Task, 'secrets'>,
  route: Pick<Route, 'library' | 'assetLibrary'>,
  nowMs: number,
  sent?: StageOf<'preparing'>['sent'],
): StageOf<'preparing' | 'queued'> {
  if (needsLibrary(task, route)) {
    return { name: 'preparing', since: nowMs, ...(sent === undefined ? {} : { sent }) };
  }
  return sent === undefined
    ? { name: 'queued', creates: 0, notSent: 0, notBefore: nowMs }
    : // Without `since` a start whose clock is behind would wait for as long as that.
      { name: 'queued', ...sent, notBefore: nowMs, since: nowMs };
}

/** A submission of which what goes by a library is these assets, in their order. */
export function withAssets(
  submission: Submission,
  route: Pick<Route, 'library'>,
  ids: readonly string[],
): Submission {
  const left = [...ids];
  const media = submission.media.map((medium) => {
    if (!isByLibrary(route, medium)) return medium;
    const { copy: _, asset: _key, ...rest } = medium;
    return { ...rest, url: `asset://${left.shift() ?? ''}` };
  });
  return { ...submission, media };
}
