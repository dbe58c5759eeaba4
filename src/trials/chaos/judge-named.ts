import type { JournalLine } from '../../domain/ledger/journal-line.ts';
import { assetSchema, idOf, isUsed, unclearUpload } from '../../domain/library/asset.ts';
import type { Asset } from '../../domain/library/asset.ts';
import { statusOf } from '../../simulators/providers/library/simulated-asset.ts';
import { ASSET_PREFIX } from '../../store/library/asset-registry.ts';
import type { Evidence } from './evidence.ts';
import { hasForgotten } from './evidence.ts';
import type { Finding } from './finding.ts';
import { grouped } from './grouped.ts';
import { isForgottenAsset } from './forgotten-asset.ts';
import { isInEndlessReview } from './endless-review.ts';
import { answeredUploads, isDeletedBefore, usersOf } from './judge-uploads.ts';
import type { ReportedCharge } from './reported-records.ts';
import { bookedUploads } from './upload-charges.ts';
import type { BookedUpload } from './upload-charges.ts';

/** The only library whose documents have a deletion. */
const DELETES = 'anyfast/assets';

/** Checks named media: what they cost, what was deleted, and what is left in a library. */
export function judgeNamed(evidence: Evidence): Finding[] {
  return [
    ...bookedUploads(evidence).flatMap((booked) => judgeBooked(evidence, booked)),
    ...judgeUploadsBooked(evidence),
    ...judgeDeletions(evidence),
    ...(evidence.hasEnded ? judgeLeftovers(evidence) : []),
  ];
}

/** Checks that an upload is in the books for whom it was made, at its price, and was ended. */
function judgeBooked(evidence: Evidence, { charge, line, money }: BookedUpload): Finding[] {
  const { uploadPrices, budget, hasEnded } = evidence;
  const what = `the upload of ${charge.name} into ${charge.library}`;
  const findings: Finding[] = [];
  const add = (kind: Finding['kind'], how: string): void => {
    findings.push({ kind, what: `${what} ${how}`, taskId: charge.id });
  };
  const price = uploadPrices?.[charge.kind];
  const cost = money.state === 'settled' ? money.amounts.cost : line.quoted;
  if (!isOwn(evidence, charge, line)) add('off', `is booked for ${line.member}`);
  if (line.quoted !== price || cost !== price) add('off', `is booked at ${cost}, not at ${price}`);
  if (price === undefined && budget !== undefined) add('let-through', 'has no price');
  const mayWait = assetsIn(evidence.records).some(
    (asset) => isOf(asset, charge) && isInEndlessReview(asset, evidence.assets),
  );
  if (money.state === 'reserved' && hasEnded && !mayWait) add('off', 'is still reserved');
  if (!wasNamed(evidence, charge)) add('let-through', 'was not given a name by an admin');
  return findings;
}

/** Whether it is an asset of the medium that an upload is for: its name is waited for in every library. */
function isOf({ guildId, sha256 }: Asset, charge: ReportedCharge): boolean {
  return guildId === charge.guildId && sha256 === charge.sha256;
}

/** Whether a line is of whom it was made for, perhaps by a hash. */
function isOwn(evidence: Evidence, charge: ReportedCharge, { member }: JournalLine): boolean {
  if (member === charge.memberId) return true;
  return member.startsWith('deleted-') && hasForgotten(evidence, charge);
}

function wasNamed({ namings }: Evidence, { guildId, memberId, name }: ReportedCharge): boolean {
  return namings.some(
    (one) => one.guildId === guildId && one.memberId === memberId && one.name === name,
  );
}

/** Checks that as many uploads are in the books as were answered, where tasks have made none. */
function judgeUploadsBooked(evidence: Evidence): Finding[] {
  // What was uploaded after a copy was made is in no book of it.
  if (evidence.restore !== undefined) return [];
  const booked = bookedUploads(evidence);
  const answered = answeredUploads(evidence).filter(
    ({ library, sha256 }) =>
      NAMED_LIBRARIES.has(library) && usersOf(evidence, { library, sha256 }).length === 0,
  );
  return [...grouped(answered, ({ library, sha256 }) => `${library} ${sha256}`).values()].flatMap(
    (same) => {
      const [{ library, sha256 } = { library: '', sha256: undefined }] = same;
      const settled = booked.filter(
        ({ charge, money }) =>
          money.state === 'settled' && charge.library === library && charge.sha256 === sha256,
      );
      if (settled.length >= same.length) return [];
      const what = `${same.length} uploads into ${library} were answered, ${settled.length} are settled`;
      return [{ kind: 'off', what }];
    },
  );
}

const NAMED_LIBRARIES: ReadonlySet<string> = new Set(['anyfast/assets', 'jimmy/sp']);

/** Checks that nothing was deleted under a task that had it. */
function judgeDeletions(evidence: Evidence): Finding[] {
  const { deletions, records, assets, restore } = evidence;
  // A copy may have what was deleted before it was put in place.
  const isForgotten = (id: string): boolean =>
    restore !== undefined && isDeletedBefore(evidence, id, restore.restoredAtMs);
  const gone = new Set(
    assets.filter(({ isGone, id }) => isGone === true && !isForgotten(id)).map(({ id }) => id),
  );
  return [
    ...deletions.flatMap(({ assetId, under }) =>
      under.map((taskId): Finding => ({
        kind: 'lost',
        what: `${assetId} was deleted under another task`,
        taskId,
      })),
    ),
    ...assetsIn(records)
      .filter((asset) => isUsed(asset) && gone.has(idOf(asset) ?? ''))
      .map(({ uses }): Finding => ({
        kind: 'lost',
        what: `what ${uses.names.join()} stands for was deleted`,
      })),
  ];
}

/** Checks that nothing lies in a library that nothing uses, where it could be deleted. */
function judgeLeftovers(evidence: Evidence): Finding[] {
  const { assets, records } = evidence;
  const kept = assetsIn(records).filter((one) => one.library === DELETES && isUsed(one));
  const used = new Set(kept.flatMap((asset) => idOf(asset) ?? []));
  // The bot searches the library for it when the name that it was uploaded for is removed.
  const unclear = new Set(kept.flatMap((asset) => unclearUpload(asset) ?? []));
  return (
    assets
      .filter(({ provider }) => DELETES.startsWith(`${provider}/`))
      .filter((asset) => statusOf(asset, Date.now()) !== 'missing')
      // The library itself gives another's id for it, so the bot cannot delete it.
      .filter(({ fate }) => fate.kind !== 'anothers')
      .filter(
        (asset) =>
          !used.has(asset.id) && !unclear.has(asset.name) && !isForgottenAsset(evidence, asset),
      )
      .map(({ id }) => ({ kind: 'off', what: `${id} lies in ${DELETES}, and nothing uses it` }))
  );
}

function assetsIn(records: Evidence['records']): Asset[] {
  return [...records].flatMap(([key, value]) => {
    const asset = key.startsWith(ASSET_PREFIX) ? assetSchema.safeParse(value).data : undefined;
    return asset === undefined ? [] : [asset];
  });
}
