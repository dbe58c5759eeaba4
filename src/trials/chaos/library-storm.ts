import type { AssetFate, LibraryAnswer } from '../../simulators/providers/answers.ts';
import { statusOf } from '../../simulators/providers/library/simulated-asset.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import type { SimulatedProviders } from '../../simulators/providers/simulated-providers.ts';
import { pick } from './dice.ts';
import type { Weighted } from './dice.ts';
import { MAX_TROUBLED_REQUESTS } from './discord-storm.ts';
import type { RoundContext } from './round-context.ts';
import type { StormDeps } from './discord-storm.ts';
import { libraryOf } from './library-calls.ts';
import { namedAsset } from './library-reader.ts';
import type { LibraryReader } from './library-reader.ts';
import {
  ANOTHERS_ID,
  DELETE_TROUBLES,
  FATES,
  LOOK_TROUBLES,
  MISSING,
  MISSING_BY_STATUS,
  UPLOAD_TROUBLES,
} from './library-troubles.ts';
import type { LibraryTrouble } from './library-troubles.ts';

type LibraryStormDeps = Pick<StormDeps, 'dice' | 'incidents'> &
  Pick<RoundContext, 'past' | 'forgets'>;

/** Makes libraries fail, chosen per medium and request; returns a function that stops this. */
export function startLibraryStorm(
  providers: SimulatedProviders,
  deps: LibraryStormDeps,
  reader: LibraryReader,
): () => void {
  const choose = createChooser(deps, reader);
  const fates = new Map<string, number>();
  for (const name of ['jimmy', 'anyfast'] as const) {
    const { assetUpload, assetLook, asset } = providers.knobs[name];
    assetUpload.always((request) =>
      choose(request, 'asset-upload', UPLOAD_TROUBLES, ({ name: trouble, answer }) =>
        trouble === ANOTHERS_ID ? withAnothersId(providers, deps, reader, request) : answer,
      ),
    );
    assetLook.always(
      (request) =>
        missingByStatus(providers, deps, reader, request) ??
        choose(request, ...troublesOf(request), ({ answer }) => answer),
    );
    asset.always(({ url }) => {
      const medium = reader.mediumAt(url)?.name;
      return medium === undefined ? undefined : chooseFate(deps, fates, { provider: name, medium });
    });
  }
  return () => {
    for (const { assetUpload, assetLook, asset } of Object.values(providers.knobs)) {
      for (const knob of [assetUpload, assetLook, asset]) knob.reset();
    }
  };
}

function troublesOf({ path }: RecordedRequest): [what: string, table: Weighted<LibraryTrouble>] {
  return path.endsWith('/DeleteAsset')
    ? ['asset-delete', DELETE_TROUBLES]
    : ['asset-look', LOOK_TROUBLES];
}

/** Only some requests for one medium fail, so that a round ends. */
function createChooser({ dice, incidents }: LibraryStormDeps, reader: LibraryReader) {
  const counts = new Map<string, number>();
  return (
    request: RecordedRequest,
    what: string,
    table: Weighted<LibraryTrouble>,
    answerOf: (trouble: LibraryTrouble) => LibraryAnswer | undefined,
  ): LibraryAnswer | undefined => {
    const medium = reader.mediumOf(request)?.name;
    if (medium === undefined) return undefined;
    const subject = `${what} ${request.provider} ${medium}`;
    const times = counts.get(subject) ?? 0;
    counts.set(subject, times + 1);
    if (times >= MAX_TROUBLED_REQUESTS) return undefined;
    const trouble = pick(table, dice(subject, times));
    const answer = answerOf(trouble);
    if (answer !== undefined && answer.kind !== 'ok') {
      incidents.record(`${what}:${trouble.name}`, { label: medium });
    }
    return answer;
  };
}

function chooseFate(
  { dice, incidents }: LibraryStormDeps,
  counts: Map<string, number>,
  { provider, medium }: { readonly provider: string; readonly medium: string },
): AssetFate | undefined {
  const subject = `${provider} ${medium}`;
  const times = counts.get(subject) ?? 0;
  counts.set(subject, times + 1);
  if (times >= MAX_TROUBLED_REQUESTS) return undefined;
  const fate = pick(FATES, dice('fate', subject, times));
  if (fate.kind !== 'active') incidents.record(`asset:${fate.kind}`, { label: medium });
  return fate;
}

/** No document of Jimmy AI says how a missing asset is answered: by its status, or by a code. */
function missingByStatus(
  { assets }: SimulatedProviders,
  { dice }: LibraryStormDeps,
  reader: LibraryReader,
  request: RecordedRequest,
): LibraryAnswer | undefined {
  const asset = namedAsset(assets, request);
  if (asset === undefined || request.provider !== 'jimmy') return undefined;
  const isMissing = statusOf(asset, Date.now()) === 'missing';
  const roll = dice('missing', reader.mediumAt(asset.url)?.name ?? '');
  return isMissing && roll < MISSING_BY_STATUS ? MISSING : undefined;
}

/**
 * Answers an upload with the id of another medium, which the bot knows because it looked at it, since a
 * copy of its store was put in place and data were deleted.
 */
function withAnothersId(
  providers: SimulatedProviders,
  { past, forgets }: LibraryStormDeps,
  reader: LibraryReader,
  request: RecordedRequest,
): LibraryAnswer | undefined {
  const own = reader.mediumOf(request)?.name;
  const knownSince = Math.max(past.restore?.restoredAtMs ?? 0, ...forgets.map(({ atMs }) => atMs));
  const calls = providers.requests.filter(
    (one) =>
      one.purpose === 'library' && libraryOf(one) === libraryOf(request) && one.atMs >= knownSince,
  );
  const other = providers.assets.find(
    ({ id, url, fate, isGone }) =>
      fate.kind === 'active' &&
      isGone !== true &&
      reader.mediumAt(url)?.name !== own &&
      calls.some(
        ({ path, body, assetId }) =>
          assetId !== id && `${path} ${JSON.stringify(body)}`.includes(id),
      ),
  );
  return other && { kind: 'raw', status: 200, body: uploadedAs(request.provider, other.id) };
}

/** An answer to an upload, in the words of each of the provider's libraries. */
function uploadedAs(provider: string, id: string): string {
  if (provider === 'anyfast') return JSON.stringify({ Id: id });
  const items = [{ assetId: id, status: 'submitted' }];
  return JSON.stringify({ code: 0, msg: 'ok', data: { asset_id: id, items, failedItems: [] } });
}
