import { describe, expect, it } from 'vitest';
import type { ReceivedAttachment } from '../../../src/discord/interaction.ts';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { picturesForm, readPictures } from '../../../src/discord/second/pictures-form.ts';
import {
  pictureSlots,
  withPictures,
  withoutPictures,
} from '../../../src/domain/ways/picture-slots.ts';
import { aRequest, anAttachment, media, numbered } from '../../fakes/a-request.ts';
import { routeOf } from '../../fakes/catalogue.ts';

const SP = 'jimmy/seedance2.0-sp';
/** Takes four references, and frames only as a pair. */
const MD = 'jimmy/seedance2.0-md';
const TEXT_ONLY = 'jimmy/sd2_mx';

const slotsOf = (id: string, options: readonly string[]) =>
  pictureSlots(aRequest({ media: media(options) }), routeOf(id));

const file = (id: string, type = 'image/png'): ReceivedAttachment => ({
  id,
  filename: `${id}.png`,
  url: `https://cdn.test/${id}.png`,
  size: 10,
  content_type: type,
});

function read(
  slots: ReturnType<typeof slotsOf>,
  chosen: Readonly<Record<string, readonly string[]>>,
) {
  const attachments = new Map(['a', 'b', 'c'].map((id) => [id, file(id)]));
  const given = new Map(Object.entries(chosen).map(([field, ids]) => [field, [...ids]]));
  return readPictures({ chosen: given, attachments }, slots)?.map(
    ([option, { filename }]) => `${option} ${filename}`,
  );
}

describe('the places of pictures', () => {
  it.each<[string, string, readonly string[], string]>([
    ['a first frame', SP, ['first_frame'], 'first_frame! last_frame?'],
    ['a last frame', SP, ['last_frame'], 'first_frame? last_frame!'],
    ['both frames', SP, ['first_frame', 'last_frame'], 'first_frame! last_frame?'],
    [
      'both frames of a model that needs both',
      MD,
      ['first_frame', 'last_frame'],
      'first_frame! last_frame!',
    ],
    ['references', SP, ['image1', 'image2'], 'references! 9'],
    ['references of a model that takes four', MD, ['image1'], 'references! 4'],
    ['nothing, on a model that takes a first frame', SP, [], 'first_frame! last_frame?'],
    ['a sound alone', SP, ['audio1'], 'first_frame! last_frame?'],
    ['nothing, on a model that takes both frames', MD, [], 'first_frame! last_frame!'],
    ['nothing, on a model without pictures', TEXT_ONLY, [], ''],
    [
      'frames that its model no longer takes',
      TEXT_ONLY,
      ['first_frame'],
      'first_frame! last_frame?',
    ],
  ])('of a request with %s', (_what, route, options, expected) => {
    const slots = slotsOf(route, options).map(({ name, isRequired, options: places }) => {
      const many = places.length === 1 ? '' : ` ${places.length}`;
      return `${name}${isRequired ? '!' : '?'}${many}`;
    });
    expect(slots.join(' ')).toBe(expected);
  });

  it('are uploads of pictures', () => {
    const form = picturesForm(slotsOf(SP, ['image1']), 'pictured:1', messagesFor('en'));
    expect(form.components).toMatchObject([
      {
        component: {
          type: 19,
          custom_id: 'references',
          required: true,
          max_values: 9,
          file_types: ['image'],
        },
      },
    ]);
  });
});

describe('what the form is read as', () => {
  const frames = slotsOf(SP, ['first_frame']);
  const references = slotsOf(SP, ['image3']);

  it.each<
    [string, ReturnType<typeof slotsOf>, Readonly<Record<string, readonly string[]>>, unknown]
  >([
    ['one frame', frames, { first_frame: ['a'] }, ['first_frame a.png']],
    [
      'both frames',
      frames,
      { first_frame: ['b'], last_frame: ['a'] },
      ['first_frame b.png', 'last_frame a.png'],
    ],
    [
      'references, in their order',
      references,
      { references: ['c', 'a'] },
      ['image1 c.png', 'image2 a.png'],
    ],
    ['none', frames, { first_frame: [], last_frame: [] }, undefined],
    ['a field of another form', frames, { references: ['a'] }, undefined],
    ['a file that did not come', frames, { first_frame: ['x'] }, undefined],
    ['two files in one place', frames, { first_frame: ['a', 'b'] }, undefined],
    [
      'ten references',
      references,
      { references: Array.from({ length: 10 }, () => 'a') },
      undefined,
    ],
  ])('%s', (_what, slots, chosen, expected) => {
    expect(read(slots, chosen)).toEqual(expected);
  });
});

describe('pictures in place of others', () => {
  it('leave videos and sounds, and everything else, as they are', () => {
    const before = aRequest({
      durationSeconds: 6,
      media: media([...numbered('image', 3), 'video1', 'audio2']),
    });
    const picture = anAttachment('image1', { filename: 'new.png' });
    const after = withPictures(withoutPictures(before), [['image1', picture]]);
    expect(after).toEqual({
      ...before,
      media: { image1: picture, video1: before.media.video1, audio2: before.media.audio2 },
    });
  });
});
