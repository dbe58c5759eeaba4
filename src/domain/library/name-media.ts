import { givenMedia, isFrame } from '../routes/given-media.ts';
import { MEDIA_OPTIONS } from '../routes/options.ts';
import type { MediaKind, VideoOption } from '../routes/options.ts';
import type { Attachment, NamedReference, VideoRequest } from '../routes/request.ts';
import { namesIn } from './prompt-names.ts';

/** What a server's name stands for now. */
export interface KnownName {
  readonly kind: MediaKind;
  readonly file: Omit<Attachment, 'url' | 'kept' | 'named'>;
  /** By library: the asset there, and whether it is usable. */
  readonly places: NamedReference['places'];
  readonly keys: Readonly<Record<string, string>>;
}

/** The media that names of a server stand for; `undefined` for a name that does not exist. */
export type FindName = (name: string) => KnownName | undefined;

/**
 * Puts the media that a prompt names beside those that were attached, in free options of their kind
 * behind the attached ones. What was named before is looked up again. Without `find`, the server has
 * no named media, and the prompt is words alone.
 */
export function nameMedia(request: VideoRequest, find: FindName | undefined): VideoRequest {
  const attached = withoutNamed(request);
  if (find === undefined) return attached;
  const media: Partial<Record<VideoOption, Attachment>> = { ...attached.media };
  const names = namesIn(request.prompt).map((name): NamedReference => {
    const known = find(name);
    if (known === undefined) return { name, fault: 'unknown', places: {} };
    const option = freeOption({ ...attached, media }, known.kind);
    if (option === undefined) return { name, fault: 'no-room', places: known.places };
    media[option] = { ...known.file, url: '', named: { name, keys: known.keys } };
    return { name, places: known.places };
  });
  return { ...attached, media, names };
}

/** The request without the media that its prompt names. */
export function withoutNamed(request: VideoRequest): VideoRequest {
  const { names: _, ...rest } = request;
  const media = givenMedia(request).filter(({ attachment }) => attachment.named === undefined);
  return {
    ...rest,
    media: Object.fromEntries(media.map(({ option, attachment }) => [option, attachment])),
  };
}

/** The first free option behind the used ones, so that attached media keep their numbers; else any. */
function freeOption(request: VideoRequest, kind: MediaKind): VideoOption | undefined {
  const options = MEDIA_OPTIONS.filter((one) => one.kind === kind && !isFrame(one));
  const lastUsed = options.findLastIndex(({ option }) => request.media[option] !== undefined);
  const isFree = ({ option }: { readonly option: VideoOption }): boolean =>
    request.media[option] === undefined;
  return (options.slice(lastUsed + 1).find(isFree) ?? options.find(isFree))?.option;
}
