import { z } from 'zod';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { isForgottenAsset } from './forgotten-asset.ts';
import { isDeletedBefore } from './judge-uploads.ts';
import { labelIn } from './sent-command.ts';
import type { SeenCall } from './library-calls.ts';

/** Checks that creates name what lies usable in a library, and is what their members attached. */
export function judgeLibrary(evidence: Evidence): Finding[] {
  return evidence.providerRequests
    .filter(({ purpose }) => purpose === 'create')
    .flatMap((create) => judgeCreate(evidence, create));
}

function judgeCreate(evidence: Evidence, create: RecordedRequest): Finding[] {
  const ids = assetIdsIn(create.body);
  const label = labelIn(create.body);
  const commands = evidence.commands.filter((command) => command.label === label);
  const taskId = commands.map(({ handle }) => evidence.tasks.get(handle.id)?.id).find(Boolean);
  const add = (kind: Finding['kind'], what: string): Finding[] => [
    { kind, what, ...(taskId === undefined ? {} : { taskId }) },
  ];
  return [
    ...ids.flatMap((id) => {
      if (isKnownDeleted(evidence, id, create.atMs)) {
        return add('lost', `a create names ${id}, which was deleted before`);
      }
      return wasActive(evidence, id, create.atMs)
        ? []
        : add('let-through', `a create names ${id}, which was never seen active`);
    }),
    ...(isOfOthers(evidence, { ids, commands }) ? add('lost', 'a create has another medium') : []),
  ];
}

/** Whether an asset was deleted before; a store that was restored later may not know it any more. */
function isKnownDeleted(evidence: Evidence, id: string, atMs: number): boolean {
  const restoredAtMs = evidence.restore?.restoredAtMs ?? Infinity;
  const isForgotten = atMs >= restoredAtMs && isDeletedBefore(evidence, id, restoredAtMs);
  return !isForgotten && isDeletedBefore(evidence, id, atMs);
}

/** The assets that a body names, in their order. */
function assetIdsIn(body: unknown): string[] {
  const found = (JSON.stringify(body) ?? '').matchAll(/asset:\/\/([\w.~-]+)/g);
  return [...found].flatMap(([, id]) => id ?? []);
}

/** Whether the library said that the asset is usable before the create came. */
function wasActive({ libraryCalls }: Evidence, id: string, byMs: number): boolean {
  return libraryCalls.some(
    (one) =>
      one.call === 'look' && one.atMs <= byMs && one.assetIds.includes(id) && saysActive(one, id),
  );
}

function saysActive({ reply, isRight }: SeenCall, id: string): boolean {
  if (!isRight || reply === undefined) return false;
  return objectsIn(JSON.parse(reply)).some(
    (one) => Object.values(one).includes(id) && /^active$/i.test(statusIn(one)),
  );
}

const statusSchema = z.union([
  z.object({ status: z.string() }).transform(({ status }) => status),
  z.object({ Status: z.string() }).transform(({ Status }) => Status),
]);

function statusIn(value: object): string {
  return statusSchema.safeParse(value).data ?? '';
}

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** Whether the media of a create are not those that its commands have, where these are known. */
function isOfOthers(
  evidence: Evidence,
  { ids, commands }: { readonly ids: readonly string[]; readonly commands: Evidence['commands'] },
): boolean {
  const attached = commands.map(({ media }) => media);
  if (ids.length === 0 || attached.includes(undefined)) return false;
  // The restored store does not know that such an id is another's, if a library says it of two.
  const forgotten = evidence.assets.filter((asset) => isForgottenAsset(evidence, asset));
  if (forgotten.some(({ id }) => ids.includes(id))) return false;
  const sent = ids.map((id) => contentOfAsset(evidence, id)).toSorted();
  const isNamed = commands.some(({ named, guildId }) =>
    sent.every((sha256) => mayStandFor(evidence, { named, guildId, sha256 })),
  );
  const isAttached = attached.some((names = []) => {
    const hashes = names.map((name) => hashOf(evidence, name));
    return JSON.stringify(hashes.toSorted()) === JSON.stringify(sent);
  });
  return !isNamed && !isAttached;
}

/** Whether a name was ever given to that content in a guild. */
function mayStandFor(
  { namings }: Evidence,
  { named, guildId, sha256 }: { named: string | undefined; guildId: string; sha256: string },
): boolean {
  return namings.some(
    (one) => one.name === named && one.guildId === guildId && one.sha256 === sha256,
  );
}

function hashOf({ media }: Evidence, name: string): string {
  return media.find((one) => one.name === name)?.sha256 ?? '';
}

function contentOfAsset({ libraryCalls }: Evidence, id: string): string {
  const upload = libraryCalls.find(
    ({ call, assetIds }) => call === 'upload' && assetIds.includes(id),
  );
  return upload?.sha256 ?? '';
}
