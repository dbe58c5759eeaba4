import { render } from 'lit';
import type { Identity } from '../playground/protocol/world.ts';
import { followFocus, followSent } from './follow-state.ts';
import { openLive } from './link/live.ts';
import { server } from './link/server.ts';
import { addToLibrary } from './look/library.ts';
import './look/page.css';
import type { Reader } from './markdown/reader.ts';
import type { Page } from './page.ts';
import { renderShell } from './shell.ts';
import { applyFrame } from './state/apply-frame.ts';
import { addressOf, firstState, identityOf } from './state/first-state.ts';
import type { PageState } from './state/page-state.ts';
import { nameOf, openChannel, virtualNow } from './state/sight.ts';
import { createStore } from './state/store.ts';
import { watchWindow } from './watch-window.ts';
import { wordsFor } from './words/words-for.ts';

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
let drawn = first;
watchWindow(store.change);
draw(first);

function draw(state: PageState): void {
  const words = wordsFor(state.you.locale);
  const page: Page = {
    state,
    words,
    reader: readerOf(state, words.message.spoiler),
    change: store.change,
    server,
    become,
  };
  nameTab(state);
  render(renderShell(page), document.body);
  followFocus(state, drawn);
  followSent(state, drawn);
  drawn = state;
}

/** Language, title and address of the tab; browsers count how often an address is written. */
function nameTab(state: PageState): void {
  const channel = openChannel(state)?.channel.name;
  document.documentElement.lang = state.you.locale ?? 'en-US';
  document.title = `${channel === undefined ? '' : `#${channel} · `}Clapper playground`;
  const address = addressOf(state.you);
  if (address !== location.search) history.replaceState(undefined, '', address);
}

function become(change: Partial<Identity>): void {
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
  live.become(you);
}

function readerOf(state: PageState, spoilerLabel: string): Reader {
  const guild = openChannel(state)?.guild;
  return {
    locale: state.you.locale ?? 'en-US',
    nowMs: virtualNow(state),
    spoilerLabel,
    userName: (id) => nameOf(state.sight, id),
    roleName: (id) => guild?.roles.find((role) => role.id === id)?.name,
    channelName: (id) => guild?.channels.find((channel) => channel.id === id)?.name,
  };
}
