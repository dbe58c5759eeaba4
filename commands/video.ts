import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandBooleanOption,
} from 'discord.js';
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
} from '../src/discord/discord-js.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import type { MakingServices } from '../src/discord/wanted.ts';
import { unknownModelText } from '../src/discord/render/models-text.ts';
import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import { switchProviders } from '../src/discord/switch-providers.ts';
import { described } from '../src/discord/localized.ts';
import type { Messages } from '../src/discord/messages/en.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { modelOption } from '../src/discord/model-option.ts';
import { readVideoRequest } from '../src/discord/option-reader.ts';
import type { UnreadableOptions } from '../src/discord/option-reader.ts';
import { MEDIA_OPTIONS, RATIOS, RESOLUTIONS } from '../src/domain/routes/options.ts';
import type { MediaOptionInfo } from '../src/domain/routes/options.ts';

type OptionTexts = Messages['commands']['video'];

/** `/video`. It has 25 options, the maximum that Discord allows. */
export const video: Command = {
  name: 'video',
  define: (routesOn, catalogue) => ({
    name: 'video',
    ...described((messages) => messages.commands.video.description),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        name: 'prompt',
        type: ApplicationCommandOptionType.String,
        ...described(({ commands }) => commands.video.prompt),
        required: true,
        min_length: 1,
        max_length: 5000,
      },
      {
        ...modelOption(routesOn),
        ...described(({ commands }) => commands.video.model),
        required: true,
      },
      {
        name: 'duration',
        type: ApplicationCommandOptionType.Integer,
        ...described(({ commands }) => commands.video.duration),
        min_value: 1,
        max_value: 15,
      },
      stringChoices('resolution', RESOLUTIONS),
      stringChoices('ratio', RATIOS),
      ...MEDIA_OPTIONS.map(attachmentOption),
      ...(['sound', 'web_search', 'watermark'] as const).map(
        (name): APIApplicationCommandBooleanOption => ({
          name,
          type: ApplicationCommandOptionType.Boolean,
          ...described(({ commands, units }) =>
            commands.video[name](units.and(switchProviders(catalogue, name))),
          ),
        }),
      ),
    ],
  }),
  run,
};

function stringChoices(
  name: 'resolution' | 'ratio',
  values: readonly string[],
): APIApplicationCommandBasicOption {
  return {
    name,
    type: ApplicationCommandOptionType.String,
    ...described(({ commands }) => commands.video[name]),
    choices: values.map((value) => ({ name: value, value })),
  };
}

function attachmentOption(info: MediaOptionInfo): APIApplicationCommandBasicOption {
  return {
    name: info.option,
    type: ApplicationCommandOptionType.Attachment,
    ...described(({ commands }) => attachmentText(info, commands.video)),
  };
}

function attachmentText({ option, kind, role }: MediaOptionInfo, texts: OptionTexts): string {
  if (role === 'first_frame' || role === 'last_frame') return texts[role];
  return texts[kind](Number(option.slice(kind.length)));
}

async function run(
  call: CommandCall,
  services: MakingServices & Pick<CommandServices, 'fillIn'>,
): Promise<void> {
  const messages = messagesFor(call.language);
  const modelId = call.options.get('model');
  const route = services.routesOn.find((known) => known.id === modelId);
  const request = readVideoRequest(call);
  if (route === undefined || 'unreadable' in request) {
    const complaints = [
      ...(route === undefined ? [unknownModelText(services.routesOn, messages)] : []),
      ...('unreadable' in request ? [unreadableText(request, messages)] : []),
    ];
    return services.replies.privately(call, complaints.join('\n'));
  }
  const filled = await services.fillIn(call.member.user.id, route, request);
  if ('kind' in filled) {
    const { answers } = messages;
    return services.replies.privately(call, answers.storeDown(filled.reference));
  }
  await makeVideo(call, services, { route, ...filled });
}

function unreadableText({ unreadable }: UnreadableOptions, { answers }: Messages): string {
  return `${unreadable.map((name) => `\`${name}\``).join(', ')}: ${answers.notUnderstood}`;
}
