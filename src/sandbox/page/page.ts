import type { Identity } from '../playground/protocol/world.ts';
import type { Server } from './link/server.ts';
import type { Reader } from './markdown/reader.ts';
import type { PageState, Step } from './state/page-state.ts';
import type { Texts } from './i18n/en.ts';

/** What every view gets: the state to show, and the ways to change it. */
export interface Page {
  readonly state: PageState;
  readonly texts: Texts;
  readonly reader: Reader;
  readonly change: (step: Step) => void;
  readonly server: Server;
  /** Becomes somebody else, or reads in another language. */
  readonly switchIdentity: (you: Partial<Identity>) => void;
}
