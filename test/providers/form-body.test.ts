import { describe, expect, it } from 'vitest';
import type { GivenSubmission } from '../../src/app/ports/provider-port.ts';
import { inSlices } from '../../src/providers/body-parts.ts';
import { formBody } from '../../src/providers/form-body.ts';

const submission = (media: GivenSubmission['media'] = []): GivenSubmission => ({
  route: 'gpu/model',
  prompt: 'a "quoted" prompt\r\n--clapper\r\n视频',
  durationSeconds: 5,
  media,
});

/** The parts of the form as a server reads them. */
async function readForm(given: GivenSubmission, more: object = {}) {
  const { sent } = formBody(given, ({ prompt, media }) => ({
    model: 'm',
    prompt,
    ...more,
    ...(media[0] === undefined ? {} : { input_reference: media[0].url }),
  }));
  const slices: Uint8Array[] = [];
  for await (const slice of inSlices(sent)) slices.push(slice);
  const body = Buffer.concat(slices);
  expect(body.length).toBe(sent.bytes);
  const form = await new Response(body, {
    headers: { 'content-type': sent.contentType },
  }).formData();
  return Object.fromEntries(form.entries());
}

describe('a create as a form', () => {
  it('has a field for each value: texts as they are, others as JSON', async () => {
    const fields = await readForm(submission(), { seconds: 5, extra: { a: [1] }, none: undefined });
    expect(fields).toEqual({
      model: 'm',
      prompt: submission().prompt,
      seconds: '5',
      extra: '{"a":[1]}',
    });
  });

  it('has a file as a part of its own, byte by byte', async () => {
    const content = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
    const url = 'data:image/png;base64,';
    const { input_reference: file } = await readForm(
      submission([{ role: 'first_frame', url, content }]),
    );
    if (!(file instanceof File)) throw new Error('no file arrived');
    expect([file.name, file.type]).toEqual(['input_reference.png', 'image/png']);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(content);
  });

  it('has an address as a text', async () => {
    const url = 'https://cdn.discordapp.com/a.png?ex=1';
    const fields = await readForm(submission([{ role: 'first_frame', url }]));
    expect(fields['input_reference']).toBe(url);
  });
});
