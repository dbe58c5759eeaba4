import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderPort } from '../../src/app/ports/provider-port.ts';
import type { Submission } from '../../src/domain/routes/submission.ts';
import type { HttpLimits, JsonClientOptions } from '../../src/providers/http-json.ts';
import { answering, startScriptedServer } from '../providers/scripted-server.ts';
import type { Script, ScriptedServer } from '../providers/scripted-server.ts';

/** What the suite has to know of one provider. */
export interface ProviderCase {
  readonly name: string;
  readonly create: (options: JsonClientOptions) => ProviderPort & { close(): Promise<void> };
  readonly submission: Submission;
  readonly createPath: string;
  readonly queryPath: string;
  /** Whole answers in the provider's own form. */
  readonly answers: {
    readonly created: (taskId: string) => object;
    readonly finished: (url: string) => object;
    readonly refused: object;
    readonly busy: object;
    readonly balanceSpent: object;
    readonly badKey: object;
    readonly missing: object;
  };
}

const API_KEY = 'sk-contract-0123456789';
const LIMITS: HttpLimits = {
  connectMs: 2000,
  createMs: 20_000,
  queryMs: 20_000,
  maxBodyBytes: 65_536,
};
/** Short enough that a test need not wait, and never compared with the clock. */
const IMPATIENT: HttpLimits = { ...LIMITS, connectMs: 50, createMs: 100, queryMs: 100 };

