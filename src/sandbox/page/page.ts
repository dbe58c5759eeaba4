import type { Identity } from '../playground/protocol/world.ts';
import type { Server } from './link/server.ts';
import type { Reader } from './markdown/reader.ts';
import type { PageState, Step } from './state/page-state.ts';
import type { Words } from './words/en.ts';

/** What every view gets: the state to show, and the ways to change it. */
export interface Page {
  readonly state: PageState;
  readonly words: Words;
  readonly reader: Reader;
  readonly change: (step: Step) => void;
  readonly server: Server;
  /** Becomes somebody else, or reads in another language. */
  readonly become: (you: Partial<Identity>) => void;
}
