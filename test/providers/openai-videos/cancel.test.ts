import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProvider } from '../../../src/providers/create-provider.ts';
import { answering, startScriptedServer } from '../scripted-server.ts';
import type { Script, ScriptedServer } from '../scripted-server.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';
import { declaredIn, serverOf } from './examples.ts';

const NEVER = new AbortController().signal;

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => server.close());

/** What a server that deletes answers to a cancel. */
async function cancelled(script: Script) {
  const [declared] = declaredIn(
    serverOf('vLLM-Omni', {
      url: `${server.url}/v1`,
      key: 'sk-of-the-gpu',
      dialect: { cancel: 'delete' },
      models: [{ ...EXAMPLE, picture: false }],
    }),
  );
  if (declared === undefined) throw new Error('nothing is declared');
  const { descriptor, baseUrl, apiKey = '' } = declared;
  server.play(script);
  const provider = createProvider(descriptor, { baseUrl, apiKey, media: memoryMedia() });
  try {
    return await provider.cancel?.('video_gen_a/b', NEVER);
  } finally {
    await provider.close();
  }
}

const EXAMPLE = {
  id: 'wan',
  seconds: { min: 2, max: 5, default: 5 },
  sizes: { '720p': { '16:9': '1280x704' } },
};

it('a video is cancelled at a declared server by its deletion, with the key', async () => {
  const deleted = { id: 'video_gen_a/b', deleted: true, object: 'video.deleted' };
  expect(await cancelled(answering(200, deleted))).toEqual({ kind: 'accepted' });
  expect(server.seen).toMatchObject([
    {
      method: 'DELETE',
      path: '/v1/videos/video_gen_a%2Fb',
      headers: { authorization: 'Bearer sk-of-the-gpu' },
    },
  ]);
});

it.each<[string, Script, string]>([
  ['SGLang’s object', answering(200, { id: 'a', status: 'deleted' }), 'accepted'],
  ['FastAPI’s 404', answering(404, { detail: 'Video not found' }), 'missing'],
  ['no such path', answering(404, { detail: 'Not Found' }), 'unclear'],
  ['no such method', answering(405, { detail: 'Method Not Allowed' }), 'unclear'],
  ['a conflict', answering(409, { error: { message: 'is over', code: 'conflict' } }), 'refused'],
])('%s is read as an answer to it', async (_what, script, kind) => {
  expect(await cancelled(script)).toMatchObject({ kind });
});
