import type { Action, ActResult } from '../../playground/protocol/actions.ts';
import type { Page } from '../page.ts';
import type { SentCall, Updater } from '../state/page-state.ts';

/** An action of the person, and how to show it. */
export interface Call {
  readonly action: Exclude<Action, { readonly kind: 'autocomplete' }>;
  readonly channelId: string;
  /** Such as `/video`; shown as being sent until the bot answers. */
  readonly command?: string;
  readonly files?: readonly File[];
}

/** Sends the action; shows its progress and failure in the channel until a message answers it. */
export async function act(page: Page, { action, channelId, command, files }: Call): Promise<void> {
  const { personId, locale } = page.state.you;
  if (personId === undefined || locale === undefined) return;
  const sent: SentCall = {
    key: crypto.randomUUID(),
    channelId,
    command,
    state: 'sending',
  };
  page.change((state) => ({ ...state, sent: [...state.sent, sent] }));
  const result = await page.server.act({ as: { personId, locale }, action }, files);
  page.change(settle(sent, result));
}

function settle(sent: SentCall, result: ActResult): Updater {
  const done: Updater = (state) => ({
    ...state,
    sent: state.sent.filter(({ key }) => key !== sent.key),
  });
  switch (result.kind) {
    case 'done':
    case 'acknowledged':
    case 'choices':
      return done;
    case 'modal': {
      const { interactionId, modal } = result;
      return (state) => ({
        ...done(state),
        modal: { interactionId, modal, isSending: false, error: undefined },
      });
    }
    case 'no-response':
      return mark(sent, { state: 'failed' });
    case 'refused':
      return mark(sent, { state: 'refused', reason: result.reason });
  }
}

function mark({ key }: SentCall, change: Partial<SentCall>): Updater {
  return (state) => ({
    ...state,
    sent: state.sent.map((call) => (call.key === key ? { ...call, ...change } : call)),
  });
}
