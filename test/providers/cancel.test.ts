import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ANYFAST } from '../../src/providers/anyfast/descriptor.ts';
import { createProvider } from '../../src/providers/create-provider.ts';
import type { HttpLimits } from '../../src/providers/http-json.ts';
import { memoryMedia } from '../fakes/memory-media.ts';
import { answering, startScriptedServer } from './scripted-server.ts';
import type { Script, ScriptedServer } from './scripted-server.ts';

const NEVER = new AbortController().signal;
const LIMITS: HttpLimits = {
  connectMs: 5000,
  createMs: 5000,
  queryMs: 5000,
  maxBodyBytes: 65_536,
};

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => server.close());

/** A provider that documents a cancel, in the words of one that does not. */
function open() {
  return createProvider(
    { ...ANYFAST, cancel: { prefix: '/v1/tasks/' } },
    { baseUrl: server.url, apiKey: 'sk-0123456789', limits: LIMITS, media: memoryMedia() },
  );
}

async function cancelled(script: Script, id = 'cgt-1') {
  server.play(script);
  const provider = open();
  try {
    return await provider.cancel?.(id, NEVER);
  } finally {
    await provider.close();
  }
}

const error = (code: string) => ({ error: { code, message: 'x' } });

describe('a request to cancel a task', () => {
  it('is a DELETE of its id, with the key', async () => {
    await cancelled(answering(200, ''), 'a/b c');
    expect(server.seen).toMatchObject([
      {
        method: 'DELETE',
        path: '/v1/tasks/a%2Fb%20c',
        headers: { authorization: 'Bearer sk-0123456789' },
        body: '',
      },
    ]);
  });

  it('is not sent for what cannot be the id of a task', async () => {
    await expect(cancelled(answering(200, ''), '..')).resolves.toMatchObject({ kind: 'unclear' });
    expect(server.seen).toEqual([]);
  });

  it('does not exist where no document has it', async () => {
    const options = { baseUrl: server.url, apiKey: 'sk-0123456789', media: memoryMedia() };
    const provider = createProvider(ANYFAST, options);
    expect(Object.keys(provider)).not.toContain('cancel');
    await provider.close();
  });

  it.each<[string, Script, string]>([
    ['an empty 200', answering(200, ''), 'accepted'],
    ['204', answering(204, ''), 'accepted'],
    ['an object', answering(200, {}), 'accepted'],
    ['no JSON', answering(200, 'ok'), 'accepted'],
    ['an error at 200', answering(200, error('InvalidAction')), 'refused'],
    ['400', answering(400, error('InvalidAction.RunningTask')), 'refused'],
    ['409', answering(409, error('Conflict')), 'refused'],
    ['404', answering(404, error('NotFound.task')), 'missing'],
    ['no such task at 400', answering(400, error('task_not_exist')), 'missing'],
    ['a page of another server', answering(404, '<html>nginx</html>'), 'unclear'],
    ['405 of another server', answering(405, '<html>nginx</html>'), 'unclear'],
    ['401', answering(401, error('AuthenticationError')), 'unclear'],
    ['403', answering(403, error('AccessDenied')), 'unclear'],
    ['429', answering(429, error('RateLimitExceeded')), 'unclear'],
    ['500', answering(500, error('InternalServiceError')), 'unclear'],
    ['a redirect', answering(302, '', { location: 'https://x.test/' }), 'unclear'],
    ['a cut', (_response, _request, socket) => socket.resetAndDestroy(), 'unclear'],
    ['too much', answering(200, 'x'.repeat(70_000)), 'accepted'],
  ])('that is answered by %s', async (_what, script, kind) => {
    await expect(cancelled(script)).resolves.toMatchObject({ kind });
  });

  it('that is never answered ends when its caller says so', async () => {
    server.play(() => undefined);
    const provider = open();
    const stop = new AbortController();
    const cancel = provider.cancel?.('cgt-1', stop.signal);
    await server.nextRequest();
    stop.abort();
    await expect(cancel).resolves.toMatchObject({ kind: 'unclear' });
    await provider.close();
  });
});
