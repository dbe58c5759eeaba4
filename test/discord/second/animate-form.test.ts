import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import {
  animateForm,
  animatedMedia,
  animatingRoutes,
  readAnimation,
} from '../../../src/discord/second/animate-form.ts';
import { anAttachment } from '../../fakes/a-request.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';
import { formFields } from './form-entry.ts';
import type { Entered } from './form-entry.ts';

const ONE = animatedMedia([anAttachment('image1')]);
const TWO = animatedMedia([anAttachment('image1'), anAttachment('image2')]);
const SP = 'jimmy/seedance2.0-sp';
/** Takes frames only as a pair. */
const MD = 'jimmy/seedance2.0-md';
const TEXT_ONLY = 'jimmy/sd2_mx';

describe('the form to animate pictures', () => {
  const form = { customId: 'animated:1', routes: ROUTES, chosen: routeOf(SP) };

  it.each([
    ['one picture', ONE, 4],
    ['two pictures, with a tick', TWO, 5],
  ] as const)('of %s has its fields', (_what, media, count) => {
    expect(animateForm(media, form, messagesFor('en')).components).toHaveLength(count);
  });

  it.each([
    [SP, ONE, true],
    [MD, ONE, false],
    [MD, TWO, true],
    [TEXT_ONLY, TWO, false],
  ] as const)('offers %s where it makes a video of them', (id, media, isOffered) => {
    expect(animatingRoutes(ROUTES, media).some((route) => route.id === id)).toBe(isOffered);
  });
});

describe('what it is read as', () => {
  it('is all that was entered', () => {
    const entered = { prompt: 'go', model: [SP], duration: '7', ratio: ['1:1'], last: true };
    expect(readAnimation(formFields(entered), TWO, ROUTES)).toEqual({
      kind: 'entered',
      route: routeOf(SP),
      request: { prompt: 'go', durationSeconds: 7, ratio: '1:1', media: TWO },
    });
  });

  it.each<[string, typeof ONE, Entered, typeof ONE]>([
    ['no tick', TWO, { model: [SP], last: false }, ONE],
    ['a tick that is a text', TWO, { model: [SP], last: 'true' }, ONE],
    ['a tick where there is one picture', ONE, { model: [SP], last: true }, ONE],
    ['no pictures, as of a forged form', {}, { model: [SP], last: true }, {}],
  ])('has the frames of %s', (_what, media, entered, expected) => {
    const request = { prompt: '', media: expected };
    const entry = readAnimation(formFields(entered), media, ROUTES);
    expect(entry).toEqual({ kind: 'entered', route: routeOf(SP), request });
  });

  it('keeps what was typed in place of a length', () => {
    const entered = { prompt: 'go', model: [SP], duration: '0', ratio: ['1:1'] };
    expect(readAnimation(formFields(entered), ONE, ROUTES)).toEqual({
      kind: 'entered',
      route: routeOf(SP),
      request: { prompt: 'go', ratio: '1:1', media: ONE },
      typedDuration: '0',
    });
  });

  it.each<[string, typeof ONE, Entered, string]>([
    ['a model that takes both or none', ONE, { model: [MD] }, 'not-offered'],
    ['a model without frames', TWO, { model: [TEXT_ONLY] }, 'not-offered'],
    ['a ratio that is none', ONE, { model: [SP], ratio: ['2:1'] }, 'not-offered'],
    ['no model', ONE, { prompt: 'it moves' }, 'not-offered'],
  ])('is nothing of %s', (_what, media, entered, fault) => {
    expect(readAnimation(formFields(entered), media, ROUTES).kind).toBe(fault);
  });
});
