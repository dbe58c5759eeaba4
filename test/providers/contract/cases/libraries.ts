import { expect } from 'vitest';
import type { FileForLibrary, LibraryPort } from '../../../../src/app/ports/library-port.ts';
import type { AssetFate, LibraryAnswer } from '../../../../src/simulators/providers/answers.ts';
import type { ContractCase } from '../contract-case.ts';
import { NEVER, raw, replied, sent } from '../asking.ts';
import type { AdapterOptions, Scene } from '../scene.ts';

const ADDRESS = 'https://cdn.test/a.png?ex=1';

/** All libraries of the provider, switched on. */
function librariesOf(scene: Scene, options: AdapterOptions = {}): readonly LibraryPort[] {
  const libraries = (scene.descriptor.libraries ?? []).map(({ name }) => name);
  const ports = scene.open({ ...options, libraries }).libraries ?? [];
  expect(ports).toHaveLength(libraries.length);
  return ports;
}

/** A file that has its group, where the library has groups. */
async function fileFor(
  library: LibraryPort,
  changes: Partial<FileForLibrary> = {},
): Promise<FileForLibrary> {
  const group = library.hasGroups ? await library.createGroup('clapper', NEVER) : undefined;
  const groupId = group?.kind === 'uploaded' ? group.id : undefined;
  return { kind: 'image', way: 'file', name: 'clapper-1', url: ADDRESS, groupId, ...changes };
}

async function uploaded(library: LibraryPort, changes: Partial<FileForLibrary> = {}) {
  const answer = await library.upload(await fileFor(library, changes), NEVER);
  if (answer.kind !== 'uploaded') throw new Error(`${library.id}: ${answer.kind}`);
  return answer.id;
}

/** What the answer to an upload has to be read as. */
const UPLOAD_ANSWERS: readonly (readonly [LibraryAnswer, kind: string])[] = [
  [{ kind: 'refused', reason: 'the picture is too small' }, 'refused'],
  [{ kind: 'rate-limited', retryAfterSeconds: 3 }, 'busy'],
  [{ kind: 'server-error', status: 502, accepts: true }, 'lost'],
  [{ kind: 'not-json', accepts: true }, 'lost'],
  [{ kind: 'wrong-shape', accepts: true }, 'lost'],
  [{ kind: 'cut', accepts: true }, 'lost'],
  [{ kind: 'huge', bytes: 1_000_000, accepts: true }, 'lost'],
  [{ ...raw(302, ''), accepts: true }, 'lost'],
  [raw(301, ''), 'wrong-address'],
  [raw(404, ''), 'wrong-address'],
  [raw(401, ''), 'refused'],
];

const FATES: readonly (readonly [AssetFate, kinds: readonly string[]])[] = [
  [{ kind: 'active' }, ['active']],
  [{ kind: 'stuck' }, ['pending']],
  [{ kind: 'failed' }, ['failed']],
  [{ kind: 'rejected' }, ['failed']],
  [{ kind: 'never-there' }, ['missing', 'no-answer']],
  [{ kind: 'vanishes', afterMs: 0 }, ['missing', 'no-answer']],
  [{ kind: 'anothers' }, ['no-answer']],
];

const LOOK_FAULTS: readonly LibraryAnswer[] = [
  { kind: 'server-error', status: 503 },
  { kind: 'rate-limited' },
  { kind: 'refused', reason: 'no' },
  { kind: 'not-json' },
  { kind: 'wrong-shape' },
  { kind: 'cut' },
  { kind: 'huge', bytes: 1_000_000 },
  raw(301, ''),
  raw(401, ''),
  raw(404, '<html></html>'),
];

