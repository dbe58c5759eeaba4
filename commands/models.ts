import { ApplicationIntegrationType, InteractionContextType } from '../src/discord/discord-js.ts';
import type { Command, CommandServices, ComponentHandler } from '../src/discord/command.ts';
import { described } from '../src/discord/localized.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import type { Messages } from '../src/discord/messages/en.ts';
import { readRoute } from '../src/domain/routes/read-route.ts';
import { unknownModelText } from '../src/discord/models/unknown-model-text.ts';
import { MODEL_OPTION } from '../src/discord/models/model-option.ts';
import {
  MODEL_ACTIONS,
  modelLayout,
  modelListLayout,
} from '../src/discord/models/models-layout.ts';
import type { ShownModels } from '../src/discord/models/models-layout.ts';
import { suggestModels } from '../src/discord/models/suggest-models.ts';
import type { InteractionKey } from '../src/discord/replies.ts';
import type { Served } from '../src/discord/served.ts';

const NAME = 'models';

/** `/models` explains what each model accepts and costs. */
export const models: Command = {
  name: NAME,
  define: () => ({
    name: NAME,
    ...described(({ commands }) => commands.models.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [{ ...MODEL_OPTION, ...described(({ commands }) => commands.models.model) }],
  }),
  suggest: suggestModels,
  async run(call, services) {
    const { replies } = services;
    const answer: Answer = async (key, message) => replies.privately(key, message);
    const shown = shownModels(services, messagesFor(call.language));
    const typed = call.options.get('model');
    if (typed === undefined) {
      return replies.privately(call, { layout: modelListLayout(shown) });
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
      const shown = shownModels(services, messagesFor(call.language));
      await services.replies.update(call, { layout: modelListLayout(shown) });
    },
  },
];

function shownModels(services: CommandServices, messages: Messages): ShownModels {
  return { routesOn: services.routesOn, services, messages };
}

type Answer = CommandServices['replies']['update'];

/** Shows a model; a message of its own says that there is no such model (any more). */
async function showModel(
  call: InteractionKey & Pick<Served, 'language'>,
  services: CommandServices,
  { typed, answer }: { readonly typed: string; readonly answer: Answer },
): Promise<void> {
  const messages = messagesFor(call.language);
  const model = readRoute(typed, services.routesOn);
  if (model.kind === 'unknown') {
    return services.replies.privately(call, unknownModelText(model, messages));
  }
  const layout = modelLayout(model.route, shownModels(services, messages));
  return answer(call, { layout });
}
