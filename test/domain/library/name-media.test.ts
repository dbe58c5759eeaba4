import { describe, expect, it } from 'vitest';
import { nameMedia } from '../../../src/domain/library/name-media.ts';
import type { KnownName } from '../../../src/domain/library/name-media.ts';
import { sentPrompt } from '../../../src/domain/routes/sent-prompt.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { routeOf } from '../../fakes/catalogue.ts';

const SP = routeOf('jimmy/seedance2.0-sp');
const file = { filename: 'hero.png', bytes: 10, mimeType: 'image/png' };
const attached = { ...file, url: 'https://cdn.discordapp.com/a.png' };

function known(place: 'usable' | 'preparing' | 'failed' | 'lost'): KnownName {
  return { kind: 'image', file, places: { 'jimmy/sp': place }, keys: { 'jimmy/sp': 'key' } };
}

function asked(prompt: string, media: VideoRequest['media'] = {}): VideoRequest {
  return { prompt, media };
}

const reasons = (request: VideoRequest, route = SP): string[] =>
  validateRequest(route, request).map(({ reason }) => reason.kind);

describe('nameMedia', () => {
  it('puts a named medium behind the attached ones, and is the same when done again', () => {
    const request = asked('{hero} and {hero}', { image3: attached });
    const once = nameMedia(request, () => known('usable'));
    expect(once.media.image4?.named).toEqual({ name: 'hero', keys: { 'jimmy/sp': 'key' } });
    expect(sentPrompt(SP, once)).toBe('@图片2 and @图片2');
    expect(nameMedia(once, () => known('usable'))).toEqual(once);
    expect(reasons(once)).toEqual([]);
  });

  it('leaves a prompt alone on a server without named media', () => {
    const request = nameMedia(asked('{hero} {{hero}}'), undefined);
    expect(sentPrompt(SP, request)).toBe('{hero} {{hero}}');
    expect(reasons(request)).toEqual([]);
  });

  it('refuses a name beyond the references that can be given', () => {
    const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [`image${n}`, attached] as const);
    const request = nameMedia(asked('{hero}', Object.fromEntries(nine)), () => known('usable'));
    expect(reasons(request)).toContain('names-without-room');
  });

  it.each([
    ['preparing', 'names-preparing'],
    ['failed', 'names-failed'],
    ['lost', 'names-lost'],
  ] as const)('refuses one that is %s', (place, reason) => {
    expect(reasons(nameMedia(asked('{hero}'), () => known(place)))).toEqual([reason]);
  });

  it('refuses a name that does not exist, another library, and a model that takes none', () => {
    expect(reasons(nameMedia(asked('{hero}'), () => undefined))).toEqual(['names-unknown']);
    const named = nameMedia(asked('{hero}'), () => known('usable'));
    expect(reasons(named, routeOf('anyfast/seedance-2.0-mini'))).toEqual(['names-elsewhere']);
    expect(reasons(named, routeOf('jimmy/seedance2.0-std'))).toEqual(['names-not-taken']);
  });
});
