import type { VideoOption } from '../../domain/routes/options.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';

/** Whether the media of an earlier task can be sent again. */
type ReusedMedia =
  /** Each attachment refers to the bot's copy, or has an address that answers. */
  | { readonly kind: 'ready'; readonly request: VideoRequest }
  /** These media are not there any more: the member has to give them again. */
  | { readonly kind: 'gone'; readonly options: readonly VideoOption[] };

/**
 * Looks for the media of a request that was made as `taskId`, so that it can be made again on a
 * route. Takes up to 2 s where Discord's address has to be tried. Never rejects.
 */
export type ReuseMedia = (
  taskId: TaskId,
  request: VideoRequest,
  route: Route,
  signal: AbortSignal,
) => Promise<ReusedMedia>;
