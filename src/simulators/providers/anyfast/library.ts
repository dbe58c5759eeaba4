import { z } from 'zod';

import type { JsonReply } from '../json-reply.ts';
import type { LibraryCall, LibraryRules, SeenAsset } from '../library/library-rules.ts';
import { STATUS_WORDS, readCall } from '../library/read-call.ts';

const PREFIX = '/volc/asset/';

const name = z.string().min(1);
const models = z.enum(['volc-asset', 'volc-asset-video', 'volc-asset-audio']);

const group = z.strictObject({
  model: models,
  Name: name,
  Description: z.string().optional(),
  GroupType: z.literal('AIGC').optional(),
});
const upload = z.strictObject({
  model: models,
  GroupId: z.string().startsWith('group-'),
  Name: name,
  AssetType: z.enum(['Image', 'Video', 'Audio']),
  URL: z.string().regex(/^(?:https?:\/\/|data:)/),
});
const byId = z.strictObject({ model: models.optional(), Id: name });
const list = z.strictObject({
  model: models,
  Filter: z.strictObject({
    Name: z.string().optional(),
    GroupIds: z.array(z.string()).optional(),
    GroupType: z.string().optional(),
  }),
  PageNumber: z.int().min(1).default(1),
  PageSize: z.int().min(1).max(100).default(10),
});

const KINDS = { Image: 'image', Video: 'video', Audio: 'audio' } as const;

/** AnyFast's library, by its documents and by what clients of it have seen. */
export function createAnyfastLibrary(newId: () => string): LibraryRules {
  return {
    newId: () => `asset-${newId()}`,
    read: ({ method, url, body }) =>
      method === 'POST' && url.pathname.startsWith(PREFIX)
        ? CALLS[url.pathname.slice(PREFIX.length)]?.(body)
        : undefined,
    uploaded: ({ id }) => ok({ Id: id }),
    group: (id) => ok({ Id: id }),
    seen: (assets) => ok(assets.map(rendered)[0] ?? {}),
    listed: (assets) =>
      ok({ Items: assets.map(rendered), TotalCount: assets.length, PageNumber: 1, PageSize: 10 }),
    deleted: (id) => ok({ Id: id, Deleted: true }),
    missing: {
      status: 404,
      body: {
        error: {
          message: '[NotFound.asset_id] The specified asset is not found',
          type: 'new_api_error',
          code: '',
        },
      },
    },
  };
}

const CALLS: Readonly<Record<string, (body: unknown) => LibraryCall>> = {
  CreateAssetGroup: (body) => readCall(group, body, () => ({ call: 'group' })),
  CreateAsset: (body) =>
    readCall(upload, body, ({ Name, AssetType, URL: url, GroupId }) => ({
      call: 'upload',
      kind: KINDS[AssetType],
      name: Name,
      url,
      groupId: GroupId,
    })),
  GetAsset: (body) =>
    readCall(byId, body, ({ Id }) => ({ call: 'look', ids: [Id], isList: false })),
  ListAssets: (body) => readCall(list, body, ({ Filter }) => ({ call: 'list', name: Filter.Name })),
  DeleteAsset: (body) => readCall(byId, body, ({ Id }) => ({ call: 'delete', id: Id })),
};

function rendered({ asset, status, id }: SeenAsset): object {
  return {
    Id: id,
    Name: asset.name,
    URL: asset.url,
    AssetType: asset.kind,
    GroupId: asset.groupId,
    Status: STATUS_WORDS[status],
    ProjectName: 'default',
  };
}

function ok(body: object): JsonReply {
  return { status: 200, body };
}
