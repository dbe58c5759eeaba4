import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import { commandEntries } from '../composer/command-entry.ts';
import { ICONS } from '../theme/icons.ts';
import type { Page } from '../page.ts';
import { openChannel } from '../state/selectors.ts';
import { callOnMessage } from './act-on-message.ts';

interface Tool {
  readonly label: string;
  readonly isDangerous?: boolean;
  readonly run: () => void;
}

/** Renders the menu of a message: the bot's context commands, its versions, and deleting it. */
export function renderTools(message: ChannelMessage, page: Page): TemplateResult {
  const isOpen = page.state.menuMessageId === message.id;
  return html`<div slot="thread" class="tools">
    <button
      type="button"
      id=${`more-${message.id}`}
      class="icon-button"
      aria-label=${page.texts.message.more}
      aria-expanded=${isOpen}
      @click=${() => {
        toggle(page, isOpen ? undefined : message.id);
      }}
    >
      ${ICONS.more}
    </button>
    ${isOpen ? renderMenu(message, page) : nothing}
  </div>`;
}

function toggle({ change }: Page, menuMessageId: string | undefined): void {
  change((state) => ({ ...state, menuMessageId }));
}

/** Closes the menu and returns the focus to its button. */
function close(page: Page, { id }: ChannelMessage): void {
  toggle(page, undefined);
  document.querySelector<HTMLElement>(`#more-${id}`)?.focus();
}

function renderMenu(message: ChannelMessage, page: Page): TemplateResult {
  return html`<div
    class="popover"
    @keydown=${({ key }: KeyboardEvent) => {
      if (key === 'Escape') close(page, message);
    }}
  >
    ${toolsOf(message, page).map(
      ({ label, run, isDangerous }) =>
        html`<button
          type="button"
          class=${isDangerous === true ? 'danger' : ''}
          @click=${() => {
            close(page, message);
            run();
          }}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}

function toolsOf(message: ChannelMessage, page: Page): readonly Tool[] {
  const { texts, viewer, change, server } = page;
  const commands = openChannel(page.state)?.commands ?? [];
  const apps = ([3, 2] as const).flatMap((type) =>
    commandEntries(commands, type, viewer.locale).map(({ path, label }) => ({
      label: texts.message.app(label),
      run: () => {
        const target = type === 3 ? { messageId: message.id } : { userId: message.authorId };
        void callOnMessage(page, path, target);
      },
    })),
  );
  return [
    ...apps,
    {
      label: texts.message.showEdits,
      run: () => {
        change((state) => ({
          ...state,
          panelTab: 'edits',
          editsMessageId: message.id,
          drawer: 'panel',
        }));
      },
    },
    ...(message.isEphemeral
      ? []
      : [
          {
            label: texts.message.delete,
            isDangerous: true,
            run: () => void server.turn({ kind: 'delete-message', messageId: message.id }),
          },
        ]),
  ];
}
