import { MEDIA_OPTIONS } from './options.ts';
import type { MediaOptionInfo } from './options.ts';
import type { Attachment, VideoRequest } from './request.ts';

/** An attachment with the option it was given in. */
export interface GivenMedia extends MediaOptionInfo {
  readonly attachment: Attachment;
}

/** The media of a request in the order in which they are sent. */
export function givenMedia(request: VideoRequest): GivenMedia[] {
  return MEDIA_OPTIONS.flatMap((info) => {
    const attachment = request.media[info.option];
    return attachment === undefined ? [] : [{ ...info, attachment }];
  });
}

/** Whether a piece of media is the first or the last frame. */
export function isFrame(media: MediaOptionInfo): boolean {
  return media.role === 'first_frame' || media.role === 'last_frame';
}
