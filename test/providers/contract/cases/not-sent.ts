import { createServer } from 'node:net';
import { expect } from 'vitest';
import { submitting } from '../../../fakes/a-task.ts';
import type { ContractCase } from '../contract-case.ts';
import {
  NEVER,
  NOT_SENT,
  WRONG_ADDRESS,
  create,
  createdReply,
  expectCreates,
  expectOutcome,
  raw,
  replied,
} from '../asking.ts';
import { afterCreateOutcome } from '../money.ts';
import { LIMITS } from '../scene.ts';
import type { Scene } from '../scene.ts';

const PAGE = '<html><h1>404 Not Found</h1></html>';

/** A server that takes connections and says nothing. */
async function muteServer({ closeAfterwards }: Scene): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closeAfterwards(async () => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export const NOT_SENT_CASES: readonly ContractCase[] = [
  {
    name: 'has not sent where nobody listens',
    row: 'not-sent',
    async check(scene) {
      await scene.simulated.down();
      expectOutcome(scene, await create(scene), NOT_SENT);
      await scene.simulated.up();
      expect((await create(scene)).kind).toBe('created');
    },
  },
  {
    name: 'has not sent where the name is unknown',
    row: 'not-sent',
    async check(scene) {
      expectOutcome(
        scene,
        await create(scene, undefined, { baseUrl: 'http://nobody.invalid' }),
        NOT_SENT,
      );
    },
  },
  {
    name: 'has not sent where the server speaks no TLS',
    row: 'not-sent',
    async check(scene) {
      const baseUrl = scene.simulated.url.replace('http:', 'https:');
      expectOutcome(scene, await create(scene, undefined, { baseUrl }), NOT_SENT);
      expect(scene.records.requests).toEqual([]);
    },
  },
  {
    name: 'has not sent where the TLS handshake hangs',
    row: 'not-sent',
    async check(scene) {
      const baseUrl = `https://127.0.0.1:${await muteServer(scene)}`;
      const limits = { ...LIMITS, connectMs: 50 };
      const adapter = scene.open({ baseUrl, limits });
      expectOutcome(scene, await adapter.create(scene.submission, NEVER), NOT_SENT);
      await adapter.close();
    },
  },
  {
    name: 'has not sent when it was called off before',
    row: 'not-sent',
    async check(scene) {
      const outcome = await scene.open().create(scene.submission, AbortSignal.abort());
      expectOutcome(scene, outcome, NOT_SENT);
      expect(scene.records.requests).toEqual([]);
    },
  },
  {
    name: 'is sent eight times at most, and costs nothing when none arrived',
    row: 'not-sent',
    async check(scene) {
      await scene.simulated.down();
      const outcome = await create(scene);
      await scene.simulated.up();
      const again = afterCreateOutcome(scene, outcome, submitting({ notSent: 6 }));
      expect([again.stage.name, again.money.state]).toEqual(['queued', 'reserved']);
      const last = afterCreateOutcome(scene, outcome, submitting({ notSent: 7 }));
      expect(last.stage).toMatchObject({ outcome: { kind: 'provider-unreachable' } });
      expect(last.money).toEqual({ state: 'released', assumed: false });
    },
  },
  {
    name: 'finds that the address is wrong by its answer to a path that does not exist',
    row: 'wrong-address',
    async check(scene) {
      const { url } = scene.simulated;
      expectOutcome(
        scene,
        await create(scene, undefined, { baseUrl: `${url}/no/such` }),
        WRONG_ADDRESS,
      );
      expect(scene.records.tasks).toEqual([]);
    },
  },
  {
    name: 'finds that the address is wrong by 404 and 405 of another server',
    row: 'wrong-address',
    check: async (scene) =>
      expectCreates(
        scene,
        {
          'a page': raw(404, PAGE, { 'content-type': 'text/html' }),
          nothing: raw(404, ''),
          'other JSON': raw(404, { path: '/nothing' }),
          'a page at 405': raw(405, PAGE),
          'nothing at 405': raw(405, ''),
        },
        WRONG_ADDRESS,
      ),
  },
  ...[301, 307, 308].map((status): ContractCase => ({
    name: `finds that the address is wrong by HTTP ${status}, whatever its body`,
    row: 'wrong-address',
    check: async (scene) =>
      expectCreates(
        scene,
        {
          nothing: raw(status, ''),
          'a page': raw(status, PAGE),
          'a refusal': replied(scene.dialect.refused('no'), { status }),
          'a task': replied(createdReply(scene), { status }),
        },
        WRONG_ADDRESS,
      ),
  })),
  {
    name: 'knows nothing of a 404 that was cut or too large',
    row: 'unknown',
    async check(scene) {
      const page = raw(404, 'x'.repeat(70_000));
      expect((await create(scene, page)).kind).toBe('unknown');
      scene.knobs.cut.next({ kind: 'after', bytes: 200 });
      expect((await create(scene, raw(404, 'x'.repeat(500)))).kind).toBe('unknown');
    },
  },
];
