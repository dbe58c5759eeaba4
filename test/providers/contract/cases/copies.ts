import { expect } from 'vitest';
import { MAX_INLINE_BYTES, copyRuleFor } from '../../../../src/domain/routes/copy-rules.ts';
import { takesFrames } from '../../../../src/domain/routes/route-filter.ts';
import type { Submission } from '../../../../src/domain/routes/submission.ts';
import type { ContractCase } from '../contract-case.ts';
import { NEVER, raw, sent } from '../asking.ts';
import { PICTURE, keptPicture } from '../kept-picture.ts';
import type { CopyOptions } from '../kept-picture.ts';
import type { Scene } from '../scene.ts';
import type { CreateAnswer } from '../../../../src/simulators/providers/answers.ts';

const ADDRESS = 'https://cdn.test/a.png?ex=1';

/**
 * A submission whose one picture is a copy of the bot's own: a reference, or the first frame where no
 * route takes references.
 */
async function withCopy(scene: Scene, options: CopyOptions = {}): Promise<Submission> {
  const { submission, routes } = scene;
  const route = routes.find(({ media }) => typeof media.image !== 'string');
  const picture = await keptPicture(scene, options);
  const media = [route === undefined ? ({ ...picture, role: 'first_frame' } as const) : picture];
  return { ...submission, route: (route ?? routes.find(takesFrames))?.id ?? '', media };
}

/** Gives a copy as the provider takes it, and makes a create of that. */
async function createWithCopy(scene: Scene, submission: Submission) {
  const adapter = scene.open();
  const given = await adapter.giveCopies(submission, NEVER);
  if (given.kind !== 'given') throw new Error(`the copy was ${given.kind}`);
  return { given: given.submission, outcome: await adapter.create(given.submission, NEVER) };
}

const ROLES = [
  ['image', 'reference_image'],
  ['video', 'reference_video'],
  ['audio', 'reference_audio'],
] as const;

const FAILED_UPLOADS: readonly CreateAnswer[] = [
  { kind: 'server-error', status: 503 },
  { kind: 'rate-limited' },
  { kind: 'refused', reason: 'unsupported file type' },
  { kind: 'wrong-shape' },
  { kind: 'not-json' },
  { kind: 'huge', bytes: 1_000_000 },
  { kind: 'cut-before-reading' },
  { kind: 'cut' },
  raw(200, { data: { url: 'not an address' } }),
  raw(302, '', { location: 'https://elsewhere.test' }),
];

