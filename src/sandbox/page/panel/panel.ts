import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Snapshot } from '../../playground/protocol.ts';
import { ICONS } from '../theme/icons.ts';
import type { Page } from '../page.ts';
import { PANEL_TABS } from '../state/page-state.ts';
import type { PanelTab } from '../state/page-state.ts';
import { renderAccounts } from './accounts.ts';
import { renderDiscordRequests } from './discord-requests.ts';
import { renderEdits } from './edits.ts';
import { renderKnobs } from './knobs.ts';
import { renderLog } from './log.ts';
import { openTab } from './open-tab.ts';
import { renderProviderRequests } from './provider-requests.ts';
import { renderTasks } from './tasks.ts';

/** Renders the right column: what happens inside, and the knobs that change it. */
export function renderPanel(snapshot: Snapshot, page: Page): TemplateResult {
  const { texts, state } = page;
  return html`
    <header class="panel-header">
      <h2>${texts.panel.label}</h2>
      <button
        type="button"
        class="icon-button only-middle"
        aria-label=${texts.panel.close}
        @click=${() => {
          page.change((now) => ({ ...now, drawer: 'none' }));
        }}
      >
        ${ICONS.close}
      </button>
    </header>
    <div
      class="tabs"
      role="tablist"
      aria-label=${texts.panel.label}
      @keydown=${(event: KeyboardEvent) => {
        onKey(event, page);
      }}
    >
      ${PANEL_TABS.map((tab) => renderTab(tab, page))}
    </div>
    <div
      class="tab-panel"
      role="tabpanel"
      id="tab-panel"
      tabindex="0"
      aria-labelledby=${`tab-${state.panelTab}`}
    >
      ${
        texts.panel.about[state.panelTab] === ''
          ? nothing
          : html`<p class="about">${texts.panel.about[state.panelTab]}</p>`
      }
      ${RENDERERS[state.panelTab](snapshot, page)}
    </div>
  `;
}

const RENDERERS: Readonly<Record<PanelTab, (snapshot: Snapshot, page: Page) => TemplateResult>> = {
  knobs: renderKnobs,
  tasks: renderTasks,
  provider: renderProviderRequests,
  discord: renderDiscordRequests,
  accounts: renderAccounts,
  edits: renderEdits,
  log: renderLog,
};

function renderTab(tab: PanelTab, page: Page): TemplateResult {
  const isOpen = page.state.panelTab === tab;
  return html`<button
    type="button"
    role="tab"
    id=${`tab-${tab}`}
    aria-selected=${isOpen}
    aria-controls="tab-panel"
    tabindex=${isOpen ? 0 : -1}
    @click=${() => {
      show(page, tab);
    }}
  >
    ${page.texts.panel.tabs[tab]}
  </button>`;
}

function show({ change }: Page, panelTab: PanelTab): void {
  change((state) => openTab(state, panelTab));
}

/** Moves between tabs with the arrow keys. */
function onKey(event: KeyboardEvent, page: Page): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const at = PANEL_TABS.indexOf(page.state.panelTab);
  const next = PANEL_TABS.at((at + by) % PANEL_TABS.length) ?? page.state.panelTab;
  show(page, next);
  document.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
}
