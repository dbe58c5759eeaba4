import type { MessageView } from '../../simulators/discord/world/message-view.ts';
import { customIdIn } from './custom-ids.ts';
import type { RoundContext } from './round-context.ts';
import type { SentCommand } from './sent-command.ts';

/** A button or menu under the message of a command. */
export interface FoundButton {
  readonly command: SentCommand;
  readonly message: MessageView;
  readonly customId: string;
}

/** The videos' messages with a button, reposted ones too. */
export function videosWith(
  { commands, posts, testbed: { discord } }: RoundContext,
  action: string,
): FoundButton[] {
  return commands.flatMap((command) => {
    const reposts = [...posts]
      .filter(([, interactionId]) => interactionId === command.handle.id)
      .map(([id]) => discord.message(id));
    return [command.handle.message(), ...reposts].flatMap((message) => {
      const customId = customIdIn(message, action);
      return !message || message.ephemeral || customId === undefined
        ? []
        : [{ command, message, customId }];
    });
  });
}

/** The private answers to commands that have such a button. */
export function privateWith({ commands }: RoundContext, action: string): FoundButton[] {
  return commands.flatMap((command) => {
    const message = command.handle.message();
    const customId = customIdIn(message, action);
    return message?.ephemeral === true && customId !== undefined
      ? [{ command, message, customId }]
      : [];
  });
}
