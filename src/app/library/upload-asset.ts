import { afterUpload, nextStep, withUpload } from '../../domain/library/asset-transitions.ts';
import type { UploadEnd } from '../../domain/library/asset-transitions.ts';
import { isUsed } from '../../domain/library/asset.ts';
import type { Asset, AssetFault } from '../../domain/library/asset.ts';
import { isAboutAccount } from '../../domain/tasks/provider-rejection.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock, Log } from '../ports/core.ts';
import type { LibraryPort, UploadAnswer } from '../ports/library-port.ts';
import type { Tenure } from '../ports/ownership-port.ts';
import { SEND_MS } from '../slots/may-send.ts';
import { untilWritten } from '../until-written.ts';
import { toFault } from './asset-fault.ts';
import { claimId, deleteId } from './claim-id.ts';

/** Where a provider finds a medium. */
type MediumAddress =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'later' };

/** Gives the address of a medium when it is to be uploaded; it may have to be copied first. */
export type AssetSource = (signal: AbortSignal) => Promise<MediumAddress>;

/** Who needs an asset, and where its medium is found. */
export interface AssetAsker {
  /** Of a task, or of a name that was given; no two have the same. */
  readonly askerId: string;
  readonly source: AssetSource;
  /** Whether it has been given up, so that nothing more may be sent for it. */
  readonly isDropped?: () => boolean;
  /** It has waited for too long: what a call of this process has answered is not asked once more. */
  readonly isLate?: boolean;
}

export interface UploadDeps {
  readonly registry: AssetRegistry;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Random numbers in [0, 1). */
  readonly random: () => number;
  /** Makes a name that no other upload has: letters, digits and hyphens. */
  readonly newName: () => string;
}

/**
 * What came of an upload. `again`: after a while, because nothing was sent or nothing is known to be
 * there. `account`: the provider rejects the whole account, which says nothing about the medium.
 */
export type UploadResult =
  | { readonly kind: 'uploaded' | 'gone' }
  | { readonly kind: 'again'; readonly retryAfterMs?: number }
  | { readonly kind: 'account'; readonly fault: AssetFault };

/**
 * Uploads a medium, once: the upload is recorded before it is sent and its answer after, so that a
 * crash in between is seen as an upload without an answer.
 */
export async function uploadAsset(
  deps: UploadDeps,
  {
    key,
    library,
    asker: { askerId: by, source, isDropped },
    tenure,
  }: {
    readonly key: string;
    readonly library: LibraryPort;
    readonly asker: AssetAsker;
    readonly tenure: Tenure;
  },
): Promise<UploadResult> {
  const { registry, clock, log, signal } = deps;
  const address = await source(signal);
  if (address.kind === 'gone') return address;
  if (address.kind === 'later') return { kind: 'again' };
  const group = await groupFor(deps, library);
  if (group === undefined) return { kind: 'again' };
  const name = deps.newName();
  const begun = await registry.change(key, (asset) => {
    if (asset === undefined || !isUsed(asset) || isDropped?.() === true) return asset;
    const next = nextStep(asset, clock.now(), library.canFind);
    return next.do === 'upload' ? withUpload(asset, { name, by }, clock.now()) : asset;
  });
  // It was removed or given up, or another call has found it, meanwhile.
  if (begun?.uploads.at(-1)?.name !== name) return { kind: 'again' };
  const { kind, way } = begun;
  const file = { kind, way, name, url: address.url, groupId: group.id };
  // It has been recorded, so it counts as an upload without an answer.
  if (!tenure.mayAct(SEND_MS)) return { kind: 'again' };
  const answer = await library.upload(file, signal);
  logAnswer(deps, library, answer);
  const recorded = { key, library, name, end: endOf(answer) };
  const write = async () => (tenure.isOver() ? 'over' : recordEnd(deps, recorded));
  const after = await untilWritten(write, {
    clock,
    signal,
    random: deps.random,
    onFault: (cause, tries) => {
      log.error({ err: cause, library: library.id, tries }, 'upload not recorded; trying again');
    },
  });
  // The server's new owner looks for it, or uploads it once more.
  if (after === 'over') return { kind: 'again' };
  if (after === undefined) await removeOrphan(deps, library, answer);
  return resultOf(answer);
}

function resultOf(answer: UploadAnswer): UploadResult {
  switch (answer.kind) {
    case 'uploaded':
    case 'wrong-address':
      return { kind: 'uploaded' };
    case 'refused':
      return isAboutAccount(answer.refusal.category)
        ? { kind: 'account', fault: toFault('refused', answer.refusal) }
        : { kind: 'uploaded' };
    case 'busy':
      return answer.retryAfterMs === undefined
        ? { kind: 'again' }
        : { kind: 'again', retryAfterMs: answer.retryAfterMs };
    case 'lost':
    case 'not-sent':
      return { kind: 'again' };
  }
}

async function recordEnd(
  { registry, clock }: UploadDeps,
  {
    key,
    library,
    name,
    end,
  }: {
    readonly key: string;
    readonly library: LibraryPort;
    readonly name: string;
    readonly end: UploadEnd;
  },
): Promise<Asset | undefined> {
  // Another upload may have followed it.
  const record = (asset: Asset): Asset =>
    asset.uploads.at(-1)?.name === name ? afterUpload(asset, end, clock.now()) : asset;
  return end.kind === 'uploaded'
    ? claimId({ registry, clock }, { key, library, id: end.id, record })
    : registry.change(key, (asset) => asset && record(asset));
}

function endOf(answer: UploadAnswer): UploadEnd {
  switch (answer.kind) {
    case 'uploaded':
    case 'lost':
      return answer;
    case 'refused':
      if (isAboutAccount(answer.refusal.category)) return { kind: 'not-sent' };
      return { kind: 'refused', fault: toFault('refused', answer.refusal) };
    case 'wrong-address':
      return { kind: 'refused', fault: { why: 'refused', category: 'model-unavailable' } };
    case 'busy':
    case 'not-sent':
      return { kind: 'not-sent' };
  }
}

/** The group that uploads go into; `undefined` if it could not be made now. */
async function groupFor(
  { registry, signal, newName, log }: UploadDeps,
  library: LibraryPort,
): Promise<{ readonly id: string | undefined } | undefined> {
  if (!library.hasGroups) return { id: undefined };
  const known = await registry.group(library.id, library.fingerprint);
  if (known !== undefined) return { id: known };
  const made = await library.createGroup(newName(), signal);
  if (made.kind !== 'uploaded') {
    log.warn({ library: library.id, answer: made.kind }, 'no group could be made in a library');
    return undefined;
  }
  await registry.setGroup(library.id, library.fingerprint, made.id);
  return { id: made.id };
}

/** Deletes what was uploaded for an asset that was forgotten meanwhile, if that is possible. */
async function removeOrphan(
  { registry, signal, log }: UploadDeps,
  library: LibraryPort,
  answer: UploadAnswer,
): Promise<void> {
  if (answer.kind !== 'uploaded') return;
  const isDone = await deleteId({ registry }, library, answer.id, signal);
  log.warn({ library: library.id, isDone }, 'asset was forgotten during its upload');
}

function logAnswer({ log }: UploadDeps, { id: library }: LibraryPort, answer: UploadAnswer): void {
  const fields = {
    library,
    answer: answer.kind,
    ...('detail' in answer && { detail: answer.detail }),
  };
  if (answer.kind === 'wrong-address') {
    log.error(fields, "the address of a library does not exist; check the provider's address");
  } else log.info(fields, 'upload into a library answered');
}
