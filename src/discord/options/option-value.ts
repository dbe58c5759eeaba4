import type { CommandCall } from '../command.ts';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';

export type OptionValue = ReturnType<CommandCall['options']['get']>;

/**
 * The id of a member, role or channel; `undefined` if malformed, which only a hostile client sends.
 */
export function idOption(value: OptionValue): string | undefined {
  return snowflakeSchema.safeParse(value).data;
}

/** Reads one of the declared choices. */
export function choiceOption<Choice extends string>(
  value: OptionValue,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((choice) => choice === value);
}
