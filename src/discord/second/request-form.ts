import { RATIOS, RESOLUTIONS } from '../../domain/routes/options.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import type { Modal } from '../replies.ts';
import { choiceField, durationField, modelField, promptField } from './form-fields.ts';
import { readChoice, readDuration, readModel, typedPrompt } from './read-fields.ts';
import type { EnteredDuration, EnteredFields, FieldFault } from './read-fields.ts';

/** A request as a form shows it. */
interface ShownRequest {
  readonly request: VideoRequest;
  readonly route: Route | undefined;
  /** What was typed in place of a length. */
  readonly typedDuration?: string | undefined;
}

/** A form to change a request, filled in. Attachments and switches stay as they are. */
export function requestForm(
  { request, route, typedDuration }: ShownRequest,
  { customId, routes }: { readonly customId: string; readonly routes: readonly Route[] },
  messages: Messages,
): Modal {
  return {
    custom_id: customId,
    title: messages.second.form.edit,
    components: [
      promptField(request.prompt, messages),
      modelField(routes, route, messages),
      durationField(typedDuration ?? request.durationSeconds, messages),
      choiceField('resolution', RESOLUTIONS, request.resolution, messages),
      choiceField('ratio', RATIOS, request.ratio, messages),
    ],
  };
}

/** What was entered in the form, over the request that it showed. */
export type FormEntry =
  | ({
      readonly kind: 'entered';
      readonly request: VideoRequest;
      readonly route: Route;
    } & Pick<EnteredDuration, 'typedDuration'>)
  | FieldFault;

/** Reads a form that was sent; everything in it is from outside. */
export function readForm(
  fields: EnteredFields,
  before: VideoRequest,
  routes: readonly Route[],
): FormEntry {
  const route = readModel(fields, routes);
  const resolution = readChoice(fields, 'resolution', RESOLUTIONS);
  const ratio = readChoice(fields, 'ratio', RATIOS);
  if (route === undefined || typeof resolution === 'object' || typeof ratio === 'object') {
    return { kind: 'not-offered' };
  }
  const { typedDuration, ...duration } = readDuration(fields);
  const { durationSeconds: _, resolution: _before, ratio: _shown, ...kept } = before;
  const request = {
    ...kept,
    prompt: typedPrompt(fields),
    ...duration,
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { ratio }),
  };
  return { kind: 'entered', request, route, ...(typedDuration && { typedDuration }) };
}
