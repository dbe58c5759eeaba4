import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../src/discord/messages/messages-for.ts';
import { continueForm, readContinuation } from '../../../src/discord/second/continue-form.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';
import { formFields } from './form-entry.ts';
import type { Entered } from './form-entry.ts';

const SP = 'jimmy/seedance2.0-sp';
/** Takes frames only as a pair. */
const MD = 'jimmy/seedance2.0-md';

function formOf(id: string | undefined, seconds?: number): string {
  const route = id === undefined ? undefined : routeOf(id);
  const request = aRequest({ prompt: 'a boat', ...(seconds ? { durationSeconds: seconds } : {}) });
  const form = { customId: 'continued:1', routes: ROUTES };
  return JSON.stringify(continueForm({ request, route }, form, messagesFor('en')));
}

describe('the form to go on from a clip', () => {
  it.each<[string, string | undefined, number | undefined, string]>([
    ['its own model', SP, 5, SP],
    [
      'the first model of its length, if its own takes no first frame',
      MD,
      2,
      'jimmy/seedance2.0-fast-i2v',
    ],
    ['the first model, if none makes its length', undefined, 60, 'jimmy/seedance2.0-mini-sp'],
  ])('shows %s', (_what, route, seconds, shown) => {
    const form = formOf(route, seconds);
    expect(/"value":"([^"]+)","default":true/u.exec(form)?.[1]).toBe(shown);
    expect(form).toContain('"value":"a boat"');
    expect(form).not.toContain(`"${MD}"`);
  });
});

describe('what it is read as', () => {
  it.each<[string, Entered, object]>([
    [
      'all fields',
      { prompt: 'on', model: [SP], duration: '7' },
      { kind: 'entered', prompt: 'on', durationSeconds: 7, route: { id: SP } },
    ],
    [
      'no length',
      { prompt: 'on', model: [SP], duration: ' ' },
      { kind: 'entered', durationSeconds: undefined, typedDuration: undefined },
    ],
    ['no prompt', { model: [SP] }, { kind: 'entered', prompt: '' }],
    ['a prompt that is a tick', { prompt: true, model: [SP] }, { kind: 'entered', prompt: '' }],
    [
      'a length in words',
      { prompt: 'on', model: [SP], duration: ' five ' },
      { kind: 'entered', prompt: 'on', durationSeconds: undefined, typedDuration: 'five' },
    ],
    [
      'a length beyond every model, which its own check refuses',
      { model: [SP], duration: '61' },
      { kind: 'entered', durationSeconds: 61, typedDuration: undefined },
    ],
    ['a model that takes no first frame', { model: [MD] }, { kind: 'not-offered' }],
    ['a model that never was', { model: ['jimmy/none'] }, { kind: 'not-offered' }],
    ['no model', { prompt: 'on' }, { kind: 'not-offered' }],
  ])('%s', (_what, fields, expected) => {
    const entry = readContinuation(formFields(fields), ROUTES);
    const nothing = { durationSeconds: undefined, typedDuration: undefined };
    expect({ ...nothing, ...entry }).toMatchObject(expected);
  });
});
