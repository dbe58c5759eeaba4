import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Snapshot } from '../playground/protocol.ts';
import { dragLeave, dragOver, receiveFiles } from './composer/file-drop.ts';
import { renderComposer } from './composer/view-composer.ts';
import { ICONS } from './theme/icons.ts';
import { renderMessages } from './message/message-list.ts';
import { renderModal } from './modal/modal.ts';
import type { Page } from './page.ts';
import { renderPanel } from './panel/panel.ts';
import { renderSidebar } from './sidebar/sidebar.ts';
import type { Drawer } from './state/page-state.ts';
import { openChannel } from './state/selectors.ts';

/** Renders the whole page. */
export function renderShell(page: Page): TemplateResult {
  const { state, texts } = page;
  const { snapshot } = state;
  if (snapshot === undefined) {
    return html`<main class="connecting"><p role="status">${texts.link[state.link]}</p></main>`;
  }
  return html`
    <div
      class=${classMap({
        shell: true,
        [`shows-${state.drawer}`]: true,
        'is-dragging': state.isDragging,
      })}
      @keydown=${({ key, defaultPrevented }: KeyboardEvent) => {
        if (key === 'Escape' && !defaultPrevented && state.width !== 'wide') open(page, 'none');
      }}
      @click=${({ target }: MouseEvent) => {
        closeMenu(page, target);
      }}
      @dragover=${(event: DragEvent) => {
        dragOver(event, page);
      }}
      @dragleave=${(event: DragEvent) => {
        dragLeave(event, page);
      }}
      @drop=${(event: DragEvent) => {
        receiveFiles(event, event.dataTransfer, { page, open: openChannel(state) });
      }}
      @paste=${(event: ClipboardEvent) => {
        receiveFiles(event, event.clipboardData, { page, open: openChannel(state) });
      }}
    >
      ${renderColumns(page, snapshot)}
      ${
        state.drawer === 'none'
          ? nothing
          : html`<div
              class="scrim"
              @click=${() => {
                open(page, 'none');
              }}
            ></div>`
      }
    </div>
    ${renderModal(page)}
  `;
}

/** Renders the columns. A closed drawer, or the column under an open one, takes no focus. */
function renderColumns(page: Page, snapshot: Snapshot): TemplateResult {
  const { state, texts } = page;
  const sidebarInert = state.width === 'narrow' && state.drawer !== 'sidebar';
  const panelInert = state.width !== 'wide' && state.drawer !== 'panel';
  return html`
    <nav
      class="sidebar"
      id="sidebar"
      tabindex="-1"
      aria-label=${texts.sidebar.label}
      ?inert=${sidebarInert}
    >
      ${renderSidebar(snapshot, page)}
    </nav>
    <main class="middle" ?inert=${state.drawer !== 'none' && state.width !== 'wide'}>
      ${renderMiddle(page, snapshot)}
    </main>
    <aside
      class="panel"
      id="panel"
      tabindex="-1"
      aria-label=${texts.panel.label}
      ?inert=${panelInert}
    >
      ${renderPanel(snapshot, page)}
    </aside>
  `;
}

function open({ change }: Page, drawer: Drawer): void {
  change((state) => ({ ...state, drawer }));
}

/** Closes the open menu of a message when the click is outside of it. */
function closeMenu({ state, change }: Page, target: EventTarget | null): void {
  const isInside = target instanceof Element && target.closest('.tools') !== null;
  if (state.messageMenu !== undefined && !isInside) {
    change((now) => ({ ...now, messageMenu: undefined }));
  }
}

function renderMiddle(page: Page, { bot }: Snapshot) {
  const { state, texts } = page;
  const channel = openChannel(state);
  if (channel === undefined) return nothing;
  return html`
    <header class="channel-header">
      <button
        type="button"
        id="open-sidebar"
        class="icon-button only-narrow"
        aria-label=${texts.sidebar.open}
        @click=${() => {
          open(page, 'sidebar');
        }}
      >
        ${ICONS.menu}
      </button>
      ${channel.channel.bot.view ? ICONS.channel : ICONS.locked}
      <h1>${channel.channel.name}</h1>
      <span class=${`bot-state is-${bot.name}`} role="status">${texts.bot[bot.name]}</span>
      <button
        type="button"
        id="open-panel"
        class="icon-button only-middle"
        aria-label=${texts.panel.open}
        @click=${() => {
          open(page, 'panel');
        }}
      >
        ${ICONS.panel}
      </button>
    </header>
    ${state.link === 'lost' ? html`<p class="lost" role="status">${texts.link.lost}</p>` : nothing}
    ${keyed(
      channel.channel.id,
      html`<div class="scroller" tabindex="0" role="log" aria-label=${texts.channel.log}>
        <div class="scrolled">${renderMessages(channel, page)}</div>
      </div>`,
    )}
    ${renderComposer(channel, page)}
  `;
}
