import { describe, expect, it } from 'vitest';
import { formBody } from '../../../src/discord/rest/multipart.ts';

describe('a message with files', () => {
  it('is a form that every reader of forms understands, byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const message = { content: 'é "quoted"\r\n--', attachments: [{ id: 0, filename: 'a.bin' }] };
    const { body, headers } = await formBody(message, [
      { name: 'a.bin', contentType: 'application/gzip', parts: [bytes, bytes] },
      { name: 'b.csv', contentType: 'text/csv; charset=utf-8', parts: [] },
    ]);
    if (!Buffer.isBuffer(body)) throw new Error('not a buffer');
    const form = await new Response(new Uint8Array(body), { headers: { ...headers } }).formData();
    const payload = form.get('payload_json');
    if (typeof payload !== 'string') throw new Error('not a text');
    expect(JSON.parse(payload)).toEqual(message);
    const [first, second] = [form.get('files[0]'), form.get('files[1]')];
    if (!(first instanceof File) || !(second instanceof File)) throw new Error('not files');
    expect(first.name).toBe('a.bin');
    expect(first.type).toBe('application/gzip');
    expect(new Uint8Array(await first.arrayBuffer())).toEqual(new Uint8Array([...bytes, ...bytes]));
    expect(second).toMatchObject({ name: 'b.csv', size: 0 });
  });
});
