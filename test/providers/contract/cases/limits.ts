import * as fc from 'fast-check';
import { expect } from 'vitest';
import { RATIOS, RESOLUTIONS } from '../../../../src/domain/routes/options.ts';
import type { VideoOption } from '../../../../src/domain/routes/options.ts';
import type { Attachment, VideoRequest } from '../../../../src/domain/routes/request.ts';
import type { Route } from '../../../../src/domain/routes/route.ts';
import { aRequest, anAttachment, media, numbered } from '../../../fakes/a-request.ts';
import { anyRequest } from '../../../fakes/any-request.ts';
import type { ContractCase } from '../contract-case.ts';
import type { FileLimits } from '../provider-under-test.ts';
import { againstIt, besideAudio, isTaken, mediaRequests } from '../requests.ts';
import type { RouteRequest } from '../requests.ts';
import type { Scene } from '../scene.ts';

/** `/video` takes no longer prompt. */
const MAX_PROMPT = 5000;

/**
 * The bot takes exactly what the simulation takes and understands, which has the limits of the
 * documents a second time: the largest that one accepts is the largest for the other, and so is the
 * first that is refused.
 */
function expectAgreement(scene: Scene, route: Route, requests: readonly RouteRequest[]): void {
  const apart = requests.flatMap(({ what, request }) => {
    const against = againstIt(scene, route, request);
    const taken = isTaken(route, request);
    return taken === (against === undefined) ? [] : [{ route: route.id, what, taken, against }];
  });
  expect(apart).toEqual([]);
}

/** One case for every route of the provider. */
function onEveryRoute(
  name: string,
  requestsOf: (route: Route) => readonly RouteRequest[],
): ContractCase {
  return {
    name,
    row: 'limits',
    check(scene) {
      for (const route of scene.routes) expectAgreement(scene, route, requestsOf(route));
    },
  };
}

function durations({ duration: { min, max } }: Route): RouteRequest[] {
  return [min - 1, min, min + 1, max - 1, max, max + 1].map((durationSeconds) => ({
    what: `${durationSeconds} s`,
    request: aRequest({ durationSeconds }),
  }));
}

const resolutions = (): RouteRequest[] =>
  RESOLUTIONS.map((resolution) => ({ what: resolution, request: aRequest({ resolution }) }));

const ratios = (): RouteRequest[] =>
  RATIOS.map((ratio) => ({ what: ratio, request: aRequest({ ratio }) }));

function prompts({ promptMaxChars: max = MAX_PROMPT }: Route): RouteRequest[] {
  return [1, 2, max - 1, max, ...(max < MAX_PROMPT ? [max + 1, MAX_PROMPT] : [])].flatMap((count) =>
    ['x', '字', '🎬'].map((letter) => ({
      what: `${count} × ${letter}`,
      request: aRequest({ prompt: letter.repeat(count) }),
    })),
  );
}

function switches(): RouteRequest[] {
  const withPicture = media(['image1']);
  const asked: readonly Partial<VideoRequest>[] = [
    ...[true, false].flatMap((on) => [{ sound: on }, { watermark: on }, { webSearch: on }]),
    { webSearch: true, media: withPicture },
    { webSearch: false, media: withPicture },
  ];
  return asked.map((changes) => ({ what: JSON.stringify(changes), request: aRequest(changes) }));
}

/** Requests of all kinds, each of files that its route takes. */
async function anyRequests(scene: Scene): Promise<void> {
  for (const route of scene.routes) {
    const fitting = anyRequest.map((request): VideoRequest => {
      const { durationSeconds = route.duration.default } = request;
      return {
        ...request,
        durationSeconds: Math.min(Math.max(Math.round(durationSeconds), 1), 60),
        media: Object.fromEntries(
          Object.keys(request.media).map((option) => [option, ordinaryFile(option, scene, route)]),
        ),
      };
    });
    fc.assert(
      fc.property(fitting, (request) => {
        const against = againstIt(scene, route, request);
        const taken = isTaken(route, request);
        expect({ route: route.id, taken, against, request }).toMatchObject({
          taken: against === undefined,
        });
      }),
      { numRuns: 60 },
    );
  }
}

/** A file within all limits. */
function ordinaryFile(option: string, { documents }: Scene, { model }: Route): Attachment {
  const limits = documents.files.find(
    ({ models, kind }) => models.includes(model) && option.startsWith(kind),
  );
  const [mimeType] = limits?.mimeTypes ?? [];
  return anAttachment(option, mimeType === undefined ? {} : { mimeType });
}

/** A file, and whether a document allows it. */
interface FileRow {
  readonly what: string;
  readonly files: readonly Partial<Attachment>[];
  readonly allowed: boolean;
}

const allow = (what: string, ...files: FileRow['files']): FileRow => ({
  what,
  files,
  allowed: true,
});
const refuse = (what: string, ...files: FileRow['files']): FileRow => ({
  what,
  files,
  allowed: false,
});

/** The largest that is allowed, and the first that is not, of everything that the document limits. */
function fileRows(limits: FileLimits): FileRow[] {
  return [...typeRows(limits), ...byteRows(limits), ...lengthRows(limits), ...sideRows(limits)];
}

