import { MAX_NAMED } from '../../domain/library/named-asset.ts';
import type { NamedAsset } from '../../domain/library/named-asset.ts';
import { reservedUpload, uploadQuote } from '../../domain/library/upload-charges.ts';
import type { Need } from '../../domain/ledger/amounts.ts';
import type { PriceList } from '../../domain/ledger/price-list.ts';
import type { GuildSettings } from '../../domain/guild-settings.ts';
import { unfitReasons } from '../../domain/library/file-limits.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import { accountKeysFor, decideUpload } from '../admission.ts';
import type { BudgetShortage, SpendingDeps } from '../budget/decide-operator.ts';
import type { AssetRegistry } from '../ports/asset-registry-port.ts';
import type { Clock } from '../ports/core.ts';
import type { GuildSettingsStore } from '../ports/guild-settings-port.ts';
import type { LibraryPort } from '../ports/library-port.ts';
import type { NamedAssetStore, NamingDecision } from '../ports/named-asset-store-port.ts';
import type { Naming, NamingAnswer, UnfitFile } from '../ports/named-assets-port.ts';
import { isReplaceable } from './named-views.ts';

export interface AddNamedDeps extends SpendingDeps {
  readonly store: NamedAssetStore;
  readonly registry: AssetRegistry;
  readonly guilds: Pick<GuildSettingsStore, 'get'>;
  /** The libraries into which members' media go by name. */
  readonly libraries: ReadonlyMap<string, LibraryPort>;
  readonly priceList: PriceList | undefined;
  readonly clock: Clock;
  readonly newTaskId: (atMs: number) => TaskId;
}

type Added =
  | Exclude<NamingAnswer, { kind: 'added' }>
  | (Extract<NamingAnswer, { kind: 'added' }> & {
      readonly asset: NamedAsset;
    });

/** A name with what its decision goes by. */
interface Wanted {
  readonly naming: Naming;
  readonly settings: GuildSettings;
  readonly libraries: readonly LibraryPort[];
  readonly unfit: readonly UnfitFile[];
  /** What had the name and is lost. */
  readonly lost: NamedAsset | undefined;
}

/** Where others always take what the budget granted for this name, it is not decided for ever. */
const MAX_GRANTS_ASKED = 8;

/**
 * Records a name and reserves what its uploads cost, before anything is uploaded. Two calls at once
 * are decided one after the other. A name can be given anew if what it stood for is lost.
 */
export async function addNamed(deps: AddNamedDeps, naming: Naming): Promise<Added> {
  const { guildId, memberId } = naming;
  const found = librariesFor(deps, naming);
  if ('kind' in found) return found;
  const [settings] = await Promise.all([
    deps.guilds.get(guildId),
    deps.ledger.load(accountKeysFor(deps.ledger, guildId, memberId)),
  ]);
  const before = (await deps.store.of(guildId)).find(({ name }) => name === naming.name);
  const mayReplace = before !== undefined && (await isReplaceable(deps, guildId, before));
  const wanted = { ...found, naming, settings, lost: mayReplace ? before : undefined };
  for (let asked = 0; asked < MAX_GRANTS_ASKED; asked += 1) {
    const now = deps.clock.now();
    const added = await deps.store.decide(guildId, (assets) =>
      decideName(deps, wanted, assets, now),
    );
    if (added.kind !== 'budget-short') return added;
    // Nothing else waits while the budget is asked.
    const obtained = await deps.grants?.obtain(added.need, () => undefined);
    if (obtained?.kind !== 'refused') continue;
    const { refusal } = obtained;
    return { kind: 'denied', denial: { kind: 'budget', refusal, resetsAtMs: added.resetsAtMs } };
  }
  throw new Error('what the budget granted was always taken by others');
}

function decideName(
  deps: AddNamedDeps,
  { naming, settings, libraries, unfit, lost }: Wanted,
  assets: readonly NamedAsset[],
  nowMs: number,
): NamingDecision<Added | BudgetShortage> {
  const known = assets.find(({ name }) => name === naming.name);
  if (known !== undefined && known !== lost) return { result: { kind: 'taken' } };
  const others = assets.filter((one) => one !== known);
  if (others.length >= MAX_NAMED) return { result: { kind: 'full' } };
  const quotes = libraries.map(({ id }) => uploadQuote(deps.priceList, id, naming.kind));
  const decision = decideUpload(deps, settings, naming, needOf(quotes), nowMs);
  if ('denial' in decision) return { result: { kind: 'denied', denial: decision.denial } };
  if ('need' in decision) return { result: decision };
  const charges = quotes.map((quote) => ({
    ...quote,
    ...decision,
    id: deps.newTaskId(nowMs),
    money: reservedUpload(quote.quoted),
  }));
  const asset = { ...assetOf(deps, naming, nowMs), charges };
  const into = libraries.map(({ id }) => id);
  return {
    result: { kind: 'added', libraries: into, unfit, asset },
    after: [...others, asset],
  };
}

/** The libraries that take the file by their documents; why none does. */
function librariesFor(
  { libraries }: AddNamedDeps,
  { way, kind, file }: Naming,
):
  | { readonly libraries: readonly LibraryPort[]; readonly unfit: readonly UnfitFile[] }
  | Exclude<NamingAnswer, { kind: 'added' | 'denied' }> {
  if (libraries.size === 0) return { kind: 'no-library' };
  const open = [...libraries.values()].filter(({ takesPersons }) => way === 'file' || takesPersons);
  if (open.length === 0) return { kind: 'no-persons' };
  const reasonsOf = ({ limits }: LibraryPort) => unfitReasons(limits?.[kind] ?? {}, kind, file);
  const unfit = open
    .map((library) => ({ library: library.id, reasons: reasonsOf(library) }))
    .filter(({ reasons }) => reasons.length > 0);
  if (unfit.length === open.length) return { kind: 'unfit', unfit };
  const left = new Set(unfit.map(({ library }) => library));
  return { libraries: open.filter(({ id }) => !left.has(id)), unfit };
}

/** All uploads together; of an unknown price if one of them is. */
function needOf(quotes: readonly { readonly quoted?: bigint | undefined }[]): Need {
  const none = { videos: 0n, seconds: 0n };
  let cost = 0n;
  for (const { quoted } of quotes) {
    if (quoted === undefined) return none;
    cost += quoted;
  }
  return { ...none, cost };
}

function assetOf(
  { store }: AddNamedDeps,
  { name, kind, way, memberId, file }: Naming,
  addedAt: number,
): Omit<NamedAsset, 'charges'> {
  const { url, ...described } = file;
  return { name, kind, way, memberId, addedAt, file: described, source: store.seal(url, { name }) };
}
