import { expect } from 'vitest';
import type { ContractCase } from '../contract-case.ts';
import {
  CREATED,
  NEVER,
  create,
  createdReply,
  expectOutcome,
  raw,
  replied,
  sent,
} from '../asking.ts';
import { API_KEY } from '../scene.ts';

const PAGE_TYPE = { 'content-type': 'text/html' };

/** Numbers that providers have given to tasks, or might. */
const TASK_IDS = [
  'vid_abc123',
  'cgt-20260101-7db6s',
  'bW9kZWxz/dmVv+LTM=',
  'video_cHJvdmlkZXI6bW9kZWw==',
  '1234567890123456789',
  '../x',
  'a/b',
  'a?b#c',
  'a%2Fb',
  '%2e%2e',
  '...',
  'a b',
  'a:b.c-d_e',
  'ü 任务',
  'a'.repeat(512),
];

export const CREATED_CASES: readonly ContractCase[] = [
  {
    name: 'posts one JSON body to the address of its documents, with the key',
    row: 'created',
    async check(scene) {
      const { submission, dialect, records } = scene;
      const outcome = await create(scene);
      expectOutcome(scene, outcome, CREATED);
      expect(records.requests).toHaveLength(1);
      expect(records.requests[0]).toMatchObject({
        method: 'POST',
        path: dialect.createPath,
        headers: {
          authorization: 'Bearer <right key>',
          accept: 'application/json',
          'accept-encoding': 'identity',
          'content-type': 'application/json',
        },
      });
      expect(outcome).toEqual({ kind: 'created', providerTaskId: records.tasks[0]?.id });
      expect(records.tasks[0]?.clip.prompt).toBe(submission.prompt);
    },
  },
  {
    name: 'keeps a path that the configured address has',
    row: 'created',
    async check(scene) {
      const { dialect, records, simulated } = scene;
      const { origin, pathname } = new URL(simulated.url);
      await create(scene, undefined, { baseUrl: `${origin}/gateway${pathname}` });
      expect(records.requests.map(({ path }) => path)).toEqual([`/gateway${dialect.createPath}`]);
    },
  },
  {
    name: 'asks for a task with exactly the number that it was given',
    row: 'created',
    async check(scene) {
      const adapter = scene.open();
      for (const id of TASK_IDS) {
        scene.knobs.taskId.next({ kind: 'custom', id });
        const created = { kind: 'created', providerTaskId: id };
        expect(await adapter.create(scene.submission, NEVER)).toEqual(created);
        expect({ id, ...(await adapter.query(id, NEVER)) }).toMatchObject({ id, kind: 'finished' });
      }
    },
  },
  {
    name: 'reads a task number that is a JSON number, digit for digit',
    row: 'created',
    async check(scene) {
      for (const id of ['4711', '9007199254740993', '1234567890123456789']) {
        scene.knobs.taskId.next({ kind: 'custom', id, asNumber: true });
        expect(await create(scene)).toEqual({ kind: 'created', providerTaskId: id });
      }
    },
  },
  {
    name: 'trims a task number',
    row: 'created',
    async check(scene) {
      const answer = replied(createdReply(scene, ' task-9\n'));
      expect(await create(scene, answer)).toMatchObject({ providerTaskId: 'task-9' });
    },
  },
  {
    name: 'takes 201 and 202 like 200',
    row: 'created',
    async check(scene) {
      for (const status of [201, 202]) {
        const outcome = await create(scene, replied(createdReply(scene), { status }));
        expectOutcome(scene, outcome, CREATED, String(status));
      }
    },
  },
  {
    name: 'reads JSON whatever its type, with a byte order mark and with blanks around it',
    row: 'created',
    async check(scene) {
      const { body } = createdReply(scene);
      const text = JSON.stringify(body);
      for (const answer of [
        raw(200, text, PAGE_TYPE),
        raw(200, `\uFEFF${text}`),
        raw(200, `\r\n ${JSON.stringify(body, undefined, 2)}\n`),
      ]) {
        expectOutcome(scene, await create(scene, answer), CREATED, answer.body);
      }
    },
  },
  {
    name: 'tells when its answer names another model than was sent',
    row: 'created',
    needs: 'echoed-model',
    async check(scene) {
      const outcome = await create(scene, replied(createdReply(scene)));
      expect(outcome).toMatchObject({ kind: 'created', otherModel: 'any-model' });
    },
  },
  {
    name: 'names no other model when its answer names the one that was sent',
    row: 'created',
    async check(scene) {
      const { routes, records } = scene;
      for (const { id, duration } of routes) {
        const submission = { ...scene.submission, route: id, durationSeconds: duration.default };
        const outcome = await create(scene, undefined, { submission });
        const providerTaskId = records.tasks.at(-1)?.id;
        expect({ id, ...outcome }).toEqual({ id, kind: 'created', providerTaskId });
      }
    },
  },
  {
    name: 'sends nothing for a route that it does not have',
    row: 'not-sent',
    async check(scene) {
      const submission = { ...scene.submission, route: `${scene.descriptor.id}/no-such-model` };
      expect((await create(scene, undefined, { submission })).kind).toBe('not-sent');
      expect(scene.records.requests).toEqual([]);
    },
  },
  {
    name: 'is refused with a key that is not the right one',
    row: 'refused',
    async check(scene) {
      const outcome = await create(scene, undefined, { apiKey: `${API_KEY}-wrong` });
      expect(outcome).toMatchObject({ kind: 'refused', refusal: { category: 'unauthorized' } });
      expect(sent(scene, 'create')[0]?.headers.authorization).toBe('<wrong key>');
    },
  },
];
