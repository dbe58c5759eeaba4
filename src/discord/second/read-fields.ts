import type { Route } from '../../domain/routes/route.ts';
import type { ModalInteraction } from '../modal-interaction.ts';
import { AUTOMATIC, FIELDS } from './form-fields.ts';

/** Why a form that was sent cannot be read. */
export type FieldFault =
  | { readonly kind: 'bad-duration'; readonly typed: string }
  /** A model or value that is not offered. */
  | { readonly kind: 'not-offered' };

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
  return routes.find(({ id }) => id === chosen.get(FIELDS.model)?.[0]);
}

/** The typed length in seconds; `undefined` if none was typed. */
export function readDuration({
  entered,
}: Pick<EnteredFields, 'entered'>): number | undefined | FieldFault {
  const typed = textOf(entered.get(FIELDS.duration)).trim();
  if (typed === '') return undefined;
  const seconds = Number(typed);
  return isDuration(seconds) ? seconds : { kind: 'bad-duration', typed };
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

/** `/video` accepts 1 to 60; what a route accepts is its own rule. */
function isDuration(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 60;
}
