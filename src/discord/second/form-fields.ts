import type {
  APIComponentInLabel,
  APILabelComponent,
  APISelectMenuOption,
  APIStringSelectComponent,
} from 'discord.js';
import { charactersOf } from '../../domain/routes/characters-of.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import { choiceOf } from '../../domain/routes/route-choice.ts';
import type { Route } from '../../domain/routes/route.ts';
import { ComponentType, TextInputStyle } from '../discord-js.ts';
import type { Messages } from '../messages/en.ts';
import { firstWith } from '../models/first-with.ts';
import { shorten } from '../render/escape-user-text.ts';

/** Discord's limit for a text input; `/video` takes longer prompts. */
const PROMPT_MAX = 4000;
/** More than any length has, and short enough to be shown. */
export const DURATION_MAX_CHARS = 10;
const CHOICES_MAX = 25;
const LABEL_MAX = 100;
/** The value of a select that leaves the choice to the model. */
export const AUTOMATIC = 'default';

/** The custom ids of fields that several forms have. */
export const FIELDS = {
  prompt: 'prompt',
  model: 'model',
  duration: 'duration',
  resolution: 'resolution',
  ratio: 'ratio',
} as const;

/** Whether a request's prompt fits into a form. */
export function isEditable({ prompt }: Pick<VideoRequest, 'prompt'>): boolean {
  return charactersOf(prompt) <= PROMPT_MAX;
}

/** A field of a form under its name, at most 45 characters, and a line of help of at most 100. */
export function labelled(
  label: string,
  component: APIComponentInLabel,
  description?: string,
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label,
    component,
    ...(description === undefined ? {} : { description }),
  };
}

export function promptField(prompt: string, { second: { form } }: Messages): APILabelComponent {
  return labelled(form.prompt, {
    type: ComponentType.TextInput,
    custom_id: FIELDS.prompt,
    style: TextInputStyle.Paragraph,
    required: true,
    max_length: PROMPT_MAX,
    ...(prompt === '' ? {} : { value: prompt }),
  });
}

/** `shown`: a length in seconds, or what was typed in its place. */
export function durationField(
  shown: number | string | undefined,
  { second: { form } }: Messages,
): APILabelComponent {
  return labelled(form.duration, {
    type: ComponentType.TextInput,
    custom_id: FIELDS.duration,
    style: TextInputStyle.Short,
    required: false,
    max_length: DURATION_MAX_CHARS,
    ...(shown === undefined ? {} : { value: String(shown) }),
  });
}

/** The first 25 routes, always with the current one, which is chosen. */
export function modelField(
  routes: readonly Route[],
  current: Route | undefined,
  { second: { form } }: Messages,
): APILabelComponent {
  const options = firstWith(current, routes, CHOICES_MAX).map(({ id, name }) => ({
    label: shorten(name, LABEL_MAX),
    value: choiceOf(id),
    default: id === current?.id,
  }));
  const help = routes.length > CHOICES_MAX ? form.moreModels : undefined;
  return labelled(form.model, select(FIELDS.model, options), help);
}

/** A choice among values of `/video`, or to leave it to the model. */
export function choiceField(
  field: 'resolution' | 'ratio',
  values: readonly string[],
  current: string | undefined,
  { second: { form } }: Messages,
): APILabelComponent {
  const options = [
    { label: form.automatic, value: AUTOMATIC, default: current === undefined },
    ...values.map((value) => ({ label: value, value, default: value === current })),
  ];
  return labelled(form[field], select(FIELDS[field], options));
}

function select(customId: string, options: APISelectMenuOption[]): APIStringSelectComponent {
  return { type: ComponentType.StringSelect, custom_id: customId, options };
}
