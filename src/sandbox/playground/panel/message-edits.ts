import type { SimulatedDiscord } from '../../../simulators/discord/api.ts';
import type { MessageView } from '../../../simulators/discord/world/message-view.ts';
import type { MessageEdit } from '../protocol/panel.ts';

/** A version of a message, and the person who alone may read it. */
export interface LoggedEdit {
  readonly edit: MessageEdit;
  /** `undefined` when everyone may read it. */
  readonly onlyFor?: string;
}

/** Converts the newest version of a message for the side panel. */
export function renderEdit(
  discord: SimulatedDiscord,
  view: MessageView,
  change: MessageEdit['change'],
): LoggedEdit {
  const { id: messageId, channelId, at, via, text, attachments } = view;
  const onlyFor = discord.facts(messageId)?.ephemeralFor;
  return {
    edit: {
      messageId,
      channelId,
      version: discord.versions(messageId).length,
      at,
      change,
      via,
      text: view.loading ? 'Clapper is thinking…' : text,
      files: attachments.map(({ filename }) => filename),
    },
    ...(onlyFor === undefined ? {} : { onlyFor }),
  };
}
