import type { FileForLibrary } from '../../app/ports/library-port.ts';
import type { LibraryCalls, LibraryRequest } from '../library/library-calls.ts';
import { isObject, valueAt } from '../read-answer.ts';

/** The document's model, which picks the price line. */
const MODEL = 'volc-asset';
const MODELS = {
  image: MODEL,
  video: 'volc-asset-video',
  audio: 'volc-asset-audio',
} as const satisfies Record<FileForLibrary['kind'], string>;

const TYPES = {
  image: 'Image',
  video: 'Video',
  audio: 'Audio',
} as const satisfies Record<FileForLibrary['kind'], string>;

const MIB = 1_048_576;

/**
 * What it takes by its documents. They also ask for clips of 480p or 720p at 24 to 60 frames, which
 * Discord does not tell, and by which its review decides.
 */
const LIMITS = {
  image: {
    mimeTypes: [
      'image/jpeg',
      'image/png',
      'image/webp',
      'image/bmp',
      'image/tiff',
      'image/gif',
      'image/heic',
      'image/heif',
    ],
    maxBytes: 30 * MIB,
    side: { min: 300, max: 6000 },
    aspect: { min: 0.4, max: 2.5 },
  },
  video: {
    mimeTypes: ['video/mp4', 'video/quicktime'],
    maxBytes: 50 * MIB,
    minSeconds: 2,
    maxSeconds: 15,
  },
  audio: {
    mimeTypes: ['audio/wav', 'audio/mpeg'],
    maxBytes: 15 * MIB,
    minSeconds: 2,
    maxSeconds: 15,
  },
} as const satisfies LibraryCalls['limits'];

/**
 * AnyFast's library, by its documents. Each API key sees its own assets alone. A name that is there
 * already is answered as if the group were missing, so names must be unique. Uploads as a form are
 * documented and not used: the id that they return never resolves.
 */
export const ANYFAST_LIBRARY: LibraryCalls = {
  name: 'assets',
  takesPersons: false,
  limits: LIMITS,
  group: (name) => post('CreateAssetGroup', { model: MODEL, Name: name, GroupType: 'AIGC' }),
  upload: ({ kind, name, url, groupId }) =>
    post('CreateAsset', {
      model: MODELS[kind],
      GroupId: groupId,
      Name: name,
      AssetType: TYPES[kind],
      URL: url,
    }),
  idPaths: ['Id', 'data.Id'],
  look: ({ id }) => [post('GetAsset', { Id: id })],
  assetIn: (answer, id) => [answer, valueAt(answer, 'data')].find((one) => hasId(one, id)),
  find: ({ name, groupId }) =>
    post('ListAssets', {
      model: MODEL,
      Filter: { Name: name, ...(groupId === undefined ? {} : { GroupIds: [groupId] }) },
      PageNumber: 1,
      PageSize: 10,
    }),
  idOfName(answer, name) {
    const items = valueAt(answer, 'Items') ?? valueAt(answer, 'data.Items');
    if (!Array.isArray(items)) return undefined;
    const found: unknown = items.find((item) => isObject(item) && item['Name'] === name);
    const id = valueAt(found, 'Id');
    return typeof id === 'string' ? id : '';
  },
  delete: (id) => post('DeleteAsset', { model: MODEL, Id: id }),
  missingCodes: ['NotFound.asset_id'],
};

function post(call: string, body: object): LibraryRequest {
  return { method: 'POST', path: `/volc/asset/${call}`, body };
}

function hasId(value: unknown, id: string): boolean {
  return isObject(value) && value['Id'] === id;
}
