import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '../app/ports.ts';
import { languageOf } from '../domain/language.ts';
import type { Command, CommandCall, CommandServices } from './command.ts';
import { INTERACTION, commandInteractionSchema, interactionHeadSchema } from './interaction.ts';
import type { CommandInteraction } from './interaction.ts';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';

export interface DispatchDeps {
  readonly commands: readonly Command[];
  readonly services: CommandServices;
  /** Servers that are served; empty: every one. */
  readonly guildIds: ReadonlySet<string>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Takes one interaction as Discord sent it, answers it, and never rejects. */
export type Dispatch = (raw: unknown) => Promise<void>;

export function createDispatch(deps: DispatchDeps): Dispatch {
  const commands = new Map(deps.commands.map((command) => [command.name, command]));

  return async (raw) => {
    const receivedAt = deps.clock.now();
    const head = interactionHeadSchema.safeParse(raw);
    if (!head.success) {
      deps.log.warn({}, 'interaction without an id or a token ignored');
      return;
    }
    const interaction = head.data;
    if (interaction.type === INTERACTION.ping || interaction.type === INTERACTION.autocomplete) {
      return;
    }
    const language = languageOf(interaction.locale);
    const { answers } = messagesFor(language);
    try {
      const parsed = commandInteractionSchema.safeParse(raw);
      if (!parsed.success) {
        deps.log.warn({ interactionId: interaction.id }, 'interaction not understood');
        await deps.services.replies.privately(interaction, answers.notUnderstood);
        return;
      }
      const refusal = placeRefusal(parsed.data, deps.guildIds, answers);
      const command = commands.get(parsed.data.name);
      const { guildId, channelId, member } = parsed.data;
      if (refusal !== undefined || guildId === undefined || !channelId || member === undefined) {
        await deps.services.replies.privately(interaction, refusal ?? answers.notUnderstood);
      } else if (command === undefined) {
        await deps.services.replies.privately(interaction, answers.unknownCommand);
      } else {
        const served = { guildId, channelId, member, language, receivedAt };
        const call: CommandCall = { ...parsed.data, ...served };
        await command.run(call, deps.services);
      }
    } catch (cause) {
      await answerBug(deps, interaction, cause, answers);
    }
  };
}

/** Why a call is not taken where it was made; undefined: it is. */
function placeRefusal(
  interaction: CommandInteraction,
  guildIds: ReadonlySet<string>,
  answers: Messages['answers'],
): string | undefined {
  const { guildId } = interaction;
  if (guildId === undefined || !interaction.isGuildInstalled) return answers.serversOnly;
  return guildIds.size === 0 || guildIds.has(guildId) ? undefined : answers.otherServer;
}

async function answerBug(
  { log, services }: DispatchDeps,
  interaction: { readonly id: string; readonly token: string },
  cause: unknown,
  answers: Messages['answers'],
): Promise<void> {
  const reference = randomUUID().slice(0, 8);
  log.error({ err: cause, interactionId: interaction.id, reference }, 'command broke');
  try {
    await services.replies.privately(interaction, answers.bug(reference));
  } catch (second) {
    // It may have been answered before it broke; there is nobody left to tell.
    log.warn({ err: second, interactionId: interaction.id, reference }, 'no answer was possible');
  }
}
