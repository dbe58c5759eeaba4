import { describe, expect, it } from 'vitest';
import { nearestRequests } from '../../../src/domain/routes/nearest-request.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { en } from '../../../src/discord/messages/en.ts';
import { zhCn } from '../../../src/discord/messages/zh-cn.ts';
import { refusalText } from '../../../src/discord/render/refusal-text.ts';
import { abilitiesOf, lengthsOf } from '../../../src/discord/render/route-summary.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { routeOf } from '../../fakes/catalogue.ts';

const PLAIN = routeOf('jimmy/seedance2.0-sp');
/** A route with three lengths and nothing in between. */
const ROUTE: Route = { ...PLAIN, duration: { min: 4, max: 8, only: [4, 6, 8], default: 6 } };

describe('a route that makes only some lengths', () => {
  it.each([4, 6, 8, undefined])('takes %s', (durationSeconds) => {
    const request = durationSeconds === undefined ? aRequest() : aRequest({ durationSeconds });
    expect(validateRequest(ROUTE, request)).toEqual([]);
  });

  it.each([3, 5, 7, 9, 6.5, Number.NaN])('refuses %s, with each that it makes', (given) => {
    const issues = validateRequest(ROUTE, aRequest({ durationSeconds: given }));
    expect(issues).toEqual([
      {
        options: ['duration'],
        reason: { kind: 'duration', given, min: 4, max: 8, only: [4, 6, 8] },
      },
    ]);
    const text = refusalText(ROUTE, issues, [], en);
    expect(text).toContain(`${given} s isn't available; this model offers 4, 6 or 8 s.`);
    expect(refusalText(ROUTE, issues, [], zhCn)).toContain('该模型支持 4、6 或 8 秒');
  });

  it.each([
    [1, 4],
    [7, 8],
    [60, 8],
  ])('makes the nearest instead of %i s: %i s, the longer of two as near', (asked, made) => {
    const [nearest] = nearestRequests(ROUTE, aRequest({ durationSeconds: asked }), () => undefined);
    expect(nearest?.request.durationSeconds).toBe(made);
  });

  it('is shown with each of them', () => {
    expect(lengthsOf(ROUTE)).toBe('4/6/8');
    expect(abilitiesOf(ROUTE, en)).toContain('4/6/8 s');
    expect(lengthsOf(PLAIN)).toBe('4–15');
    expect(lengthsOf({ ...PLAIN, duration: { min: 5, max: 5, default: 5 } })).toBe('5');
  });
});
