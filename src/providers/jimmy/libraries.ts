import type { FileForLibrary } from '../../app/ports/library-port.ts';
import type { LibraryCalls, LibraryRequest } from '../library/library-calls.ts';
import { isObject, valueAt } from '../read-answer.ts';

const SP = '/api/open-api/v1/seedance/sp';
const FULL = '/api/open-api/v1/seedance/assets';

/**
 * The library of the SP routes, by the documents of its calls. They have neither a list nor a
 * deletion, and do not say what an asset costs.
 */
export const JIMMY_SP_LIBRARY: LibraryCalls = {
  name: 'sp',
  takesPersons: true,
  upload: ({ way, kind, name, url }) =>
    way === 'person'
      ? post(`${SP}/realperson/submit`, { name, url })
      : post(`${SP}/assets/upload`, { name, type: kind, url }),
  // Never `official_id`, which the create does not take.
  idPaths: ['data.asset_id'],
  look: ({ way, id }) => [
    post(way === 'person' ? `${SP}/realperson/status` : `${SP}/assets/detail`, { asset_id: id }),
  ],
  assetIn: (answer, id) => only(valueAt(answer, 'data'), id, ['asset_id']),
  missingCodes: [],
};

const FULL_ID_FIELDS = ['assetId', 'asset_id', 'id'];

/**
 * The audit of the Full routes. The vendor's repository gives the two addresses and no document the
 * bodies: those are of the probable supplier and of the vendor's own canvas, so the setting
 * `JIMMY_FULL_ASSETS` has to switch it on.
 */
export const JIMMY_FULL_LIBRARY: LibraryCalls = {
  name: 'full',
  switchedBy: 'JIMMY_FULL_ASSETS',
  takesPersons: false,
  upload: ({ kind, url }) => post(`${FULL}/audit`, { [AUDIT_FIELDS[kind]]: [url] }),
  idPaths: FULL_ID_FIELDS.map((field) => `data.items.0.${field}`),
  isTurnedDown: (answer) => {
    const failed = valueAt(answer, 'data.failedItems');
    return Array.isArray(failed) && failed.length > 0;
  },
  // Which of the two names the parameter has is not known.
  look: ({ id }) =>
    ['assetIds', 'asset_ids'].map((field) => ({
      method: 'GET',
      path: `${FULL}/status?${field}=${encodeURIComponent(id)}`,
    })),
  assetIn: (answer, id) => {
    const items = valueAt(answer, 'data.items');
    const list: readonly unknown[] = Array.isArray(items) ? items : [];
    return list.find((item) => only(item, id, FULL_ID_FIELDS) !== undefined);
  },
  missingCodes: [],
};

const AUDIT_FIELDS = {
  image: 'imageUrls',
  video: 'videoUrls',
  audio: 'audioUrls',
} as const satisfies Record<FileForLibrary['kind'], string>;

function post(path: string, body: object): LibraryRequest {
  return { method: 'POST', path, body };
}

/** The object if one of these fields has the id. */
function only(value: unknown, id: string, fields: readonly string[]): unknown {
  return isObject(value) && fields.some((field) => value[field] === id) ? value : undefined;
}
