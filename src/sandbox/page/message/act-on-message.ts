import { act } from '../link/act.ts';
import type { Page } from '../page.ts';

const channelOf = ({ state }: Page): string => state.location?.channelId ?? '';

/** Clicks a button of the message. */
export async function clickButton(page: Page, messageId: string, customId: string): Promise<void> {
  await act(page, { action: { kind: 'click', messageId, customId }, channelId: channelOf(page) });
}

/** Selects values in a menu of the message. */
export async function selectValues(
  page: Page,
  messageId: string,
  chosen: { readonly customId: string; readonly values: readonly string[] },
): Promise<void> {
  const action = { kind: 'select', messageId, ...chosen } as const;
  await act(page, { action, channelId: channelOf(page) });
}

/** Runs a message command on the message, or a user command on its author. */
export async function callOnMessage(
  page: Page,
  command: string,
  target: { readonly messageId: string } | { readonly userId: string },
): Promise<void> {
  const channelId = channelOf(page);
  await act(page, {
    action: { kind: 'context-menu', channelId, command, target },
    channelId,
    command,
  });
}

/** Dismisses an ephemeral message, as in Discord. */
export function dismiss({ change }: Page, messageId: string): void {
  change((state) => ({ ...state, dismissed: new Set(state.dismissed).add(messageId) }));
  // The focused button has gone with the message.
  document.querySelector<HTMLElement>('#composer-text')?.focus();
}
