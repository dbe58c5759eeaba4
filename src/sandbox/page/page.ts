import type { Identity } from '../playground/protocol/world.ts';
import type { Server } from './link/server.ts';
import type { Viewer } from './markdown/viewer.ts';
import type { PageState, Updater } from './state/page-state.ts';
import type { Texts } from './i18n/en.ts';

/** Passed to every view: the state to show and the functions that change it. */
export interface Page {
  readonly state: PageState;
  readonly texts: Texts;
  readonly viewer: Viewer;
  readonly change: (update: Updater) => void;
  readonly server: Server;
  /** Switches this tab to another person or language. */
  readonly switchIdentity: (you: Partial<Identity>) => void;
}
