import type { NeverSent } from '../never-sent.ts';

const GUIDES = 'AnyFast, the guides of its other Seedance models';
const OTHER_MODEL = 'no copy of its schema: only Mini has a document that decides';

/**
 * What AnyFast's documents name and the bot never sends. Of the schema of Mini it sends every field;
 * `content` has always a text, which the schema leaves optional, because `/video` requires a prompt.
 */
export const ANYFAST_NEVER_SENT: readonly NeverSent[] = [
  { kind: 'model', name: 'seedance-2.0', why: OTHER_MODEL, source: GUIDES },
  { kind: 'model', name: 'seedance-2.0-fast', why: OTHER_MODEL, source: GUIDES },
  { kind: 'model', name: 'seedance-2.0-ultra', why: OTHER_MODEL, source: GUIDES },
  { kind: 'model', name: 'seedance-2.5', why: OTHER_MODEL, source: GUIDES },
  {
    kind: 'field',
    name: 'return_last_frame',
    why: 'not in the schema of Mini; the bot takes the last frame from the clip',
    source: GUIDES,
  },
];
