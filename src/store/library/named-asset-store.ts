import type { Ownership } from '../../app/ports/ownership-port.ts';
import { tenureToWrite } from '../../app/slots/not-ours.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { AccountEntry, Ledger } from '../../app/ports/ledger-port.ts';
import type { NamedAssetStore } from '../../app/ports/named-asset-store-port.ts';
import type { RecordStore, StoredRecord } from '../../app/ports/record-store-port.ts';
import { guildAccountKey, memberAccountKey } from '../../domain/ledger/account-key.ts';
import { NO_MONEY } from '../../domain/ledger/task-money.ts';
import { namedAssetsSchema } from '../../domain/library/named-asset.ts';
import type { NamedAsset, UploadCharge } from '../../domain/library/named-asset.ts';
import type { Cipher } from '../records/cipher.ts';
import { encodeRecord } from '../records/encode-record.ts';
import { describeDamage, quarantineRecord } from '../records/quarantine.ts';
import { createGuildCache } from '../guilds/guild-cache.ts';
import { createSerialQueue } from '../serial-queue.ts';
import { journalKeyOf, uploadLine } from '../tasks/journal.ts';
import { memberKey } from '../tasks/task-keys.ts';
import { writeOrForget } from '../records/write-or-forget.ts';

export const NAMED_PREFIX = 'named-assets:';

interface NamedAssetStoreDeps {
  readonly records: RecordStore;
  readonly ledger: Pick<Ledger, 'post' | 'operator'>;
  readonly cipher: Cipher;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** A change is written only where this process is responsible; without it, everywhere. */
  readonly ownership?: Pick<Ownership, 'tenureOf'>;
}

type Assets = readonly NamedAsset[];

/** Creates the store. The named media of a guild are one record, so that their number is exact. */
export function createNamedAssetStore(deps: NamedAssetStoreDeps): NamedAssetStore {
  const { records, cipher } = deps;
  const cache = createGuildCache<Assets>();
  const inTurn = createSerialQueue();

  async function of(guildId: string): Promise<Assets> {
    // Its process may change them at any time.
    const isOurs = deps.ownership === undefined || deps.ownership.tenureOf(guildId) !== undefined;
    if (!isOurs) return readAssets(deps, guildId);
    const known = cache.get(guildId);
    if (known !== undefined) return known;
    const before = cache.timesLetGo();
    const read = await readAssets(deps, guildId);
    if (cache.timesLetGo() !== before) return of(guildId);
    // They may have changed meanwhile.
    return cache.get(guildId) ?? cache.set(guildId, read);
  }

  return {
    of,
    peek: (guildId) => cache.get(guildId),
    letGo: (slots) => cache.letGo(slots),
    async guilds() {
      const keys = await records.keysUnder(NAMED_PREFIX);
      return keys.map((key) => key.slice(NAMED_PREFIX.length));
    },
    decide: async (guildId, decision) =>
      inTurn(async () => {
        const before = await of(guildId);
        const { result, after } = decision(before);
        if (after === undefined) return result;
        if (deps.ownership !== undefined) tenureToWrite(deps.ownership, guildId);
        const since = cache.timesLetGo();
        const written = write(deps, guildId, before, after);
        await writeOrForget(written, () => cache.delete(guildId));
        if (cache.timesLetGo() === since) cache.set(guildId, after);
        else cache.delete(guildId);
        return result;
      }),
    seal: (address, { name }) => cipher.seal(address, name),
    open: ({ source, name }) => (source === undefined ? undefined : cipher.open(source, name)),
  };
}

async function readAssets(
  { records, clock, log }: NamedAssetStoreDeps,
  guildId: string,
): Promise<Assets> {
  const key = `${NAMED_PREFIX}${guildId}`;
  const value = await records.get(key);
  if (value === undefined) return [];
  const parsed = namedAssetsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  await records.write([quarantineRecord({ key, value }, clock.now())], [key]);
  log.error(
    { record: key, fault: describeDamage(parsed.error) },
    'damaged record quarantined: the named media of a server are gone',
  );
  return [];
}

/** Writes the media of a guild and, in the same commit, what the change does to money. */
async function write(
  { records, ledger }: NamedAssetStoreDeps,
  guildId: string,
  before: Assets,
  after: Assets,
): Promise<void> {
  const key = `${NAMED_PREFIX}${guildId}`;
  const own = after.length === 0 ? [] : [{ key, value: encodeRecord(after) }];
  const removed = after.length === 0 ? [key] : [];
  const moved = movedCharges(before, after);
  if (moved.length === 0) {
    await (own.length === 0 ? records.remove(removed) : records.write(own));
    return;
  }
  await ledger.post({
    records: [...own, ...moved.flatMap((move) => journalOf(guildId, move))],
    removed,
    accounts: moved.flatMap((move) => accountsOf(ledger, guildId, move)),
  });
}

/** A charge that is new, or whose money changed. */
interface Move {
  readonly asset: NamedAsset;
  readonly before: UploadCharge | undefined;
  readonly after: UploadCharge;
}

function movedCharges(before: Assets, after: Assets): Move[] {
  const known = new Map(before.flatMap(({ charges }) => charges.map((one) => [one.id, one])));
  return after.flatMap((asset) =>
    asset.charges.flatMap((charge) => {
      const was = known.get(charge.id);
      return was?.money === charge.money ? [] : [{ asset, before: was, after: charge }];
    }),
  );
}

function journalOf(guildId: string, { asset, after }: Move): StoredRecord[] {
  const { id, journalMonth: month } = after;
  return [
    { key: journalKeyOf(guildId, month, id), value: encodeRecord(uploadLine(asset, after)) },
    { key: memberKey({ memberId: asset.memberId, id }), value: { guildId, month } },
  ];
}

function accountsOf(
  { operator }: Pick<Ledger, 'operator'>,
  guildId: string,
  { asset, before, after }: Move,
): AccountEntry[] {
  const change = { before: before?.money ?? NO_MONEY, after: after.money };
  const server = { windowKeys: after.windows.guild, ...change };
  return [
    { key: guildAccountKey(guildId), ...server },
    { key: memberAccountKey(guildId, asset.memberId), ...server },
    { key: operator.keyOf(guildId), windowKeys: after.windows.operator, ...change },
  ];
}