export const LIBRARY_CASES: readonly ContractCase[] = [
  {
    name: 'uploads each kind of medium into its library, once, and finds it there',
    row: 'library',
    needs: 'library',
    async check(scene) {
      for (const library of librariesOf(scene)) {
        for (const kind of ['image', 'video', 'audio'] as const) {
          const id = await uploaded(library, { kind, name: `clapper-${kind}` });
          const asset = scene.records.assets.at(-1);
          expect(asset).toMatchObject({ id, kind, url: ADDRESS });
          expect(await library.look({ id, way: 'file' }, NEVER)).toEqual({ kind: 'active' });
        }
      }
      const requests = sent(scene, 'library');
      expect(new Set(requests.map(({ headers }) => headers.authorization))).toEqual(
        new Set(['Bearer <right key>']),
      );
    },
  },
  {
    name: 'makes a video with a medium of its library',
    row: 'library',
    needs: 'library',
    async check(scene) {
      for (const library of librariesOf(scene)) {
        const url = `asset://${await uploaded(library)}`;
        const kinds: string[] = [];
        for (const { id, duration } of scene.routes) {
          const submission = {
            ...scene.submission,
            route: id,
            durationSeconds: duration.default,
            media: [{ role: 'reference_image', url } as const],
          };
          kinds.push((await scene.open().create(submission, NEVER)).kind);
        }
        expect(kinds).toContain('created');
      }
    },
  },
  {
    name: 'knows of an upload no more than its answer says',
    row: 'library',
    needs: 'library',
    async check(scene) {
      for (const library of librariesOf(scene)) {
        const file = await fileFor(library);
        for (const [answer, kind] of UPLOAD_ANSWERS) {
          scene.knobs.assetUpload.next(answer);
          const read = await library.upload(file, NEVER);
          expect({ library: library.id, answer, kind: read.kind }).toEqual({
            library: library.id,
            answer,
            kind,
          });
        }
      }
    },
  },
  {
    name: 'has uploaded nothing where nobody listens',
    row: 'library',
    needs: 'library',
    async check(scene) {
      const libraries = librariesOf(scene);
      const files = await Promise.all(libraries.map(async (library) => fileFor(library)));
      await scene.simulated.down();
      for (const [index, library] of libraries.entries()) {
        const file = files[index];
        if (file === undefined) continue;
        expect((await library.upload(file, NEVER)).kind).toBe('not-sent');
        expect((await library.look({ id: 'a-1', way: 'file' }, NEVER)).kind).toBe('no-answer');
      }
      await scene.simulated.up();
    },
  },
  {
    name: 'tells what became of a medium, and nothing by an answer about another one',
    row: 'library',
    needs: 'library',
    async check(scene) {
      for (const library of librariesOf(scene)) {
        for (const [fate, kinds] of FATES) {
          scene.knobs.asset.next(fate);
          const id = await uploaded(library);
          const { kind } = await library.look({ id, way: 'file' }, NEVER);
          expect({ library: library.id, fate, known: kinds.includes(kind) ? true : kind }).toEqual({
            library: library.id,
            fate,
            known: true,
          });
        }
      }
    },
  },
  {
    name: 'says nothing about a medium by an answer that is none',
    row: 'library',
    needs: 'library',
    async check(scene) {
      for (const library of librariesOf(scene)) {
        const id = await uploaded(library);
        for (const answer of LOOK_FAULTS) {
          scene.knobs.assetLook.always(answer);
          const { kind } = await library.look({ id, way: 'file' }, NEVER);
          expect({ library: library.id, answer, kind }).toEqual({
            library: library.id,
            answer,
            kind: 'no-answer',
          });
        }
        scene.knobs.assetLook.reset();
      }
    },
  },
  {
    name: 'takes the portrait of a person by a way of its own, where it has one',
    row: 'library',
    needs: 'library',
    async check(scene) {
      for (const library of librariesOf(scene).filter(({ takesPersons }) => takesPersons)) {
        const id = await uploaded(library, { way: 'person' });
        expect(scene.records.assets.at(-1)?.kind).toBe('person');
        expect(await library.look({ id, way: 'person' }, NEVER)).toEqual({ kind: 'active' });
      }
    },
  },
  {
    name: 'finds an upload whose answer was lost by its name',
    row: 'library',
    needs: 'library-list',
    async check(scene) {
      for (const library of librariesOf(scene).filter(({ canFind }) => canFind)) {
        const file = await fileFor(library, { name: 'clapper-7' });
        await library.upload({ ...file, name: 'clapper-77' }, NEVER);
        expect(await library.find(file, NEVER)).toEqual({ kind: 'absent' });
        scene.knobs.assetUpload.next({ kind: 'cut', accepts: true });
        await library.upload(file, NEVER);
        const id = scene.records.assets.at(-1)?.id;
        expect(await library.find(file, NEVER)).toEqual({ kind: 'found', id });
        for (const answer of LOOK_FAULTS) {
          scene.knobs.assetLook.always(answer);
          expect((await library.find(file, NEVER)).kind).toBe('no-answer');
        }
        scene.knobs.assetLook.reset();
      }
    },
  },
  {
    name: 'deletes a medium, and takes one that is not there for deleted',
    row: 'library',
    needs: 'library-deletion',
    async check(scene) {
      for (const library of librariesOf(scene).filter(({ canDelete }) => canDelete)) {
        const id = await uploaded(library);
        expect(await library.delete(id, NEVER)).toEqual({ kind: 'gone' });
        expect(scene.records.assets.at(-1)?.isGone).toBe(true);
        expect(await library.look({ id, way: 'file' }, NEVER)).toEqual({ kind: 'missing' });
        expect(await library.delete(id, NEVER)).toEqual({ kind: 'gone' });
        scene.knobs.assetLook.next({ kind: 'server-error' });
        expect((await library.delete(id, NEVER)).kind).toBe('no-answer');
      }
    },
  },
  {
    name: 'makes the group that an upload needs',
    row: 'library',
    needs: 'library-groups',
    async check(scene) {
      for (const library of librariesOf(scene).filter(({ hasGroups }) => hasGroups)) {
        const group = await library.createGroup('clapper', NEVER);
        expect(group.kind).toBe('uploaded');
        await uploaded(library);
        expect(scene.records.assets.at(-1)?.groupId).toMatch(/./);
      }
    },
  },
  {
    name: 'asks nothing that its documents do not have',
    row: 'library',
    needs: 'library',
    async check(scene) {
      for (const library of librariesOf(scene)) {
        const upload = { name: 'clapper-1', groupId: undefined };
        if (!library.canFind) expect((await library.find(upload, NEVER)).kind).toBe('no-answer');
        if (!library.canDelete) expect((await library.delete('a', NEVER)).kind).toBe('no-answer');
        if (!library.hasGroups) {
          expect((await library.createGroup('g', NEVER)).kind).toBe('not-sent');
        }
      }
      expect(scene.records.requests).toEqual([]);
    },
  },
  {
    name: 'waits for a medium that a create cannot use yet, and makes no task meanwhile',
    row: 'library',
    needs: 'unready-assets',
    async check(scene) {
      const [library] = librariesOf(scene);
      if (library === undefined) throw new Error('no library');
      scene.knobs.asset.next({ kind: 'stuck' });
      for (const id of [await uploaded(library), 'never-uploaded']) {
        const media = [{ role: 'reference_image', url: `asset://${id}` } as const];
        const outcome = await scene.open().create({ ...scene.submission, media }, NEVER);
        expect({ id, kind: outcome.kind }).toEqual({ id, kind: 'assets-unready' });
      }
      expect(scene.records.tasks).toEqual([]);
      const busy = replied(scene.dialect.rateLimited);
      scene.knobs.create.next(busy);
      const media = [{ role: 'reference_image', url: 'asset://a-1' } as const];
      const outcome = await scene.open().create({ ...scene.submission, media }, NEVER);
      expect(outcome.kind).toBe('busy');
    },
  },
];
