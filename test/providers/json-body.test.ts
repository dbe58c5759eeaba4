import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GivenSubmission } from '../../src/app/ports/provider-port.ts';
import { ANYFAST } from '../../src/providers/anyfast/descriptor.ts';
import { inSlices, partedBody } from '../../src/providers/body-parts.ts';
import type { PartedBody } from '../../src/providers/body-parts.ts';
import { createBodyBy } from '../../src/providers/create-body-by.ts';
import { jsonBody } from '../../src/providers/json-body.ts';

const [ROUTE] = ANYFAST.routes;
if (ROUTE === undefined) throw new Error('a route is needed');
const createBody = createBodyBy(ANYFAST, { baseUrl: 'https://x.test' }).bind(undefined, ROUTE);

const submissionWith = (prompt: string, media: GivenSubmission['media']): GivenSubmission => ({
  route: 'anyfast/seedance-2.0-mini',
  prompt,
  durationSeconds: 5,
  media,
});

async function written(body: string | PartedBody): Promise<Buffer> {
  if (typeof body === 'string') return Buffer.from(body);
  const slices: Uint8Array[] = [];
  for await (const slice of inSlices(body)) slices.push(slice);
  return Buffer.concat(slices);
}

describe('the body of a create', () => {
  it('with files is the JSON of their data URIs, of the length that it says', async () => {
    const files = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), files, async (prompt, contents) => {
        const url = 'data:image/png;base64,';
        const role = 'reference_image' as const;
        const inside = contents.map((content) => ({ role, url, content }));
        const addressed = { role, url: 'https://cdn.discordapp.com/a.png' };
        const { sent: body } = jsonBody(submissionWith(prompt, [...inside, addressed]), createBody);
        const whole = contents.map((content) => ({
          role,
          url: `${url}${Buffer.from(content).toString('base64')}`,
        }));
        const bytes = await written(body);
        expect(bytes.toString()).toBe(
          JSON.stringify(
            createBody({ ...submissionWith(prompt, []), media: [...whole, addressed] }),
          ),
        );
        const said = typeof body === 'string' ? undefined : body.bytes;
        expect(said).toBe(contents.length === 0 ? undefined : bytes.length);
      }),
    );
  });
});

describe('a body of many slices', () => {
  it('is the same as at once, and others have a turn between any two', async () => {
    const content = Buffer.alloc(700_001, 'a picture');
    const body = partedBody([content, { inBase64: content.subarray(1) }]);
    let turns = 0;
    let isRunning = true;
    const count = (): void => {
      turns += 1;
      if (isRunning) setImmediate(count);
    };
    setImmediate(count);
    const slices: Uint8Array[] = [];
    for await (const slice of inSlices(body)) slices.push(slice);
    isRunning = false;
    const whole = Buffer.concat([content, Buffer.from(content.subarray(1).toString('base64'))]);
    expect(Buffer.concat(slices).equals(whole)).toBe(true);
    expect(body.bytes).toBe(whole.length);
    expect(slices.length).toBe(8);
    expect(turns).toBeGreaterThanOrEqual(slices.length - 1);
    expect(Math.max(...slices.map(({ length }) => length))).toBeLessThanOrEqual(256 * 1024);
  });
});
