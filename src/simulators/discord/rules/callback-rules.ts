import { FLAGS, LIMITS } from '../limits.ts';
import type { InteractionType } from '../world/interactions.ts';
import { OPTION } from '../option-types.ts';
import { field, integerOf, isAbsent, listOf, recordsOf } from '../values.ts';
import { checkChoice } from './choice-rules.ts';
import { checkList, issue, type Issue } from './issue.ts';

/** Discord's callback types. */
export const CALLBACK = {
  message: 4,
  deferredMessage: 5,
  deferredUpdate: 6,
  update: 7,
  autocomplete: 8,
  modal: 9,
} as const;

const { message, deferredMessage, deferredUpdate, update, autocomplete, modal } = CALLBACK;

/** The callbacks that each interaction allows; a modal needs a source message for updates. */
const ALLOWED_CALLBACKS: Readonly<Record<InteractionType, readonly number[]>> = {
  2: [message, deferredMessage, modal],
  3: [message, deferredMessage, deferredUpdate, update, modal],
  4: [autocomplete],
  5: [message, deferredMessage, deferredUpdate, update],
};

export function checkCallbackType(
  type: unknown,
  interaction: { readonly type: InteractionType; readonly sourceMessageId: string | undefined },
): Issue[] {
  const updates = type === deferredUpdate || type === update;
  const fits =
    ALLOWED_CALLBACKS[interaction.type].some((known) => known === type) &&
    !(updates && interaction.sourceMessageId === undefined);
  return fits
    ? []
    : [
        issue(
          ['type'],
          'INTERACTION_RESPONSE_TYPE_INVALID',
          'This response type is not valid for the interaction',
        ),
      ];
}

/** Checks that a deferral sets no flag but EPHEMERAL. */
export function checkDeferral(data: unknown): Issue[] {
  const flags = field(data, 'flags');
  return isAbsent(flags) || flags === 0 || flags === FLAGS.ephemeral
    ? []
    : [
        issue(
          ['data', 'flags'],
          'INTERACTION_DEFERRED_FLAGS_INVALID',
          'Only the EPHEMERAL flag may be set when deferring',
        ),
      ];
}

/** Checks suggestions, whose values must be of the type of the option that is being typed. */
export function checkAutocomplete(data: unknown, optionType: number): Issue[] {
  const at = ['data', 'choices'];
  const choices = field(data, 'choices');
  return [
    ...checkList(choices, at, { max: LIMITS.autocomplete }),
    ...listOf(choices).flatMap((choice, index) => checkChoice(choice, optionType, [...at, index])),
  ];
}

/** Returns the type of the option that is being typed. */
export function focusedType(payload: Readonly<Record<string, unknown>>): number {
  const levels = [recordsOf(field(payload['data'], 'options'))];
  for (const options of levels) {
    const focused = options.find((option) => option['focused'] === true);
    if (focused !== undefined) {
      return integerOf(focused['type']) ?? OPTION.string;
    }
    levels.push(...options.map((option) => recordsOf(option['options'])));
  }
  return OPTION.string;
}
