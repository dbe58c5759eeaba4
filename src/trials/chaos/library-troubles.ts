import type { AssetFate, LibraryAnswer } from '../../simulators/providers/answers.ts';
import type { Weighted } from './dice.ts';

/** An answer of a library; its name appears in the round's incidents. */
export interface LibraryTrouble {
  readonly name: string;
  readonly answer: LibraryAnswer;
}

const named = (answer: LibraryAnswer, name: string = answer.kind): LibraryTrouble => ({
  name,
  answer,
});

/** What Jimmy AI's audit answers of a file that it does not take, without an error. */
const TURNED_DOWN = JSON.stringify({
  code: 0,
  msg: 'ok',
  data: { items: [], failedItems: [{ assetType: 'image', reason: 'the library is full' }] },
});

/** The upload is answered with the id of what lies there already. */
export const ANOTHERS_ID = 'anothers-id';

export const UPLOAD_TROUBLES: Weighted<LibraryTrouble> = [
  [64, named({ kind: 'ok' })],
  [5, named({ kind: 'slow', ms: 80 })],
  [4, named({ kind: 'cut', accepts: true })],
  [2, named({ kind: 'cut' })],
  [2, named({ kind: 'hang', accepts: true })],
  [3, named({ kind: 'server-error', status: 502, accepts: true }, 'server-error-502')],
  [1, named({ kind: 'server-error', status: 500 }, 'server-error-500')],
  [2, named({ kind: 'not-json', accepts: true })],
  [2, named({ kind: 'wrong-shape', accepts: true })],
  [5, named({ kind: 'rate-limited', retryAfterSeconds: 0 })],
  [2, named({ kind: 'rate-limited', retryAfterSeconds: 1 })],
  [3, named({ kind: 'refused', reason: 'the library is full' })],
  [2, named({ kind: 'raw', status: 200, body: TURNED_DOWN }, 'turned-down')],
  [2, named({ kind: 'ok' }, ANOTHERS_ID)],
];

export const LOOK_TROUBLES: Weighted<LibraryTrouble> = [
  [74, named({ kind: 'ok' })],
  [5, named({ kind: 'slow', ms: 60 })],
  [4, named({ kind: 'cut' })],
  [1, named({ kind: 'hang' })],
  [4, named({ kind: 'rate-limited', retryAfterSeconds: 0 })],
  [4, named({ kind: 'server-error', status: 503 })],
  [3, named({ kind: 'not-json' })],
  [3, named({ kind: 'wrong-shape' })],
  [2, named({ kind: 'huge', bytes: 2_000_000 })],
];

/** A deletion may also take effect without an answer. */
export const DELETE_TROUBLES: Weighted<LibraryTrouble> = [
  ...LOOK_TROUBLES,
  [8, named({ kind: 'cut', accepts: true })],
  [5, named({ kind: 'server-error', status: 502, accepts: true })],
];

/** What becomes of a medium; `afterMs` of real time, in which a member may cancel. */
export const FATES: Weighted<AssetFate> = [
  [40, { kind: 'active' }],
  [20, { kind: 'active', afterMs: 150 }],
  [15, { kind: 'active', afterMs: 600 }],
  [4, { kind: 'stuck' }],
  [4, { kind: 'failed' }],
  [4, { kind: 'rejected' }],
  [2, { kind: 'never-there' }],
  [4, { kind: 'vanishes', afterMs: 400 }],
  [2, { kind: 'anothers' }],
];

/** Fates that the library never reports: the bot waits for as long as for a review. */
export const STUCK_FATES: ReadonlySet<AssetFate['kind']> = new Set([
  'stuck',
  'never-there',
  'vanishes',
  'anothers',
]);

/** The chance that a library says that an asset is missing by its status, and not by a code alone. */
export const MISSING_BY_STATUS = 0.5;

export const MISSING: LibraryAnswer = {
  kind: 'raw',
  status: 404,
  body: JSON.stringify({ code: 20_002, msg: 'asset not found', data: null }),
};
