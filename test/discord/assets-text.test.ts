import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/domain/library/asset-place.ts';
import type { Standing } from '../../src/domain/library/asset-place.ts';
import type { Asset } from '../../src/domain/library/asset.ts';
import type { NamedAsset } from '../../src/domain/library/named-asset.ts';
import { assetListText, assetText } from '../../src/discord/assets/assets-text.ts';
import { unfitText } from '../../src/discord/assets/unfit-text.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';
import { MEMBER_ID } from '../fakes/a-task.ts';
import { anAsset } from '../fakes/an-asset.ts';
import { NOON } from '../fakes/clock.ts';

const context = { catalogue: CATALOGUE, messages: messagesFor('en') };

const hero = (changes: Partial<NamedAsset> = {}): NamedAsset => ({
  name: 'hero',
  kind: 'image',
  way: 'file',
  memberId: MEMBER_ID,
  addedAt: NOON,
  file: { filename: 'hero.png', bytes: 10, mimeType: 'image/png' },
  charges: [],
  ...changes,
});

function shown(standing: Standing, changes: Partial<NamedAsset> = {}): string[] {
  const places = new Map<string, Standing>([
    ['jimmy/sp', { place: 'usable' }],
    ['anyfast/assets', standing],
  ]);
  const [, , anyfast, , ...advice] = assetText({ asset: hero(changes), places }, context).split(
    '\n',
  );
  return [anyfast ?? '', ...advice];
}

describe('where a named file stands', () => {
  const work = { fingerprint: 'key-1', isPending: false, isRead: true };
  const fault = { why: 'failed', category: 'image-moderated' } as const;
  const pending = { ...work, isPending: true };

  it.each<readonly [string, Asset | undefined, typeof work, Standing]>([
    ['not read yet', undefined, { ...pending, isRead: false }, { place: 'preparing' }],
    ['never read', undefined, { ...work, isRead: false }, { place: 'failed', why: 'unread' }],
    ['forgotten', undefined, work, { place: 'lost' }],
    ['on its way', anAsset(), pending, { place: 'preparing' }],
    ['never confirmed', anAsset(), work, { place: 'failed', why: 'unanswered' }],
    [
      'in review',
      anAsset({ state: { name: 'submitted', id: 'a', at: NOON } }),
      pending,
      { place: 'preparing' },
    ],
    [
      'too long in review',
      anAsset({ state: { name: 'submitted', id: 'a', at: NOON } }),
      work,
      { place: 'failed', why: 'too-slow' },
    ],
    [
      'ready',
      anAsset({ state: { name: 'active', id: 'a', seenAt: NOON } }),
      work,
      { place: 'usable' },
    ],
    ['refused', anAsset({ state: { name: 'failed', fault } }), work, { place: 'failed', ...fault }],
    [
      'of another API key',
      anAsset({ state: { name: 'active', id: 'a', seenAt: NOON }, fingerprint: 'key-0' }),
      work,
      { place: 'lost' },
    ],
    ['gone', anAsset({ state: { name: 'lost', why: 'gone' } }), work, { place: 'lost' }],
  ])('%s', (_, asset, given, standing) => {
    expect(standingOf(asset, given)).toEqual(standing);
  });
});

describe('/asset show', () => {
  it.each<readonly [Standing, string, string[]]>([
    [{ place: 'usable' }, 'ready', []],
    [{ place: 'preparing' }, 'being prepared', []],
    [
      { place: 'lost' },
      'lost',
      [
        'The provider no longer has it, for example because its API key was changed. Upload it again: `/asset add name:hero`.',
      ],
    ],
    [
      { place: 'failed', why: 'unread' },
      "can't be used – the file couldn't be read from Discord",
      ['Remove it with `/asset remove` and try another file.'],
    ],
    [
      { place: 'failed', why: 'failed', category: 'real-person' },
      "can't be used – the file didn't pass its review",
      [
        "A picture or video may show a **real person**, which this provider doesn't accept. Use another one.",
        'If it is the portrait of a real person, add it with `person:True`.',
      ],
    ],
  ])('%j', (standing, state, advice) => {
    expect(shown(standing)).toEqual([`- AnyFast: ${state}`, ...advice]);
  });

  it('does not advise what was done already', () => {
    const standing = { place: 'failed', why: 'failed', category: 'real-person' } as const;
    expect(shown(standing, { way: 'person' }).join(' ')).not.toContain('person:True');
  });
});

describe('/asset list', () => {
  it('gives a hundred names, those beyond the message in a file', () => {
    const views = Array.from({ length: 100 }, (_, index) => ({
      asset: hero({ name: `a-rather-long-name-${index}` }),
      places: new Map([['jimmy/sp', { place: 'usable' }]] as const),
    }));
    const answer = assetListText(views, context);
    if (typeof answer === 'string') throw new Error('it cannot fit');
    expect(answer.content.length).toBeLessThanOrEqual(2000);
    expect(answer.content).toContain('**Named files** (100 of 100)');
    const text = Buffer.concat(answer.files?.flatMap(({ parts }) => parts) ?? []).toString('utf8');
    expect(text).toContain('a-rather-long-name-99');
  });
});

describe('why a library does not take a file', () => {
  it('is one line for each library', () => {
    const reasons = [
      { kind: 'media-type', media: 'image', given: 'image/avif', accepted: ['image/png'] },
      { kind: 'media-bytes', given: 40 * 1_048_576, max: 30 * 1_048_576 },
      { kind: 'media-seconds', given: 1.04, min: 2, max: 15 },
      { kind: 'media-pixels', width: 10, height: 20, min: 300, max: 6000 },
      { kind: 'media-aspect', width: 1000, height: 3000, min: 0.4, max: 2.5 },
    ] as const;
    const text = unfitText([{ library: 'anyfast/assets', reasons }], context);
    expect(text).toBe(
      "- AnyFast: image/avif isn't accepted, only png; too large (40 MiB, at most 30 MiB); 1 s long, must be 2 to 15 s; 10×20 pixels, width and height must each have 300 to 6000; 1000×3000 pixels, the width must be 0.4 to 2.5 times the height",
    );
  });
});
