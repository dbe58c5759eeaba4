import { render } from 'lit';
import type { Identity } from '../playground/protocol/world.ts';
import { followFocus, followSent } from './follow-state.ts';
import { openLive } from './link/live.ts';
import { server } from './link/server.ts';
import { addToLibrary } from './theme/library.ts';
import './theme/page.css';
import type { Reader } from './markdown/reader.ts';
import type { Page } from './page.ts';
import { renderShell } from './shell.ts';
import { applyFrame } from './state/apply-frame.ts';
import { addressOf, firstState, identityOf } from './state/first-state.ts';
import type { PageState } from './state/page-state.ts';
import { nameOf, openChannel, virtualNow } from './state/selectors.ts';
import { createStore } from './state/store.ts';
import { watchWindow } from './watch-window.ts';
import { textsFor } from './i18n/texts-for.ts';

addToLibrary();
const first = firstState(identityOf(location.search, navigator.language), Date.now());
const store = createStore(first, draw);
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
draw(first);

function draw(state: PageState): void {
  const texts = textsFor(state.you.locale);
  const page: Page = {
    state,
    texts,
    reader: readerOf(state, texts.message.spoiler),
    change: store.change,
    server,
    switchIdentity,
  };
  nameTab(state);
  render(renderShell(page), document.body);
  followFocus(state, rendered);
  followSent(state, rendered);
  rendered = state;
}

/** Language, title and address of the tab; browsers count how often an address is written. */
function nameTab(state: PageState): void {
  const channel = openChannel(state)?.channel.name;
  document.documentElement.lang = state.you.locale ?? 'en-US';
  document.title = `${channel === undefined ? '' : `#${channel} · `}Clapper playground`;
  const address = addressOf(state.you);
  if (address !== location.search) history.replaceState(undefined, '', address);
}

function switchIdentity(change: Partial<Identity>): void {
  const you = { ...store.state().you, ...change };
  // Where one is and what is being written stays; whatever was only this person's goes.
  store.change((state) => ({
    ...state,
    you,
    sent: [],
    unread: new Map(),
    modal: undefined,
    menuOf: undefined,
  }));
  live.switchIdentity(you);
}

function readerOf(state: PageState, spoilerLabel: string): Reader {
  const guild = openChannel(state)?.guild;
  return {
    locale: state.you.locale ?? 'en-US',
    nowMs: virtualNow(state),
    spoilerLabel,
    userName: (id) => nameOf(state.snapshot, id),
    roleName: (id) => guild?.roles.find((role) => role.id === id)?.name,
    channelName: (id) => guild?.channels.find((channel) => channel.id === id)?.name,
  };
}
