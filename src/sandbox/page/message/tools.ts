import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ChannelMessage } from '../../playground/protocol/messages.ts';
import { ICONS } from '../theme/icons.ts';
import type { Page } from '../page.ts';
import { menuGroups } from './message-menu.ts';
import type { MenuGroup } from './message-menu.ts';

/** Renders the button of a message's menu, and the menu while it is open. */
export function renderTools(message: ChannelMessage, page: Page): TemplateResult {
  const isOpen = page.state.messageMenu?.messageId === message.id;
  return html`<div slot="thread" class="tools">
    <button
      type="button"
      id=${`more-${message.id}`}
      class="icon-button"
      aria-label=${page.texts.message.more}
      aria-haspopup="menu"
      aria-expanded=${isOpen}
      @click=${({ currentTarget }: Event) => {
        if (isOpen || !(currentTarget instanceof HTMLElement)) return close(page);
        const { left, bottom } = currentTarget.getBoundingClientRect();
        openMenu(page, message.id, { x: left, y: bottom });
      }}
    >
      ${ICONS.more}
    </button>
    ${isOpen ? renderMenu(message, page) : nothing}
  </div>`;
}

/** Opens the menu of a message at a point of the window. */
export function openMenu(
  { change }: Page,
  messageId: string,
  at: { readonly x: number; readonly y: number },
): void {
  change((state) => ({ ...state, messageMenu: { messageId, ...at } }));
}

function close({ change }: Page): void {
  change((state) => ({ ...state, messageMenu: undefined }));
}

function renderMenu(message: ChannelMessage, page: Page): TemplateResult {
  const { x = 0, y = 0 } = page.state.messageMenu ?? {};
  const closeAndReturn = (): void => {
    close(page);
    document.querySelector<HTMLElement>(`#more-${message.id}`)?.focus();
  };
  return html`<div
    class="popover"
    role="menu"
    aria-label=${page.texts.message.more}
    ${ref((element) => {
      if (element instanceof HTMLElement) queueMicrotask(() => place(element, x, y));
    })}
    @keydown=${(event: KeyboardEvent) => {
      onKey(event, closeAndReturn);
    }}
  >
    ${menuGroups(message, page).map((group) => renderGroup(group, closeAndReturn))}
  </div>`;
}

function renderGroup({ heading, items }: MenuGroup, closeAndReturn: () => void): TemplateResult {
  return html`<div role="group" aria-label=${heading ?? nothing}>
    ${heading === undefined ? nothing : html`<p aria-hidden="true">${heading}</p>`}
    ${items.map(
      ({ label, run, isDangerous }) =>
        html`<button
          type="button"
          role="menuitem"
          tabindex="-1"
          class=${isDangerous === true ? 'danger' : ''}
          @click=${() => {
            closeAndReturn();
            run();
          }}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}

const MARGIN = 8;

/** Moves the menu to the point, within the window, and focuses its first item once. */
function place(menu: HTMLElement, x: number, y: number): void {
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(MARGIN, Math.min(x, innerWidth - width - MARGIN))}px`;
  menu.style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - height - MARGIN))}px`;
  if (!menu.contains(document.activeElement)) itemsOf(menu)[0]?.focus();
}

function itemsOf(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

/** Handles the keys of a menu: arrows, Home and End move, Escape and Tab close it. */
function onKey(event: KeyboardEvent, closeAndReturn: () => void): void {
  if (!(event.currentTarget instanceof Element)) return;
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    closeAndReturn();
    return;
  }
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item === document.activeElement);
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: -1,
  };
  const next = moves[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
