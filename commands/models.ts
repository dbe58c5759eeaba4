import { ApplicationIntegrationType, InteractionContextType } from '../src/discord/discord-js.ts';
import type { Command } from '../src/discord/command.ts';
import { described } from '../src/discord/localized.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { readRoute } from '../src/domain/routes/read-route.ts';
import { unknownModelText } from '../src/discord/models/unknown-model-text.ts';
import { MODEL_OPTION } from '../src/discord/models/model-option.ts';
import { suggestModels } from '../src/discord/models/suggest-models.ts';
import { modelListText, modelText } from '../src/discord/render/models-text.ts';

/** `/models` explains what each model accepts and costs. */
export const models: Command = {
  name: 'models',
  define: () => ({
    name: 'models',
    ...described(({ commands }) => commands.models.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [{ ...MODEL_OPTION, ...described(({ commands }) => commands.models.model) }],
  }),
  suggest: suggestModels,
  async run(call, services) {
    const { routesOn, replies } = services;
    const messages = messagesFor(call.language);
    const typed = call.options.get('model');
    if (typed === undefined) {
      return replies.privately(call, modelListText(routesOn, services, messages));
    }
    const model = readRoute(String(typed), routesOn);
    const text =
      model.kind === 'unknown'
        ? unknownModelText(model, messages)
        : modelText(model.route, services, messages);
    return replies.privately(call, text);
  },
};
