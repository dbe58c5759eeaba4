import { z } from 'zod';

import type { JsonReply } from '../json-reply.ts';
import type { LibraryCall, LibraryRules, SeenAsset } from '../library/library-rules.ts';
import { STATUS_WORDS, readCall } from '../library/read-call.ts';

const SP = '/api/open-api/v1/seedance/sp/';
const FULL = '/api/open-api/v1/seedance/assets/';

const address = z.url({ protocol: /^https?$/ });
const name = z.string().min(1);

const spUpload = z.strictObject({
  name,
  type: z.enum(['image', 'video', 'audio']),
  url: address,
});
const person = z.strictObject({ name, url: address });
const one = z.strictObject({ asset_id: z.string().min(1) });
const several = z.strictObject({ asset_ids: z.array(z.string().min(1)).min(1) });
// Of the probable supplier: no document of Jimmy AI has this body.
const audit = z
  .strictObject({
    imageUrls: z.array(address).default([]),
    videoUrls: z.array(address).default([]),
    audioUrls: z.array(address).default([]),
  })
  .refine(
    ({ imageUrls, videoUrls, audioUrls }) =>
      imageUrls.length + videoUrls.length + audioUrls.length === 1,
    'exactly one address is simulated',
  );

/** Jimmy AI's libraries: of the SP routes by its documents, of the Full routes by its supplier's. */
export function createJimmyLibrary(newId: () => string): LibraryRules {
  return {
    newId: () => `asset_${newId()}`,
    read: ({ method, url, body }) => {
      if (method === 'POST' && url.pathname.startsWith(SP)) {
        return readSp(url.pathname.slice(SP.length), body);
      }
      if (method === 'POST' && url.pathname === `${FULL}audit`) return readAudit(body);
      if (method === 'GET' && url.pathname === `${FULL}status`) {
        return { call: 'look', ids: url.searchParams.getAll('assetIds'), isList: true };
      }
      return undefined;
    },
    uploaded: ({ id, kind, url, name: given, createdMs }) =>
      given === ''
        ? success({
            items: [{ assetType: kind, originalUrl: url, assetId: id, status: 'submitted' }],
            failedItems: [],
          })
        : success({
            asset_id: id,
            ...(kind === 'person' && {
              official_id: `official_${id}`,
              status: 'Processing',
              asset_ref: null,
              name: given,
              url,
              created_at: String(createdMs),
            }),
          }),
    group: () => success({}),
    seen: (assets, isList) =>
      isList ? success({ items: assets.map(rendered) }) : success(assets.map(rendered)[0] ?? {}),
    listed: () => success({}),
    deleted: () => success({}),
    missing: { status: 200, body: { code: 20_002, msg: '素材不存在', data: null } },
  };
}

const SP_CALLS: Readonly<Record<string, (body: unknown) => LibraryCall>> = {
  'assets/upload': (body) =>
    readCall(spUpload, body, ({ type, ...given }) => ({ call: 'upload', kind: type, ...given })),
  'realperson/submit': (body) =>
    readCall(person, body, (given) => ({ call: 'upload', kind: 'person', ...given })),
  'assets/detail': (body) => readCall(one, body, looking),
  'realperson/status': (body) => readCall(one, body, looking),
  'assets/status': (body) => readCall(several, body, listing),
  'realperson/batch-status': (body) => readCall(several, body, listing),
};

function readSp(call: string, body: unknown): LibraryCall | undefined {
  return SP_CALLS[call]?.(body);
}

function readAudit(body: unknown): LibraryCall {
  return readCall(audit, body, ({ imageUrls: [image], videoUrls: [video], audioUrls: [audio] }) => {
    const kind = image === undefined ? (video === undefined ? 'audio' : 'video') : 'image';
    return { call: 'upload', kind, name: '', url: image ?? video ?? audio ?? '' };
  });
}

function looking({ asset_id: id }: z.infer<typeof one>): LibraryCall {
  return { call: 'look', ids: [id], isList: false };
}

function listing({ asset_ids: ids }: z.infer<typeof several>): LibraryCall {
  return { call: 'look', ids, isList: true };
}

function rendered({ asset, status, id }: SeenAsset): object {
  const common = { status: STATUS_WORDS[status], name: asset.name };
  if (asset.name === '') return { assetId: id, status: STATUS_WORDS[status] };
  if (asset.kind !== 'person') return { asset_id: id, official_id: `official_${id}`, ...common };
  const ref = status === 'active' ? `asset://${id}` : null;
  return { asset_id: id, official_id: `official_${id}`, asset_ref: ref, ...common };
}

function success(data: object): JsonReply {
  // The pages of these calls write the number 0.
  return { status: 200, body: { code: 0, msg: 'ok', data } };
}
