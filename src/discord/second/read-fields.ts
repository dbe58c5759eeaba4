import { choiceOf } from '../../domain/routes/route-choice.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { ModalInteraction } from '../modal-interaction.ts';
import { typedWhole } from '../options/typed-whole.ts';
import { shorten } from '../render/escape-user-text.ts';
import { AUTOMATIC, DURATION_MAX_CHARS, FIELDS } from './form-fields.ts';

/** A form that was sent with a model or value that is not offered. */
export interface FieldFault {
  readonly kind: 'not-offered';
}

/** The length that was typed, or what was typed that is none; neither if nothing was typed. */
export interface EnteredDuration {
  readonly durationSeconds?: number;
  /** As long as the field may be. */
  readonly typedDuration?: string;
}

/** What was entered in a form; everything in it is from outside. */
export type EnteredFields = Pick<ModalInteraction, 'entered' | 'chosen'>;

/** The prompt that was typed, so that it can be given back. */
export function typedPrompt({ entered }: Pick<EnteredFields, 'entered'>): string {
  return textOf(entered.get(FIELDS.prompt));
}

/** The chosen model, among these. */
export function readModel(
  { chosen }: Pick<EnteredFields, 'chosen'>,
  routes: readonly Route[],
): Route | undefined {
  return routes.find(({ id }) => choiceOf(id) === chosen.get(FIELDS.model)?.[0]);
}

/** The typed length. Every positive whole number is one; which of them a route accepts is its rule. */
export function readDuration({ entered }: Pick<EnteredFields, 'entered'>): EnteredDuration {
  const typed = textOf(entered.get(FIELDS.duration)).trim();
  if (typed === '') return {};
  const seconds = typed.length > DURATION_MAX_CHARS ? undefined : typedWhole(typed);
  return seconds === undefined || seconds === 0n
    ? { typedDuration: shorten(typed, DURATION_MAX_CHARS) }
    : { durationSeconds: Number(seconds) };
}

/** The chosen value; `undefined` where the model chooses. */
export function readChoice<T extends string>(
  { chosen }: Pick<EnteredFields, 'chosen'>,
  field: 'resolution' | 'ratio',
  offered: readonly T[],
): T | undefined | FieldFault {
  const value = chosen.get(FIELDS[field])?.[0];
  if (value === undefined || value === AUTOMATIC) return undefined;
  return offered.find((known) => known === value) ?? { kind: 'not-offered' };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
