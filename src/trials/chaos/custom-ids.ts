import type { MessageView } from '../../simulators/discord/world/message-view.ts';

/** The custom id of a message's button or menu by its action; `undefined` if it has none. */
export function customIdIn(
  message: MessageView | null | undefined,
  action: string,
): string | undefined {
  if (!message || message.deleted) return undefined;
  const components = JSON.stringify(message.components);
  return new RegExp(`"custom_id":"(${action}:[^"]*)"`).exec(components)?.[1];
}

/** The values that the menus of a message offer. */
export function valuesIn({ components }: MessageView): string[] {
  const values = JSON.stringify(components).matchAll(/"value":"([^"]*)"/g);
  return [...values].flatMap(([, value]) => value ?? []);
}

/** What a custom id is about: a task or an offer. */
export const subjectOf = (customId: string): string => customId.slice(customId.indexOf(':') + 1);
