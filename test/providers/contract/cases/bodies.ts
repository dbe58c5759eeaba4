import { expect } from 'vitest';
import type { VideoRequest } from '../../../../src/domain/routes/request.ts';
import type { Route } from '../../../../src/domain/routes/route.ts';
import { toSubmission } from '../../../../src/domain/routes/submission.ts';
import { valueAt } from '../../../../src/providers/read-answer.ts';
import { aRequest, numbered } from '../../../fakes/a-request.ts';
import { NEVER, sent } from '../asking.ts';
import type { ContractCase } from '../contract-case.ts';
import {
  besideAudio,
  bodyOf,
  bySimulation,
  expectedClip,
  isTaken,
  mediaRequests,
  withMedia,
} from '../requests.ts';
import type { Scene } from '../scene.ts';

/** Quotes, line breaks and other scripts arrive as they were typed. */
const ODD_PROMPT = '"@image1" 说：\n\\ 100 % 🎬 {{x}}\u2028 ';

/** Compares what the simulation understands of a body with what was asked for. */
function expectUnderstood(scene: Scene, route: Route, request: VideoRequest): void {
  const read = bySimulation(scene, route, request);
  expect({ route: route.id, ...read }).toMatchObject({
    route: route.id,
    ok: true,
    clip: expectedClip(route, request),
  });
}

/** Every value of every setting that a route has, some at a time. */
function settingsOf(route: Route): VideoRequest[] {
  const { duration, output, ratios, sound, watermark } = route;
  const resolutions = output.kind === 'fixed' ? [output.resolution] : output.resolutions;
  return ratios.accepted.map((ratio, turn) => {
    const resolution = resolutions[turn % resolutions.length];
    return aRequest({
      durationSeconds: turn % 2 === 0 ? duration.min : duration.max,
      ratio,
      ...(resolution === undefined ? {} : { resolution }),
      ...(sound === undefined ? {} : { sound: turn % 2 === 0 }),
      ...(watermark === undefined ? {} : { watermark: turn % 3 === 0 }),
    });
  });
}

/** As much as a route takes at once. */
function everythingOf(route: Route): VideoRequest {
  const countOf = (kind: 'image' | 'video' | 'audio', most: number): number => {
    const rule = route.media[kind];
    return typeof rule === 'string' ? 0 : Math.min(rule.maxCount ?? most, most);
  };
  const audios = besideAudio(route).length === 0 ? 0 : countOf('audio', 3);
  const options = [
    ...numbered('image', countOf('image', 9)),
    ...numbered('video', countOf('video', 3)),
    ...numbered('audio', audios),
  ];
  const [settings = aRequest()] = settingsOf(route);
  return withMedia(options, { ...settings, media: withMedia(options).media });
}

/** The names of all fields within a value. */
function fieldsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [
    key,
    ...fieldsIn(inner),
  ]);
}

/** Many bodies of a route, with what it takes in them. */
function bodiesOf(scene: Scene, route: Route): unknown[] {
  const requests = [
    aRequest(),
    everythingOf(route),
    ...settingsOf(route),
    ...mediaRequests(route).map(({ request }) => request),
    ...(route.webSearch === undefined ? [] : [aRequest({ webSearch: true })]),
  ];
  return requests
    .filter((request) => isTaken(route, request))
    .map((request) => bodyOf(scene, route, request));
}

const covers = (listed: string, name: string): boolean =>
  listed.endsWith('*') ? name.startsWith(listed.slice(0, -1)) : listed === name;

export const BODY_CASES: readonly ContractCase[] = [
  {
    name: 'sends a prompt alone, by each route',
    row: 'body',
    check(scene) {
      for (const route of scene.routes) expectUnderstood(scene, route, aRequest());
    },
  },
  {
    name: 'sends a prompt of any characters as it was typed, by each route',
    row: 'body',
    check(scene) {
      const request = aRequest({ prompt: ODD_PROMPT });
      for (const route of scene.routes) expectUnderstood(scene, route, request);
    },
  },
  {
    name: 'sends every setting that was chosen, by each route',
    row: 'body',
    check(scene) {
      for (const route of scene.routes) {
        const taken = settingsOf(route).filter((request) => isTaken(route, request));
        for (const request of taken) expectUnderstood(scene, route, request);
      }
    },
  },
  {
    name: 'sends every medium in its place, in order and with its whole address, by each route',
    row: 'body',
    check(scene) {
      for (const route of scene.routes) {
        const taken = mediaRequests(route).filter(({ request }) => isTaken(route, request));
        for (const { request } of taken) expectUnderstood(scene, route, request);
      }
    },
  },
  {
    name: 'sends as much as each route takes at once, and has it made',
    row: 'body',
    async check(scene) {
      const adapter = scene.open();
      for (const route of scene.routes) {
        const request = everythingOf(route);
        const outcome = await adapter.create(toSubmission(route, request), NEVER);
        expect({ route: route.id, ...outcome }).toMatchObject({ route: route.id, kind: 'created' });
        expect(scene.records.tasks.at(-1)?.clip).toMatchObject(expectedClip(route, request));
      }
    },
  },
  {
    name: 'sends a web search where the route has one',
    row: 'body',
    check(scene) {
      for (const route of scene.routes.filter(({ webSearch }) => webSearch !== undefined)) {
        expectUnderstood(scene, route, aRequest({ webSearch: true }));
      }
    },
  },
  {
    name: 'sends only what was chosen, and the length, by which it is billed',
    row: 'body',
    async check(scene) {
      const adapter = scene.open();
      const words = ['ratio', 'aspect_ratio', 'seed', 'watermark', 'generate_audio'];
      for (const { id, duration, output } of scene.routes) {
        const submission = { ...scene.submission, route: id, durationSeconds: duration.default };
        await adapter.create(submission, NEVER);
        const fields = fieldsIn(sent(scene, 'create').at(-1)?.body);
        expect(fields.filter((name) => words.includes(name))).toEqual([]);
        const isAlwaysSent = output.kind === 'field' && output.isAlwaysSent === true;
        expect({ id, has: fields.includes('resolution') }).toEqual({ id, has: isAlwaysSent });
      }
    },
  },
  {
    name: 'gives a reason and a page for everything that it never sends, and never sends it',
    row: 'body',
    check(scene) {
      const { neverSent } = scene.descriptor;
      const bodies = scene.routes.flatMap((route) => bodiesOf(scene, route));
      const known = {
        field: new Set(bodies.flatMap(fieldsIn)),
        model: new Set(bodies.map((body) => String(valueAt(body, 'model')))),
      };
      expect(known.field.size).toBeGreaterThan(2);
      for (const { kind, name, why, source } of neverSent) {
        expect([why.trim(), source.trim()]).not.toContain('');
        expect({ name, sent: [...known[kind]].filter((one) => covers(name, one)) }).toEqual({
          name,
          sent: [],
        });
      }
    },
  },
];
