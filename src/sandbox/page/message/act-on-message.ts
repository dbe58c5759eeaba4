import { act } from '../link/act.ts';
import type { Page } from '../page.ts';

const channelOf = ({ state }: Page): string => state.location?.channelId ?? '';

export async function clickButton(page: Page, messageId: string, customId: string): Promise<void> {
  await act(page, { action: { kind: 'click', messageId, customId }, channelId: channelOf(page) });
}

export async function selectValues(
  page: Page,
  messageId: string,
  chosen: { readonly customId: string; readonly values: readonly string[] },
): Promise<void> {
  const action = { kind: 'select', messageId, ...chosen } as const;
  await act(page, { action, channelId: channelOf(page) });
}

/** A command on the message, or on who wrote it. */
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

/** Closes a message that the person alone sees; Discord forgets it as well. */
export function dismiss({ change }: Page, messageId: string): void {
  change((state) => ({ ...state, dismissed: new Set(state.dismissed).add(messageId) }));
  // Its button is gone, and the focus was on it.
  document.querySelector<HTMLElement>('#composer-text')?.focus();
}