function typeRows({ kind, mimeTypes, refusedMimeTypes = [] }: FileLimits): FileRow[] {
  return [
    ...(mimeTypes ?? []).map((mimeType) => allow(mimeType, { mimeType })),
    ...refusedMimeTypes.map((mimeType) => refuse(mimeType, { mimeType })),
    ...(mimeTypes === undefined
      ? []
      : [refuse('a type of no document', { mimeType: `${kind}/odd` })]),
  ];
}

function byteRows({ maxBytes, maxTotalBytes }: FileLimits): FileRow[] {
  const half = Math.floor((maxTotalBytes ?? 0) / 2);
  return [
    ...(maxBytes === undefined
      ? []
      : [
          allow('the largest file', { bytes: maxBytes }),
          refuse('one byte more', { bytes: maxBytes + 1 }),
        ]),
    ...(maxTotalBytes === undefined
      ? []
      : [
          allow('the largest together', { bytes: half }, { bytes: maxTotalBytes - half }),
          refuse('one byte more together', { bytes: half }, { bytes: maxTotalBytes - half + 1 }),
        ]),
  ];
}

function lengthRows({ length, maxTotalSeconds }: FileLimits): FileRow[] {
  const [one, rest] = [3, (maxTotalSeconds ?? 0) - 3];
  return [
    ...(length === undefined
      ? []
      : [
          ...[length.min, length.max].map((seconds) => allow(`${seconds} s`, { seconds })),
          ...[length.min - 0.1, length.max + 0.1].map((seconds) =>
            refuse(`${seconds} s`, { seconds }),
          ),
        ]),
    ...(maxTotalSeconds === undefined
      ? []
      : [
          allow('the longest together', { seconds: one }, { seconds: rest }),
          refuse('a tenth of a second more', { seconds: one }, { seconds: rest + 0.1 }),
        ]),
  ];
}

function sideRows({ side }: FileLimits): FileRow[] {
  if (side === undefined) return [];
  const { min, max } = side;
  return [
    allow('the smallest and the largest side', { width: min, height: max }),
    refuse('a side too small', { width: min - 1, height: max }),
    refuse('a side too large', { width: min, height: max + 1 }),
  ];
}

/** A file that a route without limits takes: nobody may refuse it by themselves. */
const ANY_FILE: Partial<Attachment> = {
  bytes: 2_000_000_000,
  seconds: 3000,
  width: 9,
  height: 20_000,
};

/** Requests whose references of one kind are these files. */
function withFiles(route: Route, { kind }: FileLimits, files: FileRow['files']): VideoRequest {
  const options = numbered(kind, files.length);
  const mimeType = anAttachment(options[0] ?? '').mimeType;
  const attached = new Map(
    options.map((option, index) => [
      option,
      anAttachment(option, { ...(mimeType === undefined ? {} : { mimeType }), ...files[index] }),
    ]),
  );
  const companions: readonly VideoOption[] = kind === 'audio' ? besideAudio(route) : [];
  return aRequest({ media: { ...media(companions), ...Object.fromEntries(attached) } });
}

export const LIMIT_CASES: readonly ContractCase[] = [
  onEveryRoute('takes the shortest and the longest video of each route, and no other', durations),
  onEveryRoute('takes the resolutions of each route, and no other', resolutions),
  onEveryRoute('takes the ratios of each route, and no other', ratios),
  onEveryRoute('takes the longest prompt of each route, and no longer one', prompts),
  onEveryRoute('takes as many media as each route does, together as it does', mediaRequests),
  onEveryRoute('takes the switches of each route, and none that it would ignore', switches),
  {
    name: 'refuses what its documents refuse, and nothing else, however it is put together',
    row: 'limits',
    check: anyRequests,
  },
  {
    name: 'takes the largest files of its documents, and none beyond',
    row: 'limits',
    check({ routes, documents }) {
      for (const limits of documents.files) {
        for (const route of routes.filter(({ model }) => limits.models.includes(model))) {
          for (const { what, files, allowed } of fileRows(limits)) {
            const taken = isTaken(route, withFiles(route, limits, files));
            expect({ route: route.id, kind: limits.kind, what, taken }).toEqual({
              route: route.id,
              kind: limits.kind,
              what,
              taken: allowed,
            });
          }
        }
      }
    },
  },
  {
    name: 'takes any file of which its documents say nothing',
    row: 'limits',
    check({ routes, documents }) {
      for (const route of routes) {
        for (const kind of ['image', 'video', 'audio'] as const) {
          const isLimited = documents.files.some(
            (limits) => limits.kind === kind && limits.models.includes(route.model),
          );
          if (isLimited || typeof route.media[kind] === 'string') continue;
          const request = withFiles(route, { kind, models: [], source: '' }, [ANY_FILE]);
          expect({ route: route.id, kind, taken: isTaken(route, request) }).toEqual({
            route: route.id,
            kind,
            taken: true,
          });
        }
      }
    },
  },
];
