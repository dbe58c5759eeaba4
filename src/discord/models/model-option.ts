import { ApplicationCommandOptionType } from '../discord-js.ts';

/** The `model` option. Its suggestions come from the bot, because a list of choices has only 25. */
export const MODEL_OPTION = {
  name: 'model',
  type: ApplicationCommandOptionType.String,
  autocomplete: true,
} as const;
