import type { InteractionHandle, MemberActor } from '../../../simulators/discord/actors/api.ts';
import { ClientRefusal } from '../../../simulators/discord/actors/context.ts';
import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import { TIME_LIMITS } from '../../../simulators/discord/limits.ts';
import type { UploadedFile } from '../../../simulators/discord/rest/request.ts';
import { actorOf } from '../people/people.ts';
import type { Action, ActRequest, ActResult } from '../protocol/actions.ts';
import { attachFiles, attachModalFiles, fileOf } from './attach-files.ts';
import { resultOf } from './act-result.ts';

/** Performs an action in the simulated Discord, and returns what the person's client would see. */
export async function act(
  discord: SimulatedDiscord,
  { as, action }: ActRequest,
  files: readonly UploadedFile[],
): Promise<ActResult> {
  try {
    const actor = actorOf(discord, as, guildOf(discord, action));
    if (actor === undefined) return { kind: 'refused', reason: 'There is no such person.' };
    if (action.kind === 'say') {
      await say(actor, action, files);
      return { kind: 'done' };
    }
    if (action.kind === 'forward') {
      actor.forward(action.messageId, action.channelId);
      return { kind: 'done' };
    }
    const call = await send(discord, actor, action, files);
    return resultOf(call, TIME_LIMITS.acknowledgeMs);
  } catch (cause) {
    if (cause instanceof ClientRefusal) return { kind: 'refused', reason: cause.message };
    throw cause;
  }
}

async function say(
  actor: MemberActor,
  { channelId, content, files: given = [] }: Extract<Action, { kind: 'say' }>,
  files: readonly UploadedFile[],
): Promise<void> {
  await actor.post(
    channelId,
    content,
    given.map((file) => fileOf(file, files)),
  );
}

async function send(
  discord: SimulatedDiscord,
  actor: MemberActor,
  action: Exclude<Action, { kind: 'say' | 'forward' }>,
  files: readonly UploadedFile[],
): Promise<InteractionHandle> {
  switch (action.kind) {
    case 'slash': {
      const options = attachFiles(action.options, files);
      return actor.slash(action.channelId, action.command, options);
    }
    case 'autocomplete': {
      const { channelId, command, focused } = action;
      return actor.autocomplete(channelId, command, attachFiles(action.options, files), focused);
    }
    case 'context-menu':
      return actor.contextMenu(action.channelId, action.command, action.target);
    case 'click':
      return actor.click(action.messageId, action.customId);
    case 'select':
      return actor.selectMenu(action.messageId, action.customId, action.values);
    case 'submit-modal': {
      const opened = modalOpener(discord, action.interactionId);
      if (opened.userId !== actor.id) throw new ClientRefusal('another person opened that modal');
      return actor.modalSubmit(opened, attachModalFiles(action.values, files));
    }
  }
}

function modalOpener({ interactions }: SimulatedDiscord, id: string): InteractionHandle {
  const opened = interactions.findLast((interaction) => interaction.id === id);
  if (opened === undefined) throw new ClientRefusal('that interaction opened no modal');
  return opened;
}

/** Returns the guild of the action's channel, message, or modal. */
function guildOf(discord: SimulatedDiscord, action: Action): string {
  const guildId =
    'channelId' in action
      ? discord.world.channel(action.channelId)?.guildId
      : guildOfTarget(discord, action);
  if (guildId === undefined) throw new ClientRefusal('that place is not there any more');
  return guildId;
}

function guildOfTarget(
  discord: SimulatedDiscord,
  action: Exclude<Action, { channelId: string }>,
): string | undefined {
  if ('messageId' in action) return discord.facts(action.messageId)?.guildId;
  const { payload } = modalOpener(discord, action.interactionId);
  const { guild_id: guildId } = payload;
  return typeof guildId === 'string' ? guildId : undefined;
}
