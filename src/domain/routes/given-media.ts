import { MEDIA_OPTIONS } from './options.ts';
import type { MediaOptionInfo } from './options.ts';
import type { Attachment, VideoRequest } from './request.ts';

/** An attachment with the option it was given in. */
export interface GivenMedia extends MediaOptionInfo {
  readonly attachment: Attachment;
}

/** The media of a request in the order in which they are sent. */
export function givenMedia(request: VideoRequest): GivenMedia[] {
  // Each check of a request asks this several times: no list is made for what is not given.
  const given: GivenMedia[] = [];
  for (const info of MEDIA_OPTIONS) {
    const attachment = request.media[info.option];
    if (attachment !== undefined) given.push({ ...info, attachment });
  }
  return given;
}

/** Whether a piece of media is the first or the last frame. */
export function isFrame(media: MediaOptionInfo): boolean {
  return media.role === 'first_frame' || media.role === 'last_frame';
}
