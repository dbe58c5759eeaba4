import type { MediaOptionInfo } from '../../domain/routes/options.ts';
import type { Messages } from '../messages/en.ts';

type AttachedMedia = Pick<MediaOptionInfo, 'role'>;

/** What was attached to a request, such as `3 pictures, 1 sound`; `undefined` if nothing was. */
export function attachedText(
  media: readonly AttachedMedia[],
  { taskSettings: words }: Messages,
): string | undefined {
  const count = (...roles: readonly AttachedMedia['role'][]): number =>
    media.filter(({ role }) => roles.includes(role)).length;
  const items = [
    { n: count('first_frame', 'last_frame'), text: words.frames },
    { n: count('reference_image'), text: words.pictures },
    { n: count('reference_video'), text: words.videos },
    { n: count('reference_audio'), text: words.sounds },
  ].flatMap(({ n, text }) => (n === 0 ? [] : [text(n)]));
  return items.length === 0 ? undefined : words.attached(items);
}
