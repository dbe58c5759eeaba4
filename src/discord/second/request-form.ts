import type {
  APIComponentInLabel,
  APILabelComponent,
  APISelectMenuOption,
  APIStringSelectComponent,
} from 'discord.js';
import { RATIOS, RESOLUTIONS } from '../../domain/routes/options.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import { ComponentType, TextInputStyle } from '../discord-js.ts';
import type { ModalInteraction } from '../modal-interaction.ts';
import type { Messages } from '../messages/en.ts';
import type { Modal } from '../replies.ts';

/** Discord's limit for a text input; `/video` takes longer prompts. */
const PROMPT_MAX = 4000;
const CHOICES_MAX = 25;
/** The value of a select that leaves the choice to the model. */
const AUTOMATIC = 'default';

const FIELDS = {
  prompt: 'prompt',
  model: 'model',
  duration: 'duration',
  resolution: 'resolution',
  ratio: 'ratio',
} as const;

/** Whether a request's prompt fits into a form. */
export function isEditable({ prompt }: Pick<VideoRequest, 'prompt'>): boolean {
  return prompt.length <= PROMPT_MAX;
}

/** A form to change a request, filled in. Attachments and switches stay as they are. */
export function requestForm(
  { request, route }: { readonly request: VideoRequest; readonly route: Route | undefined },
  { customId, routes }: { readonly customId: string; readonly routes: readonly Route[] },
  { second: { form } }: Messages,
): Modal {
  return {
    custom_id: customId,
    title: form.edit,
    components: [
      label(form.prompt, {
        type: ComponentType.TextInput,
        custom_id: FIELDS.prompt,
        style: TextInputStyle.Paragraph,
        value: request.prompt,
        required: true,
        max_length: PROMPT_MAX,
      }),
      label(form.model, select(FIELDS.model, modelChoices(routes, route))),
      label(form.duration, {
        type: ComponentType.TextInput,
        custom_id: FIELDS.duration,
        style: TextInputStyle.Short,
        required: false,
        max_length: 10,
        ...(request.durationSeconds === undefined
          ? {}
          : { value: String(request.durationSeconds) }),
      }),
      label(
        form.resolution,
        select(FIELDS.resolution, valueChoices(RESOLUTIONS, request.resolution, form.automatic)),
      ),
      label(form.ratio, select(FIELDS.ratio, valueChoices(RATIOS, request.ratio, form.automatic))),
    ],
  };
}

function label(text: string, component: APIComponentInLabel): APILabelComponent {
  return { type: ComponentType.Label, label: text, component };
}

function select(customId: string, options: APISelectMenuOption[]): APIStringSelectComponent {
  return { type: ComponentType.StringSelect, custom_id: customId, options };
}

/** The first 25 routes, always with the current one. */
function modelChoices(routes: readonly Route[], current: Route | undefined): APISelectMenuOption[] {
  const isCurrent = ({ id }: Route): boolean => id === current?.id;
  const others = routes.filter((route) => !isCurrent(route));
  const shown = new Set([...routes.filter(isCurrent), ...others].slice(0, CHOICES_MAX));
  return routes
    .filter((route) => shown.has(route))
    .map((route) => ({
      label: route.name,
      value: route.id,
      default: isCurrent(route),
    }));
}

function valueChoices(
  values: readonly string[],
  current: string | undefined,
  automatic: string,
): APISelectMenuOption[] {
  return [
    { label: automatic, value: AUTOMATIC, default: current === undefined },
    ...values.map((value) => ({ label: value, value, default: value === current })),
  ];
}

/** What was entered in the form, over the request that it showed. */
export type FormEntry =
  | { readonly kind: 'entered'; readonly request: VideoRequest; readonly route: Route }
  | { readonly kind: 'bad-duration'; readonly typed: string }
  /** A model or value that is not offered. */
  | { readonly kind: 'not-offered' };

/** Reads a form that was sent; everything in it is from outside. */
export function readForm(
  { entered, chosen }: Pick<ModalInteraction, 'entered' | 'chosen'>,
  before: VideoRequest,
  routes: readonly Route[],
): FormEntry {
  const route = routes.find(({ id }) => id === chosen.get(FIELDS.model)?.[0]);
  const resolution = readChoice(RESOLUTIONS, chosen.get(FIELDS.resolution));
  const ratio = readChoice(RATIOS, chosen.get(FIELDS.ratio));
  if (route === undefined || resolution === 'unknown' || ratio === 'unknown') {
    return { kind: 'not-offered' };
  }
  const typed = textOf(entered.get(FIELDS.duration)).trim();
  const durationSeconds = typed === '' ? undefined : Number(typed);
  if (durationSeconds !== undefined && !isDuration(durationSeconds)) {
    return { kind: 'bad-duration', typed };
  }
  const { durationSeconds: _, resolution: _before, ratio: _shown, ...kept } = before;
  const request = {
    ...kept,
    prompt: typedPrompt({ entered }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { ratio }),
  };
  return { kind: 'entered', request, route };
}

/** The prompt that was typed, so that it can be given back. */
export function typedPrompt({ entered }: Pick<ModalInteraction, 'entered'>): string {
  return textOf(entered.get(FIELDS.prompt));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `/video` accepts 1 to 60; what a route accepts is its own rule. */
function isDuration(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 60;
}

function readChoice<T extends string>(
  offered: readonly T[],
  values: readonly string[] | undefined,
): T | undefined | 'unknown' {
  const value = values?.[0];
  if (value === undefined || value === AUTOMATIC) return undefined;
  return offered.find((known) => known === value) ?? 'unknown';
}
