import { addressExpiry } from '../domain/routes/address-expiry.ts';
import { MAX_INLINE_BYTES, copyRuleFor } from '../domain/routes/copy-rules.ts';
import { givenMedia } from '../domain/routes/given-media.ts';
import type { GivenMedia } from '../domain/routes/given-media.ts';
import type { KeptMedia } from '../domain/routes/kept-media.ts';
import type { Attachment, VideoRequest } from '../domain/routes/request.ts';
import type { Route } from '../domain/routes/route.ts';
import type { TaskId } from '../domain/tasks/task-id.ts';
import { HOUR_MS } from '../domain/time-units.ts';
import type { Clock } from './ports/core.ts';
import type { AddressProbe } from './ports/address-probe-port.ts';
import type { MediaStore } from './ports/media-store-port.ts';
import type { ReuseMedia } from './ports/reuse-media-port.ts';

interface ReuseMediaDeps {
  readonly media: Pick<MediaStore, 'isOn' | 'find'>;
  readonly probe: AddressProbe;
  readonly clock: Pick<Clock, 'now'>;
}

/** An address that is good for less may end while the task waits in its queue. */
const MIN_VALID_MS = 2 * HOUR_MS;

/**
 * Creates the use case that finds the media of an earlier request. The bot's copy is used where the
 * provider takes copies, as far as they fit into one body; Discord's address where it takes none, or
 * where none are kept.
 */
export function createReuseMedia(deps: ReuseMediaDeps): ReuseMedia {
  return async (taskId, request, route, signal) => {
    const given = givenMedia(request);
    const copies = await Promise.all(
      given.map(async (media) => copyOf(deps, taskId, media, route)),
    );
    const sources = given.map(sourcesFor(route, copies, deps.media.isOn));
    const found = await Promise.all(
      given.map(async (media, index) => attachmentFrom(deps, media, sources[index], signal)),
    );
    return reused(request, given, found);
  };
}

/** Where a piece of media comes from; `undefined` if it has to be given again. */
type Source = KeptMedia | 'address' | undefined;

/** Decides one after the other, because copies inside of one body share its room. */
function sourcesFor(route: Route, copies: readonly (KeptMedia | undefined)[], isKeeping: boolean) {
  let inlineBytes = 0;
  return (media: GivenMedia, index: number): Source => {
    const copy = copies[index];
    const rule = ruleOf(route, media, copy);
    if (rule === undefined) return 'address';
    if (copy === undefined) return isKeeping ? undefined : 'address';
    if (rule.way === 'upload') return copy;
    inlineBytes += copy.bytes;
    return inlineBytes <= MAX_INLINE_BYTES ? copy : 'address';
  };
}

async function attachmentFrom(
  deps: ReuseMediaDeps,
  media: GivenMedia,
  source: Source,
  signal: AbortSignal,
): Promise<Attachment | undefined> {
  if (source === undefined) return undefined;
  return source === 'address' ? withAddress(deps, media, signal) : withCopy(media, source);
}

/** The copy of the task itself, else the one from which it was made. */
async function copyOf(
  { media: store }: ReuseMediaDeps,
  taskId: TaskId,
  media: GivenMedia,
  route: Route,
): Promise<KeptMedia | undefined> {
  if (ruleOf(route, media) === undefined) return undefined;
  const own = await store.find(taskId, media.option);
  const { kept } = media.attachment;
  if (own !== undefined || kept === undefined) return own;
  const source = await store.find(kept.taskId, kept.option);
  return source?.sha256 === kept.sha256 ? source : undefined;
}

function ruleOf(
  { providerTraits }: Route,
  { kind, attachment }: GivenMedia,
  file: Pick<Attachment, 'bytes'> = attachment,
) {
  return copyRuleFor(providerTraits.copies, kind, { ...attachment, bytes: file.bytes });
}

function withCopy(
  { attachment }: GivenMedia,
  { taskId, option, sha256, bytes }: KeptMedia,
): Attachment {
  return { ...attachment, bytes, kept: { taskId, option, sha256 } };
}

async function withAddress(
  { probe, clock }: ReuseMediaDeps,
  media: GivenMedia,
  signal: AbortSignal,
): Promise<Attachment | undefined> {
  const { kept: _, ...attachment } = media.attachment;
  const until = addressExpiry(attachment.url) ?? 0;
  if (until < clock.now() + MIN_VALID_MS) return undefined;
  return (await probe.isThere(attachment, signal)) ? attachment : undefined;
}

function reused(
  request: VideoRequest,
  given: readonly GivenMedia[],
  found: readonly (Attachment | undefined)[],
): Awaited<ReturnType<ReuseMedia>> {
  const gone = given.flatMap(({ option }, index) => (found[index] === undefined ? [option] : []));
  if (gone.length > 0) return { kind: 'gone', options: gone };
  const media = given.flatMap(({ option }, index): [string, Attachment][] => {
    const attachment = found[index];
    return attachment === undefined ? [] : [[option, attachment]];
  });
  return { kind: 'ready', request: { ...request, media: Object.fromEntries(media) } };
}
