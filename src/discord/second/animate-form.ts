import { RATIOS } from '../../domain/routes/options.ts';
import type { Attachment, VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import { ComponentType } from '../discord-js.ts';
import type { Messages } from '../messages/en.ts';
import type { Modal } from '../replies.ts';
import { takesFirstFrame } from './button-facts.ts';
import { choiceField, durationField, labelled, modelField, promptField } from './form-fields.ts';
import { readChoice, readDuration, readModel, typedPrompt } from './read-fields.ts';
import type { FormEntry } from './request-form.ts';
import type { EnteredFields } from './read-fields.ts';

/** The tick that makes the second picture the last frame. */
const WITH_LAST = 'last';

/** The pictures to animate, kept as frames until the form is sent. */
export function animatedMedia(pictures: readonly Attachment[]): VideoRequest['media'] {
  const [first, last] = pictures;
  return {
    ...(first === undefined ? {} : { first_frame: first }),
    ...(last === undefined ? {} : { last_frame: last }),
  };
}

/** The models that make a video of these pictures. */
export function animatingRoutes(routes: readonly Route[], media: VideoRequest['media']): Route[] {
  const hasTwo = media.last_frame !== undefined;
  return routes.filter((route) => takesFirstFrame(route) || (hasTwo && route.frames === 'pair'));
}

/** The form to animate pictures. `chosen`: the model that is shown first. */
export function animateForm(
  media: VideoRequest['media'],
  {
    customId,
    routes,
    chosen,
  }: { readonly customId: string; readonly routes: readonly Route[]; readonly chosen: Route },
  messages: Messages,
): Modal {
  const { animating } = messages;
  const tick = { type: ComponentType.Checkbox, custom_id: WITH_LAST, default: false } as const;
  return {
    custom_id: customId,
    title: animating.title,
    components: [
      promptField('', messages),
      modelField(animatingRoutes(routes, media), chosen, messages),
      durationField(undefined, messages),
      choiceField('ratio', RATIOS, undefined, messages),
      ...(media.last_frame === undefined ? [] : [labelled(animating.withLast, tick)]),
    ],
  };
}

/** Reads the form when it was sent, over the pictures that it was opened on. */
export function readAnimation(
  fields: EnteredFields,
  { first_frame: first, last_frame: last }: VideoRequest['media'],
  routes: readonly Route[],
): FormEntry {
  const media = {
    ...(first === undefined ? {} : { first_frame: first }),
    ...(last === undefined ? {} : { last_frame: last }),
  };
  const route = readModel(fields, animatingRoutes(routes, media));
  const ratio = readChoice(fields, 'ratio', RATIOS);
  if (route === undefined || typeof ratio === 'object') return { kind: 'not-offered' };
  const { typedDuration, ...duration } = readDuration(fields);
  const { last_frame: _, ...withoutLast } = media;
  const request = {
    prompt: typedPrompt(fields),
    media: fields.entered.get(WITH_LAST) === true ? media : withoutLast,
    ...duration,
    ...(ratio === undefined ? {} : { ratio }),
  };
  return { kind: 'entered', route, request, ...(typedDuration && { typedDuration }) };
}