const silent: Script = () => undefined;
const dripping: Script = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
};
const cutUnanswered: Script = (_response, _request, socket) => socket.resetAndDestroy();
const cutInBody: Script = (response, _request, socket) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"code":"success","id":"cut-1","data":{"task_id":"cut-1"', () =>
    socket.destroy(),
  );
};
const notHttp: Script = (_response, _request, socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n\r\n');

/** The promises of ProviderPort, which every adapter keeps against real sockets. */
export function describeProvider(provider: ProviderCase): void {
  const { answers, submission } = provider;
  const never = new AbortController().signal;

  describe(`${provider.name} as a provider`, () => {
    let server: ScriptedServer;
    let open: { close(): Promise<void> }[];

    beforeEach(async () => {
      server = await startScriptedServer();
      open = [server];
    });
    afterEach(async () => {
      await Promise.all(open.map((opened) => opened.close()));
    });

    const at = (baseUrl: string, limits = LIMITS): ProviderPort & { close(): Promise<void> } => {
      const port = provider.create({ baseUrl, apiKey: API_KEY, limits, now: () => 0 });
      open.push(port);
      return port;
    };

    describe('creating', () => {
      it('posts one JSON body to the address of the document, with the key', async () => {
        server.play(answering(200, answers.created('task-1')));
        expect(await at(server.url).create(submission, never)).toEqual({
          kind: 'created',
          providerTaskId: 'task-1',
        });
        const [request, ...others] = server.seen;
        expect(others).toEqual([]);
        expect(request?.method).toBe('POST');
        expect(request?.path).toBe(provider.createPath);
        expect(request?.headers).toMatchObject({
          authorization: `Bearer ${API_KEY}`,
          accept: 'application/json',
          'accept-encoding': 'identity',
          'content-type': 'application/json',
        });
        expect(JSON.parse(request?.body ?? '')).toMatchObject({ duration: 5 });
      });

      it('keeps a path that the base address has', async () => {
        server.play(answering(200, answers.created('task-1')));
        await at(`${server.url}/gateway/`).create(submission, never);
        expect(server.seen.map(({ path }) => path)).toEqual([`/gateway${provider.createPath}`]);
      });

      const unknown: [string, Script][] = [
        ['500 without a body', answering(500, '')],
        ['503 with an error envelope', answering(503, answers.refused)],
        ['502 with a busy envelope', answering(502, answers.busy)],
        ['500 with a task', answering(500, answers.created('task-1'))],
        ['a page instead of JSON', answering(200, '<html>welcome</html>')],
        ['400 with an empty body', answering(400, '')],
        ['200 with an empty body', answering(200, '')],
        ['JSON of another shape', answering(200, [1, 2, 3])],
        ['JSON null', answering(200, 'null')],
        ['success without a task id', answering(200, answers.created(''))],
        ['success with an id that climbs', answering(200, answers.created('..'))],
        ['success with an id of 513 characters', answering(200, answers.created('a'.repeat(513)))],
        ['success with a control character', answering(200, answers.created('a\u0007b'))],
        ['400 with a task', answering(400, answers.created('task-1'))],
        ['a redirect with an error envelope', answering(302, answers.refused)],
        ['an answer beyond the size limit', answering(200, `{"pad":"${'x'.repeat(70_000)}"}`)],
        ['a huge answer with a task', answering(200, padded(answers.created('task-1')))],
        ['a huge error envelope', answering(400, padded(answers.refused))],
        ['a cut within the answer', cutInBody],
        ['a reset after the request was read', cutUnanswered],
        ['an answer that is not HTTP', notHttp],
      ];
      it.each(unknown)('does not know what came of %s', async (_name, script) => {
        server.play(script);
        const outcome = await at(server.url).create(submission, never);
        expect(outcome.kind).toBe('unknown');
        expect(server.seen).toHaveLength(1);
      });

      it('does not know what came of a reset while the request is read', async () => {
        server.cutEarly();
        expect((await at(server.url).create(submission, never)).kind).toBe('unknown');
      });

      it.each([
        ['says nothing', silent],
        ['drips without end', dripping],
      ])('gives up on a server that %s, not knowing', async (_name, script) => {
        server.play(script);
        const outcome = await at(server.url, IMPATIENT).create(submission, never);
        expect(outcome.kind).toBe('unknown');
        expect(server.seen).toHaveLength(1);
      });

      it.each([
        ['the refusal at 400', 400, answers.refused],
        ['the refusal at 403', 403, answers.refused],
        ['the refusal at 200', 200, answers.refused],
        ['an unknown key at 401', 401, answers.badKey],
        ['401 with an empty body', 401, ''],
        ['402 with a page', 402, '<html>pay</html>'],
        ['403 with a page', 403, '<html>blocked</html>'],
      ])('is refused by %s', async (_name, status, body) => {
        server.play(answering(status, body));
        const outcome = await at(server.url).create(submission, never);
        expect(outcome.kind).toBe('refused');
      });

      it.each([
        ['429 without a body', 429, ''],
        ['429 with a page', 429, '<html>slow down</html>'],
        ['429 with any envelope', 429, answers.refused],
        ['a busy envelope at 400', 400, answers.busy],
        ['a busy envelope at 200', 200, answers.busy],
      ])('hears of %s when to come again', async (_name, status, body) => {
        server.play(answering(status, body, { 'retry-after': '7' }));
        expect(await at(server.url).create(submission, never)).toMatchObject({
          kind: 'busy',
          retryAfterMs: 7000,
        });
      });

      const spentByCode = { code: 'insufficient_user_quota', message: 'x', msg: 'x', data: null };
      it.each([
        ['at 429, by its code', 429, spentByCode],
        ['at 403, by its code', 403, spentByCode],
        ['at 400, by its code', 400, spentByCode],
        ['at 200', 200, answers.balanceSpent],
      ])('takes a spent balance for a refusal %s', async (_name, status, body) => {
        server.play(answering(status, body, { 'retry-after': '7' }));
        expect(await at(server.url).create(submission, never)).toMatchObject({
          kind: 'refused',
          refusal: { category: 'balance-spent' },
        });
      });

      it('follows no redirect and shows the key to no other origin', async () => {
        const other = await startScriptedServer();
        open.push(other);
        for (const status of [301, 302, 303, 307, 308]) {
          server.play(answering(status, '', { location: `${other.url}/elsewhere` }));
          const outcome = await at(server.url).create(submission, never);
          expect(outcome.kind).toBe([302, 303].includes(status) ? 'unknown' : 'wrong-address');
        }
        expect(server.seen).toHaveLength(5);
        expect(other.seen).toEqual([]);
      });

      it.each([
        ['404 with a page', 404, '<html>not found</html>'],
        ['404 without a body', 404, ''],
        ['405 with a page', 405, '<html>not allowed</html>'],
      ])('finds nobody at the address by %s', async (_name, status, body) => {
        server.play(answering(status, body, { 'content-type': 'text/html' }));
        const outcome = await at(server.url).create(submission, never);
        expect(outcome.kind).toBe('wrong-address');
      });

      it('has not sent where nobody listens', async () => {
        await server.close();
        expect((await at(server.url).create(submission, never)).kind).toBe('not-sent');
      });

      it('has not sent where the name is unknown', async () => {
        const outcome = await at('http://nobody.invalid').create(submission, never);
        expect(outcome.kind).toBe('not-sent');
      });

      it('has not sent where the server speaks no TLS', async () => {
        const outcome = await at(server.url.replace('http:', 'https:')).create(submission, never);
        expect(outcome.kind).toBe('not-sent');
        expect(server.seen).toEqual([]);
      });

      it('has not sent where the TLS handshake hangs', async () => {
        const mute = createServer((socket) => socket.on('error', () => undefined).resume());
        await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
        open.push({ close: () => new Promise((resolve) => mute.close(() => resolve())) });
        const address = mute.address();
        if (address === null || typeof address === 'string') throw new Error('no port');
        const port = at(`https://127.0.0.1:${address.port}`, IMPATIENT);
        expect((await port.create(submission, never)).kind).toBe('not-sent');
        await port.close();
      });

      it('has not sent when it was called off before', async () => {
        const outcome = await at(server.url).create(submission, AbortSignal.abort());
        expect(outcome.kind).toBe('not-sent');
        expect(server.seen).toEqual([]);
      });

      it('does not know when it is called off after the request was read', async () => {
        server.play(silent);
        const stop = new AbortController();
        const arrived = server.nextRequest();
        const outcome = at(server.url).create(submission, stop.signal);
        await arrived;
        stop.abort();
        expect((await outcome).kind).toBe('unknown');
      });

      it('does not know what came of a create that a close cuts off', async () => {
        server.play(silent);
        const arrived = server.nextRequest();
        const port = at(server.url);
        const outcome = port.create(submission, never);
        await arrived;
        await port.close();
        expect(await outcome).toEqual({ kind: 'unknown', detail: 'ABORTED' });
      });

      it('sends a second create over a connection of its own', async () => {
        const ports = new Set<number | undefined>();
        server.play((response, request, socket) => {
          ports.add(socket.remotePort);
          answering(200, answers.created('task-1'))(response, request, socket);
        });
        const port = at(server.url);
        await port.create(submission, never);
        await port.create(submission, never);
        expect(ports.size).toBe(2);
      });

      it('keeps an echoed key and a signed address out of what it tells', async () => {
        const echo = JSON.stringify(answers.refused).replace(
          'REASON',
          `${API_KEY} https://cdn.test/a.png?ex=1&hm=SIGNATURE`,
        );
        server.play(answering(400, echo));
        const outcome = JSON.stringify(await at(server.url).create(submission, never));
        expect(outcome).toContain('https://cdn.test/a.png');
        expect(outcome).not.toContain('SIGNATURE');
        expect(outcome).not.toContain(API_KEY);
      });
    });

    describe('querying', () => {
      it('asks at the address of the document, with the id encoded', async () => {
        server.play(answering(200, answers.finished('https://cdn.test/v.mp4')));
        expect(await at(server.url).query('cgt-1:a_b.c', never)).toMatchObject({
          kind: 'finished',
          resultUrl: 'https://cdn.test/v.mp4',
        });
        expect(server.seen).toMatchObject([
          {
            method: 'GET',
            path: `${provider.queryPath}/cgt-1%3Aa_b.c`,
            headers: { authorization: `Bearer ${API_KEY}` },
            body: '',
          },
        ]);
      });

      it.each([
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
        'ü 任务',
        'a'.repeat(512),
      ])('asks for exactly %j', async (id) => {
        server.play(answering(200, answers.finished('https://cdn.test/v.mp4')));
        await at(server.url).query(id, never);
        const [request] = server.seen;
        // As a server reads it: by the rules of addresses, then the last segment decoded once.
        const { pathname, search } = new URL(request?.path ?? '', server.url);
        const prefix = `${provider.queryPath}/`;
        expect(search).toBe('');
        expect(pathname.slice(0, prefix.length)).toBe(prefix);
        expect(decodeURIComponent(pathname.slice(prefix.length))).toBe(id);
        expect(pathname.slice(prefix.length)).not.toContain('/');
      });

      it.each(['', '.', '..', ' a', 'a\n', 'a\u0000b', '\ud800', 'a'.repeat(513)])(
        'asks nothing for the id %j',
        async (id) => {
          expect(await at(server.url).query(id, never)).toMatchObject({
            kind: 'fault',
            fault: 'bad-response',
          });
          expect(server.seen).toEqual([]);
        },
      );

      const faults: [string, string, Script][] = [
        ['unauthorized', '401', answering(401, answers.badKey)],
        ['unavailable', '403 with a page', answering(403, '<html></html>')],
        ['unavailable', '500', answering(500, '')],
        ['unavailable', '503 with an envelope', answering(503, answers.refused)],
        ['unavailable', 'a reset', cutUnanswered],
        ['unavailable', 'a cut within the answer', cutInBody],
        ['unavailable', 'an answer that is not HTTP', notHttp],
        ['wrong-address', '404 with a page', answering(404, '<html></html>')],
        ['wrong-address', '404 without a body', answering(404, '')],
        ['wrong-address', '405 with a page', answering(405, '<html></html>')],
        ['wrong-address', 'a lasting redirect', answering(301, '', { location: '/elsewhere' })],
        ['bad-response', 'a page', answering(200, '<html></html>')],
        ['bad-response', 'an empty body', answering(200, '')],
        ['bad-response', 'a list', answering(200, [])],
        ['bad-response', 'JSON null', answering(200, 'null')],
        ['bad-response', 'an object about nothing', answering(200, {})],
        ['bad-response', 'a bare status', answering(200, { status: 'error' })],
        ['bad-response', 'a redirect', answering(302, '', { location: '/elsewhere' })],
        ['bad-response', 'a huge answer', answering(200, padded(answers.finished('https://a.b')))],
      ];
      it.each(faults)('calls it %s on %s', async (fault, _name, script) => {
        server.play(script);
        expect(await at(server.url).query('task-1', never)).toMatchObject({ kind: 'fault', fault });
      });

      it.each([
        ['says nothing', silent],
        ['drips without end', dripping],
      ])('gives up on a server that %s', async (_name, script) => {
        server.play(script);
        expect(await at(server.url, IMPATIENT).query('task-1', never)).toMatchObject({
          kind: 'fault',
          fault: 'unavailable',
        });
      });

      it('is unavailable where nobody listens and when called off', async () => {
        const port = at(server.url);
        const calledOff = await port.query('task-1', AbortSignal.abort());
        await server.close();
        const unheard = await port.query('task-1', never);
        expect([calledOff, unheard]).toMatchObject([
          { kind: 'fault', fault: 'unavailable' },
          { kind: 'fault', fault: 'unavailable' },
        ]);
      });

      it.each([
        ['the provider saying so at 404', 404, answers.missing],
        ['the provider saying so at 400', 400, answers.missing],
        ['the provider saying so at 200', 200, answers.missing],
      ])('misses the task on %s', async (_name, status, body) => {
        server.play(answering(status, body));
        expect(await at(server.url).query('task-1', never)).toEqual({ kind: 'missing' });
      });

      it('is told to come again by 429', async () => {
        // By the provider's own clock, however wrong it, or ours, may be.
        const headers = {
          date: 'Thu, 01 Jan 2015 00:00:00 GMT',
          'retry-after': 'Thu, 01 Jan 2015 00:00:30 GMT',
        };
        server.play(answering(429, '', headers));
        expect(await at(server.url).query('task-1', never)).toMatchObject({
          kind: 'busy',
          retryAfterMs: 30_000,
        });
      });
    });
  });
}

/** The same answer, grown beyond the suite's size limit. */
function padded(answer: object): object {
  return { ...answer, pad: 'x'.repeat(70_000) };
}
