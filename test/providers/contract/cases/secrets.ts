import { createServer } from 'node:http';
import { expect } from 'vitest';
import type { ContractCase } from '../contract-case.ts';
import { NEVER, TASK_ID, raw } from '../asking.ts';
import { keptPicture } from '../kept-picture.ts';
import type { Scene } from '../scene.ts';

const REDIRECTS = [301, 302, 303, 307, 308];

/** Another server, and what it was asked. */
async function startWitness({ closeAfterwards }: Scene) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closeAfterwards(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { asked, url: `http://127.0.0.1:${address.port}` };
}

export const SECRET_CASES: readonly ContractCase[] = [
  {
    name: 'follows no redirect of a create or a poll, and shows the key to no other server',
    row: 'secrets',
    async check(scene) {
      const { asked, url } = await startWitness(scene);
      for (const status of REDIRECTS) {
        for (const location of [`${url}/elsewhere`, '/elsewhere']) {
          const answer = raw(status, '', { location });
          scene.knobs.create.next(answer);
          scene.knobs.query.next(answer);
          const adapter = scene.open();
          expect(['unknown', 'wrong-address']).toContain(
            (await adapter.create(scene.submission, NEVER)).kind,
          );
          expect((await adapter.query(TASK_ID, NEVER)).kind).toBe('fault');
        }
      }
      expect(asked).toEqual([]);
      expect(scene.records.requests.map(({ purpose }) => purpose)).not.toContain('other');
    },
  },
  {
    name: 'follows no redirect of an upload or a library',
    row: 'secrets',
    async check(scene) {
      const { asked, url } = await startWitness(scene);
      const { upload, libraries = [] } = scene.descriptor;
      const adapter = scene.open({ libraries: libraries.map(({ name }) => name) });
      for (const status of REDIRECTS) {
        const answer = raw(status, '', { location: `${url}/elsewhere` });
        scene.knobs.upload.always(answer);
        scene.knobs.assetUpload.always(answer);
        scene.knobs.assetLook.always(answer);
        if (upload !== undefined) {
          const media = [await keptPicture(scene)];
          await adapter.giveCopies({ ...scene.submission, media }, NEVER);
        }
        for (const library of adapter.libraries ?? []) {
          const file = { kind: 'image', way: 'file', name: 'a', url, groupId: undefined } as const;
          await library.upload(file, NEVER);
          await library.look({ id: 'a-1', way: 'file' }, NEVER);
          if (library.canFind) await library.find(file, NEVER);
          if (library.canDelete) await library.delete('a-1', NEVER);
        }
      }
      expect(asked).toEqual([]);
      expect(scene.records.requests.map(({ purpose }) => purpose)).not.toContain('other');
    },
  },
  {
    name: 'sends the key in its header alone, and writes it into no outcome',
    row: 'secrets',
    async check(scene) {
      const apiKey = 'sk-secret-of-the-operator';
      const adapter = scene.open({ apiKey });
      const outcomes = [
        await adapter.create(scene.submission, NEVER),
        await adapter.query(TASK_ID, NEVER),
      ];
      const { requests } = scene.records;
      expect(requests).toHaveLength(2);
      expect(JSON.stringify([outcomes, requests])).not.toContain(apiKey);
    },
  },
];
