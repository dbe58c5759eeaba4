import { z } from 'zod';
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
} from '../src/discord/discord-js.ts';
import type { Command, CommandServices, ComponentHandler } from '../src/discord/command.ts';
import { described } from '../src/discord/localized.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { allowedRoutes } from '../src/domain/allowed-routes.ts';
import { isAutoValue } from '../src/domain/auto/auto.ts';
import { ROUTE_ABILITIES } from '../src/domain/routes/route-filter.ts';
import { choicesOf } from '../src/discord/options/choices.ts';
import { readRoute } from '../src/domain/routes/read-route.ts';
import { unknownModelText } from '../src/discord/models/unknown-model-text.ts';
import { MODEL_OPTION } from '../src/discord/models/model-option.ts';
import {
  MODEL_ACTIONS,
  autoLayout,
  modelLayout,
  modelListLayout,
} from '../src/discord/models/models-layout.ts';
import type { ShownModels } from '../src/discord/models/models-layout.ts';
import { suggestModels } from '../src/discord/models/suggest-models.ts';
import type { InteractionKey } from '../src/discord/replies.ts';
import type { Served } from '../src/discord/served.ts';

const NAME = 'models';
/** More than any model makes. */
const MAX_SECONDS = 60;

const filterSchema = z.object({
  takes: z.enum(ROUTE_ABILITIES).optional(),
  longer_than: z.int().min(1).max(MAX_SECONDS).optional(),
});

/** `/models` explains what each model accepts and costs. */
export const models: Command = {
  name: NAME,
  define: () => ({
    name: NAME,
    ...described(({ commands }) => commands.models.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      { ...MODEL_OPTION, ...described(({ commands }) => commands.models.model) },
      {
        name: 'takes',
        type: ApplicationCommandOptionType.String,
        ...described(({ models: words }) => words.options.takes),
        choices: choicesOf(ROUTE_ABILITIES, ({ models: words }, ability) => words.takes[ability]),
      },
      {
        name: 'longer_than',
        type: ApplicationCommandOptionType.Integer,
        ...described(({ models: words }) => words.options.longer_than),
        min_value: 1,
        max_value: MAX_SECONDS,
      },
    ],
  }),
  suggest: suggestModels,
  async run(call, services) {
    const { replies } = services;
    const answer: Answer = async (key, message) => replies.privately(key, message);
    const shown = shownModels(call, services);
    const typed = call.options.get('model');
    if (typed === undefined) {
      const filter = filterSchema.safeParse(Object.fromEntries(call.options));
      if (!filter.success) return replies.privately(call, shown.messages.answers.notUnderstood);
      const { takes, longer_than: longerThan } = filter.data;
      return replies.privately(call, { layout: modelListLayout(shown, { takes, longerThan }) });
    }
    return showModel(call, services, { typed: String(typed), answer });
  },
};

/** The menu below the models, and the button back to all of them. */
export const modelButtons: readonly ComponentHandler[] = [
  {
    action: MODEL_ACTIONS.choose,
    asCommand: NAME,
    async run(call, _id, services) {
      const [typed = ''] = call.values;
      const answer: Answer = async (key, message) => services.replies.update(key, message);
      await showModel(call, services, { typed, answer });
    },
  },
  {
    action: MODEL_ACTIONS.list,
    asCommand: NAME,
    async run(call, _id, services) {
      await services.replies.update(call, { layout: modelListLayout(shownModels(call, services)) });
    },
  },
];

function shownModels(
  { guildId, language }: Pick<Served, 'guildId' | 'language'>,
  services: CommandServices,
): ShownModels {
  const { routesOn, guilds } = services;
  // From memory: the list is shown at once, and `auto` is decided afresh.
  const allowed = allowedRoutes(routesOn, guilds.peek(guildId));
  return { routesOn, allowed, services, messages: messagesFor(language) };
}

type Answer = CommandServices['replies']['update'];

/** Shows a model; a message of its own says that there is no such model (any more). */
async function showModel(
  call: InteractionKey & Pick<Served, 'guildId' | 'language'>,
  services: CommandServices,
  { typed, answer }: { readonly typed: string; readonly answer: Answer },
): Promise<void> {
  const shown = shownModels(call, services);
  const { messages } = shown;
  if (isAutoValue(typed)) return answer(call, { layout: autoLayout(shown) });
  const model = readRoute(typed, services.routesOn);
  if (model.kind === 'unknown') {
    return services.replies.privately(call, unknownModelText(model, messages));
  }
  return answer(call, { layout: modelLayout(model.route, shown) });
}
