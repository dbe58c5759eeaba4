import { render } from 'lit';
import type { Identity } from '../playground/protocol/world.ts';
import { moveFocus, scrollToSent, showMessage } from './after-render.ts';
import { openLive } from './link/live.ts';
import { server } from './link/server.ts';
import { addLibraryStyles } from './theme/library.ts';
import './theme/page.css';
import type { Viewer } from './markdown/viewer.ts';
import type { Page } from './page.ts';
import { restoreScroll } from './panel/open-tab.ts';
import { renderShell } from './shell.ts';
import { applyFrame } from './state/apply-frame.ts';
import { addressOf, firstState, identityOf } from './state/first-state.ts';
import type { PageState } from './state/page-state.ts';
import { goTo } from './state/go-to.ts';
import { nameOf, openChannel, virtualNow } from './state/selectors.ts';
import { createStore } from './state/store.ts';
import { watchKeys } from './watch-keys.ts';
import { watchWindow } from './watch-window.ts';
import { textsFor } from './i18n/texts-for.ts';

addLibraryStyles();
const first = firstState(identityOf(location.search, navigator.language), Date.now());
const store = createStore(first, renderPage);
const live = openLive(first.you, {
  onFrame(frame) {
    store.change((state) => applyFrame(state, frame));
  },
  onLost() {
    store.change((state) => ({ ...state, link: 'lost' }));
  },
});
let rendered = first;
watchWindow(store.change);
watchKeys(store.change);
renderPage(first);

function renderPage(state: PageState): void {
  const texts = textsFor(state.you.locale);
  const page: Page = {
    state,
    texts,
    viewer: viewerOf(state, texts.message.spoiler),
    change: store.change,
    server,
    switchIdentity,
  };
  updateTab(state);
  render(renderShell(page), document.body);
  moveFocus(state, rendered);
  scrollToSent(state, rendered);
  showMessage(state, rendered);
  restoreScroll(state, rendered);
  rendered = state;
}

/** Sets the tab's language, title and address. The address only on change: browsers limit writes. */
function updateTab(state: PageState): void {
  const channel = openChannel(state)?.channel.name;
  document.documentElement.lang = state.you.locale ?? 'en-US';
  document.title = `${channel === undefined ? '' : `#${channel} · `}Clapper playground`;
  const address = addressOf(state.you);
  if (address !== location.search) history.replaceState(undefined, '', address);
}

function switchIdentity(change: Partial<Identity>): void {
  const you = { ...store.state().you, ...change };
  // Keeps the open channel and the draft, and clears what belonged to the previous person.
  store.change((state) => ({
    ...state,
    you,
    sent: [],
    unread: new Map(),
    modal: undefined,
    messageMenu: undefined,
  }));
  live.switchIdentity(you);
}

function viewerOf(state: PageState, spoilerLabel: string): Viewer {
  const guild = openChannel(state)?.guild;
  return {
    locale: state.you.locale ?? 'en-US',
    nowMs: virtualNow(state),
    spoilerLabel,
    userName: (id) => nameOf(state.snapshot, id),
    roleName: (id) => guild?.roles.find((role) => role.id === id)?.name,
    messageLink: textsFor(state.you.locale).message.link,
    goTo: (channelId, messageId) => {
      store.change((now) => goTo(now, channelId, messageId));
    },
    channelName: (id) => guild?.channels.find((channel) => channel.id === id)?.name,
  };
}
