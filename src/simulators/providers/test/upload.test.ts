import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SimulatedProviders } from '../simulated-providers.ts';
import { startSimulatedProviders } from '../simulated-providers.ts';
import { createClient, pick } from './client.ts';

let providers: SimulatedProviders;
beforeAll(async () => {
  providers = await startSimulatedProviders({ quick: true, taskMs: 0 });
});
afterAll(() => providers.close());

async function upload(name: string, field = 'file', key = providers.jimmy.key): Promise<unknown> {
  const form = new FormData();
  form.set(field, new File([Uint8Array.of(0, 255, 13, 10)], name, { type: 'image/png' }));
  const response = await fetch(`${providers.jimmy.url}/api/open-api/v1/files/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: form,
  });
  return response.json();
}

describe("Jimmy AI's upload", () => {
  it('gives an address under which the file is, and which a create takes', async () => {
    const answer = await upload('a.png');
    expect(answer).toMatchObject({
      code: '20000',
      data: { filename: 'a.png', size: 4, mime_type: 'image/png' },
    });
    const url = String(pick(answer, 'data.url'));
    const file = await fetch(url);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(Uint8Array.of(0, 255, 13, 10));
    const created = await createClient(providers, 'jimmy').create({
      model: 'seedance2.0-sp',
      prompt: 'a boat',
      duration: 5,
      images: [url],
    });
    expect(pick(created.body, 'data.status')).toBe('queued');
  });

  it.each([
    ['another type', 'a.exe', 'file'],
    ['another field', 'a.png', 'upload'],
  ])('refuses %s', async (_, name, field) => {
    expect(await upload(name, field)).toMatchObject({ code: 20002, data: null });
  });

  it('refuses another key, and a body that is no form', async () => {
    expect(await upload('a.png', 'file', 'wrong')).toMatchObject({ code: 20001 });
    const response = await fetch(`${providers.jimmy.url}/api/open-api/v1/files/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${providers.jimmy.key}` },
      body: 'text',
    });
    expect(await response.json()).toMatchObject({ code: 20002 });
  });

  it('answers as its knob says', async () => {
    providers.knobs.jimmy.upload.next({ kind: 'server-error', status: 502 });
    expect(await upload('a.png')).toMatchObject({ code: -1 });
    expect(providers.requests.at(-1)).toMatchObject({ purpose: 'upload', answer: 'server-error' });
  });
});

const content = (type: 'image_url' | 'audio_url' | 'video_url', url: string, role: string) => ({
  model: 'seedance-2.0-mini',
  content: [
    { type: 'text', text: 'a boat' },
    {
      type: 'image_url',
      image_url: { url: 'data:image/png;base64,AAAA' },
      role: 'reference_image',
    },
    { type, [type]: { url }, role },
  ],
});

describe('AnyFast', () => {
  it.each([
    ['a picture', content('image_url', 'data:image/webp;base64,AAAA', 'reference_image'), 200],
    ['a sound', content('audio_url', 'data:audio/mpeg;base64,AAAA', 'reference_audio'), 200],
    ['no video', content('video_url', 'data:video/mp4;base64,AAAA', 'reference_video'), 400],
    [
      'no picture as a sound',
      content('audio_url', 'data:image/png;base64,AAAA', 'reference_audio'),
      400,
    ],
  ])('takes %s inside of a create', async (_, body, status) => {
    const { status: answered } = await createClient(providers, 'anyfast').create(body);
    expect(answered).toBe(status);
  });
});
