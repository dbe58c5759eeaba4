import { splitPrompt } from '../library/prompt-names.ts';
import { givenMedia, isFrame } from './given-media.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';

/**
 * The prompt as it is sent: each name becomes what the provider reads as that reference. On a server
 * without named media the prompt is sent as it is.
 */
export function sentPrompt(route: Route, request: VideoRequest): string {
  const { prompt, names } = request;
  if (names === undefined) return prompt;
  return splitPrompt(prompt)
    .map((part) =>
      part.kind === 'words' ? part.text : (mention(route, request, part.name) ?? `{${part.name}}`),
    )
    .join('');
}

/** Such as `@image2`: references are numbered within their kind, in the order in which they are sent. */
function mention(route: Route, request: VideoRequest, name: string): string | undefined {
  const references = givenMedia(request).filter((media) => !isFrame(media));
  const found = references.find(({ attachment }) => attachment.named?.name === name);
  if (found === undefined || route.namedAssets === undefined) return undefined;
  const ofKind = references.filter(({ kind }) => kind === found.kind);
  return `${route.namedAssets.mentions[found.kind]}${ofKind.indexOf(found) + 1}`;
}
