import { ApplicationIntegrationType, InteractionContextType } from '../src/discord/discord-js.ts';
import type { Command } from '../src/discord/command.ts';
import { described } from '../src/discord/localized.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { modelOption } from '../src/discord/model-option.ts';
import { modelListText, modelText, unknownModelText } from '../src/discord/render/models-text.ts';

/** `/models` explains what each model accepts and costs. */
export const models: Command = {
  name: 'models',
  define: (routesOn) => ({
    name: 'models',
    ...described(({ commands }) => commands.models.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [{ ...modelOption(routesOn), ...described(({ commands }) => commands.models.model) }],
  }),
  async run(call, { routesOn, replies, priceList }) {
    const messages = messagesFor(call.language);
    const wanted = call.options.get('model');
    const route = routesOn.find(({ id }) => id === wanted);
    if (wanted !== undefined && route === undefined) {
      return replies.privately(call, unknownModelText(routesOn, messages));
    }
    const text =
      route === undefined
        ? modelListText(routesOn, messages)
        : modelText(route, priceList, messages);
    return replies.privately(call, text);
  },
};
