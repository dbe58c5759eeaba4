import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MEDIA_OPTIONS, RATIOS, RESOLUTIONS } from '../../../src/domain/routes/options.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import { findRoute } from '../../../src/domain/routes/catalogue.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import { toSubmission } from '../../../src/domain/routes/submission.ts';
import { SANDBOX_CATALOGUE } from '../../../src/sandbox/playground/sandbox-catalogue.ts';
import { bodyCases } from '../../e2e/provider-bodies.table.ts';
import type { BodyCase } from '../../e2e/provider-bodies.table.ts';
import { anAttachment } from '../../fakes/a-request.ts';
import { DOCS_SKIP_REASON, loadProviderSchemas } from '../../fakes/provider-documents.ts';
import { createBodyOf } from '../../fakes/catalogue.ts';

function routeIn({ command }: BodyCase): Route {
  // With the routes that the bot learns from a list.
  const route = findRoute(SANDBOX_CATALOGUE, command.model);
  if (route === undefined) throw new Error(`there is no route ${command.model}`);
  return route;
}

function requestOf({ command }: BodyCase): VideoRequest {
  const { prompt, duration, resolution, ratio, sound, web_search, watermark, media } = command;
  return {
    prompt,
    ...(duration === undefined ? {} : { durationSeconds: duration }),
    ...(resolution === undefined ? {} : { resolution: z.enum(RESOLUTIONS).parse(resolution) }),
    ...(ratio === undefined ? {} : { ratio: z.enum(RATIOS).parse(ratio) }),
    ...(sound === undefined ? {} : { sound }),
    ...(web_search === undefined ? {} : { webSearch: web_search }),
    ...(watermark === undefined ? {} : { watermark }),
    media: Object.fromEntries(
      (media ?? []).map((option) => [option, anAttachment(option, { url: `{{${option}}}` })]),
    ),
  };
}

function bodyOf(given: BodyCase): unknown {
  const route = routeIn(given);
  const submission = toSubmission(route, requestOf(given));
  return JSON.parse(JSON.stringify(createBodyOf(submission, route)));
}

const taken = bodyCases.filter(({ expected }) => expected !== 'refused');
const refused = bodyCases.filter(({ expected }) => expected === 'refused');

describe('by the documents of the providers', () => {
  it.each(taken.map((given) => [given.name, given] as const))('%s', (_name, given) => {
    expect(validateRequest(routeIn(given), requestOf(given))).toEqual([]);
    expect(bodyOf(given)).toEqual(given.expected);
  });

  it.each(refused.map((given) => [given.name, given] as const))('%s', (_name, given) => {
    const faults = validateRequest(routeIn(given), requestOf(given));
    const named = new Set(faults.flatMap(({ options }) => options));
    const wanted = [...(given.faultOptions ?? [])].flatMap((name) => name);
    expect(wanted.length).toBeGreaterThan(0);
    expect([...named].toSorted()).toEqual(wanted.toSorted());
  });
});

const schemas = loadProviderSchemas();

describe.skipIf(schemas === undefined)('by the schema in those documents', () => {
  it.each(taken.map((given) => [given.name, given] as const))('%s', (_name, given) => {
    expect(schemas?.faultsOf(routeIn(given).provider, bodyOf(given))).toEqual([]);
  });

  it('a body that breaks it is found out', () => {
    expect(schemas?.faultsOf('jimmy', { model: 'm', prompt: 'p' })).not.toEqual([]);
    expect(schemas?.faultsOf('anyfast', { model: 'other', content: [] })).not.toEqual([]);
    const unknownField = { model: 'm', prompt: 'p', duration: 5, seed: 1 };
    expect(schemas?.faultsOf('jimmy', unknownField)).not.toEqual([]);
  });
});

it.skipIf(schemas !== undefined)(`the schemas are not looked at: ${DOCS_SKIP_REASON}`, () => {
  expect(schemas).toBeUndefined();
});

it('every attachment option of the command is used by some case', () => {
  const used = new Set(taken.flatMap(({ command }) => command.media ?? []));
  expect(used).toEqual(new Set(MEDIA_OPTIONS.map(({ option }) => option)));
});
