import { expect, it } from 'vitest';
import type { Submission, SubmittedMedia } from '../../src/domain/routes/submission.ts';
import { giveCopies } from '../../src/providers/give-copies.ts';
import { TASK_ID } from '../fakes/a-task.ts';

const { signal } = new AbortController();
const URL_1 = 'https://cdn.discordapp.com/a.png';
const FILE = { bytes: 4, mimeType: 'image/png' };
const COPY = { ...FILE, taskId: TASK_ID, option: 'first_frame', sha256: 'a'.repeat(64) } as const;
const KEPT = Buffer.from('kept');
const FETCHED = Buffer.from('sent');

/** What a provider that takes files alone is given of one picture. */
async function given(
  medium: Partial<SubmittedMedia>,
  { isKept = false, isThere = true } = {},
): Promise<unknown> {
  const submission: Submission = {
    route: 'gpu/model',
    prompt: 'a boat',
    durationSeconds: 5,
    media: [{ role: 'first_frame', url: URL_1, ...medium }],
  };
  const asked: unknown[] = [];
  const deps = {
    copies: { image: { way: 'data-uri', maxBytes: 100, isFileOnly: true } },
    media: { read: async () => (isKept ? KEPT : undefined) },
    upload: async () => ({ kind: 'not-sent' as const, detail: 'no upload' }),
    fetchFile: async (file: unknown) => {
      asked.push(file);
      return isThere ? FETCHED : undefined;
    },
  } as const;
  const result = await giveCopies(deps, submission, signal);
  const content = result.kind === 'given' ? result.submission.media[0]?.content : result;
  return { content, asked };
}

const ASKED = { url: URL_1, bytes: 4 };

it.each([
  ['a file of Discord', { file: FILE }, {}, { content: FETCHED, asked: [ASKED] }],
  ['a copy of the bot', { copy: COPY }, { isKept: true }, { content: KEPT, asked: [] }],
  ['a copy that is gone', { copy: COPY }, {}, { content: FETCHED, asked: [ASKED] }],
  [
    'a copy that is gone and has no address',
    { copy: COPY, url: '' },
    {},
    { content: { kind: 'gone' }, asked: [] },
  ],
  [
    'a file that cannot be had',
    { file: FILE },
    { isThere: false },
    { content: { kind: 'not-sent', detail: 'file not fetched' }, asked: [ASKED] },
  ],
])(
  'of %s a provider of files gets its content, never its address',
  async (_what, medium, world, expected) => {
    expect(await given(medium, world)).toEqual(expected);
  },
);