export const COPY_CASES: readonly ContractCase[] = [
  {
    name: 'uploads a copy, by no name from outside, and makes a video of its address',
    row: 'copies',
    needs: 'upload',
    async check(scene) {
      const { given, outcome } = await createWithCopy(scene, await withCopy(scene));
      expect(outcome.kind).toBe('created');
      const [upload] = sent(scene, 'upload');
      expect(upload?.headers.authorization).toBe('Bearer <right key>');
      const url = given.media[0]?.url ?? '';
      const fetched = await fetch(url);
      expect(Buffer.from(await fetched.arrayBuffer())).toEqual(PICTURE);
      expect(scene.records.tasks[0]?.clip.media).toMatchObject([{ address: url }]);
      expect(JSON.stringify(scene.records.requests)).not.toContain('beach');
    },
  },
  {
    name: 'uploads every type that it says it takes',
    row: 'copies',
    needs: 'upload',
    async check(scene) {
      const { copies } = scene.descriptor;
      for (const [kind, role] of ROLES) {
        for (const mimeType of copies[kind]?.mimeTypes ?? []) {
          const submission = await withCopy(scene, { mimeType });
          const media = submission.media.map((one) => ({ ...one, role }));
          const given = await scene.open().giveCopies({ ...submission, media }, NEVER);
          expect({ mimeType, kind: given.kind }).toEqual({ mimeType, kind: 'given' });
        }
      }
    },
  },
  {
    name: 'has sent nothing that makes a video when an upload failed',
    row: 'copies',
    needs: 'upload',
    async check(scene) {
      for (const answer of FAILED_UPLOADS) {
        const submission = await withCopy(scene);
        scene.knobs.upload.always(answer);
        const given = await scene.open().giveCopies(submission, NEVER);
        expect({ answer, kind: given.kind }).toEqual({ answer, kind: 'not-sent' });
      }
      expect(sent(scene, 'create')).toEqual([]);
    },
  },
  {
    name: 'refuses no upload by itself that its documents allow, and none beyond',
    row: 'copies',
    needs: 'upload',
    check({ descriptor, dialect }) {
      const most = dialect.upload?.maxBytes ?? 0;
      for (const [kind] of ROLES) {
        const [mimeType] = descriptor.copies[kind]?.mimeTypes ?? [];
        if (mimeType === undefined) continue;
        const isTaken = (bytes: number): boolean =>
          copyRuleFor(descriptor.copies, kind, { filename: '', mimeType, bytes }) !== undefined;
        expect({ kind, taken: [isTaken(most), isTaken(most + 1)] }).toEqual({
          kind,
          taken: [true, false],
        });
      }
    },
  },
  {
    name: 'puts a copy into the create, whole, and makes a video of it',
    row: 'copies',
    needs: 'inline-media',
    async check(scene) {
      const { outcome } = await createWithCopy(scene, await withCopy(scene));
      expect(outcome.kind).toBe('created');
      const body = JSON.stringify(sent(scene, 'create')[0]?.body);
      expect(body).toContain(`data:image/png;base64,${PICTURE.toString('base64')}`);
      expect(body).not.toContain('beach');
    },
  },
  {
    name: 'puts at most 45 MiB of copies into one create, and addresses beyond',
    row: 'copies',
    needs: 'inline-media',
    async check(scene) {
      const submission = await withCopy(scene, { url: ADDRESS });
      const [one] = submission.media;
      if (one?.copy === undefined) throw new Error('no copy');
      // As large as it says: what is read is not measured again.
      const copy = { ...one.copy, bytes: MAX_INLINE_BYTES / 2 };
      const media = [1, 2, 3].map(() => ({ ...one, copy }));
      const given = await scene.open().giveCopies({ ...submission, media }, NEVER);
      const urls = given.kind === 'given' ? given.submission.media.map(({ url }) => url) : [];
      expect(urls.map((url) => url.slice(0, 5))).toEqual(['data:', 'data:', 'https']);
    },
  },
  {
    name: 'sends the address of a copy that it does not take, or that is gone',
    row: 'copies',
    async check(scene) {
      const odd = await withCopy(scene, { mimeType: 'image/x-odd', url: ADDRESS });
      const adapter = scene.open();
      const uploads = scene.descriptor.copies.image?.way === 'upload';
      const given = await adapter.giveCopies(odd, NEVER);
      if (uploads) expect(given).toMatchObject({ submission: { media: [{ url: ADDRESS }] } });
      const gone = await withCopy(scene, { url: ADDRESS });
      scene.media.byName.clear();
      expect(await adapter.giveCopies(gone, NEVER)).toMatchObject({
        kind: 'given',
        submission: { media: [{ url: ADDRESS }] },
      });
    },
  },
  {
    name: 'says that a copy is gone that has no address instead',
    row: 'copies',
    async check(scene) {
      const submission = await withCopy(scene);
      scene.media.byName.clear();
      expect(await scene.open().giveCopies(submission, NEVER)).toEqual({ kind: 'gone' });
    },
  },
  {
    name: 'reads what is left of the balance, and whether that is nothing',
    row: 'descriptor',
    needs: 'balance',
    check({ descriptor, documents, dialect }) {
      const { balances = [] } = documents;
      expect(balances.length).toBeGreaterThan(0);
      for (const { body, isSpent } of balances) {
        expect(descriptor.balance?.read(body)).toMatchObject({ isSpent });
      }
      for (const body of [undefined, null, '', [], {}, dialect.unauthorized.body]) {
        expect(descriptor.balance?.read(body)).toBeUndefined();
      }
    },
  },
];
