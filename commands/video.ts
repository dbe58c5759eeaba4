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
import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import { switchProviders } from '../src/discord/switch-providers.ts';
import { described } from '../src/discord/localized.ts';
import type { Messages } from '../src/discord/messages/en.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { askForModel } from '../src/discord/models/ask-for-model.ts';
import { makeAuto } from '../src/discord/models/make-auto.ts';
import type { AutoServices } from '../src/discord/models/make-auto.ts';
import { unknownModelText } from '../src/discord/models/unknown-model-text.ts';
import { MODEL_OPTION } from '../src/discord/models/model-option.ts';
import { routesHere } from '../src/discord/second/routes-here.ts';
import { suggestModelsWithAuto } from '../src/discord/models/suggest-models.ts';
import { readVideoRequest } from '../src/discord/option-reader.ts';
import type { UnreadableOptions } from '../src/discord/option-reader.ts';
import type { LeftOut } from '../src/domain/preferences/with-preferences.ts';
import { MEDIA_OPTIONS, RATIOS, RESOLUTIONS } from '../src/domain/routes/options.ts';
import type { MediaOptionInfo } from '../src/domain/routes/options.ts';
import type { VideoRequest } from '../src/domain/routes/request.ts';
import type { Route } from '../src/domain/routes/route.ts';

/** More than any model makes: each refuses by its own limit. */
const MAX_SECONDS = 60;

type OptionTexts = Messages['commands']['video'];

/** `/video`. It has 25 options, the maximum that Discord allows. */
export const video: Command = {
  name: 'video',
  define: (catalogue) => ({
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
        ...MODEL_OPTION,
        ...described(({ commands }) => commands.video.model),
      },
      {
        name: 'duration',
        type: ApplicationCommandOptionType.Integer,
        ...described(({ commands }) => commands.video.duration),
        min_value: 1,
        max_value: MAX_SECONDS,
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
  suggest: suggestModelsWithAuto,
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

type VideoServices = AutoServices & Pick<CommandServices, 'chooseModel'>;

async function run(call: CommandCall, services: VideoServices): Promise<void> {
  const { chooseModel, replies } = services;
  const messages = messagesFor(call.language);
  const typed = call.options.get('model');
  const model = await chooseModel({
    guildId: call.guildId,
    memberId: call.member.user.id,
    typed: typed === undefined ? undefined : String(typed),
  });
  const request = readVideoRequest(call);
  if ('unreadable' in request) {
    const complaints = [
      ...(model.kind === 'unknown' ? [unknownModelText(model, messages)] : []),
      unreadableText(request, messages),
    ];
    return replies.privately(call, complaints.join('\n'));
  }
  switch (model.kind) {
    case 'unknown': {
      const allowed = await routesHere(call, services);
      return askForModel(call, services, {
        request,
        allowed,
        why: unknownModelText(model, messages),
      });
    }
    case 'none':
      return askForModel(call, services, { request, allowed: model.allowed });
    case 'store-down':
      return replies.privately(call, messages.answers.storeDown(model.reference));
    case 'auto':
      return makeAuto(call, services, {
        request,
        leftOut: model.leftOut,
        requestOn: async (route, named) => filledOn(call, services, { route, request: named }),
      });
    case 'route':
      return make(call, services, { ...model, request });
  }
}

/** Fills in what the member prefers, and makes the video. */
async function make(
  call: CommandCall,
  services: VideoServices,
  {
    route,
    request,
    leftOut,
  }: { readonly route: Route; readonly request: VideoRequest; readonly leftOut: LeftOut },
): Promise<void> {
  const filled = await services.fillIn(call.member.user.id, route, request);
  if ('kind' in filled) {
    const { answers } = messagesFor(call.language);
    return services.replies.privately(call, answers.storeDown(filled.reference));
  }
  const allLeftOut = [...leftOut, ...filled.leftOut];
  await makeVideo(call, services, { route, request: filled.request, leftOut: allLeftOut });
}

/** The request with what the member prefers. */
async function filledOn(
  { member }: CommandCall,
  { fillIn }: VideoServices,
  { route, request }: { readonly route: Route; readonly request: VideoRequest },
) {
  const filled = await fillIn(member.user.id, route, request);
  return 'kind' in filled ? filled : { route, ...filled };
}

function unreadableText({ unreadable }: UnreadableOptions, { answers, units }: Messages): string {
  return units.named(units.list(unreadable.map((name) => `\`${name}\``)), answers.notUnderstood);
}
