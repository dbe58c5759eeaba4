import type { RouteRules } from '../domain/routes/route.ts';
import type { Submission } from '../domain/routes/submission.ts';
import { HOUR_MS } from '../domain/time-units.ts';
import type { ProviderDescriptor } from './descriptor.ts';

/** What shapes a create besides its request. */
export interface CreateSettings {
  readonly baseUrl: string;
  /** The operator's ids of models, by the models' names; none by default. */
  readonly models?: ReadonlyMap<string, string>;
  /** After this the bot gives a task up, in milliseconds; an hour by default. */
  readonly taskTimeoutMs?: number;
  /** Whether videos may be continued from their last frames; by default not. */
  readonly mayContinue?: () => boolean;
}

/** Builds the bodies of creates, with the ids of models as they are at this address. */
export function createBodyBy(
  { createBody, modelIds }: Pick<ProviderDescriptor, 'createBody' | 'modelIds'>,
  {
    baseUrl,
    models = new Map(),
    taskTimeoutMs = HOUR_MS,
    mayContinue = () => false,
  }: CreateSettings,
): (route: RouteRules, submission: Submission) => { readonly model: string } {
  const ids = new Map([...(modelIds?.(baseUrl) ?? []), ...models]);
  return (route, submission) => {
    const body = createBody(route, submission, { taskTimeoutMs, wantsLastFrame: mayContinue() });
    return { ...body, model: ids.get(body.model) ?? body.model };
  };
}
