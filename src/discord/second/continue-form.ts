import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Continuation } from '../../domain/ways/continued-request.ts';
import type { Messages } from '../messages/en.ts';
import type { Modal } from '../replies.ts';
import { takesFirstFrame } from './button-facts.ts';
import { durationField, modelField, promptField } from './form-fields.ts';
import { readDuration, readModel, typedPrompt } from './read-fields.ts';
import type { EnteredDuration, EnteredFields, FieldFault } from './read-fields.ts';

/** The form to go on from a clip, filled in with how the clip was made. */
export function continueForm(
  { request, route }: { readonly request: VideoRequest; readonly route: Route | undefined },
  { customId, routes }: { readonly customId: string; readonly routes: readonly Route[] },
  messages: Messages,
): Modal {
  const offered = routes.filter(takesFirstFrame);
  const chosen = offered.find(({ id }) => id === route?.id) ?? likelyRoute(offered, request);
  return {
    custom_id: customId,
    title: messages.continuing.title,
    components: [
      promptField(request.prompt, messages),
      modelField(offered, chosen, messages),
      durationField(request.durationSeconds, messages),
    ],
  };
}

/** The first route that makes videos of this length, else the first. */
function likelyRoute(
  routes: readonly Route[],
  { durationSeconds }: VideoRequest,
): Route | undefined {
  const makesLength = ({ duration: { min, max } }: Route): boolean =>
    durationSeconds !== undefined && durationSeconds >= min && durationSeconds <= max;
  return routes.find(makesLength) ?? routes[0];
}

/** Reads the form when it was sent. */
export function readContinuation(
  fields: EnteredFields,
  routes: readonly Route[],
): ({ readonly kind: 'entered' } & Continuation & EnteredDuration) | FieldFault {
  const route = readModel(fields, routes.filter(takesFirstFrame));
  if (route === undefined) return { kind: 'not-offered' };
  return { kind: 'entered', route, prompt: typedPrompt(fields), ...readDuration(fields) };
}
