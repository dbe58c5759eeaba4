import { describe, expect, it } from 'vitest';
import type { CreateOutcome } from '../../src/app/ports/provider-port.ts';
import { ANYFAST_DIALECT } from '../../src/providers/anyfast/dialect.ts';
import { JIMMY_DIALECT } from '../../src/providers/jimmy/dialect.ts';
import { readCreate } from '../../src/providers/read-create.ts';
import { withUnreadyAssets } from '../../src/providers/unready-assets.ts';
import { answer } from './answer.ts';

const NOT_FOUND = 'InvalidParameter: the specified asset asset-1 is not found.';
const PROCESSING = 'the asset asset-1 is still processing and is not available yet';
const ASSET = 'asset://asset-1';

const error = (message: string, code = 'InvalidParameter') => ({ error: { message, code } });

interface Case {
  readonly status?: number;
  readonly body: unknown;
  readonly url?: string;
  readonly prompt?: string;
  readonly dialect?: typeof ANYFAST_DIALECT;
}

function kindOf({ status = 400, body, url = ASSET, prompt = 'a cat', dialect }: Case) {
  const of = dialect ?? ANYFAST_DIALECT;
  const result = answer(status, body);
  const read: CreateOutcome = readCreate(result, of, prompt);
  const media = [{ role: 'reference_image', url }] as const;
  return withUnreadyAssets(read, result, of, { prompt, media }).kind;
}

describe('a create with media of a library', () => {
  it.each<[what: string, given: Case]>([
    ['an asset is not found', { body: error(NOT_FOUND) }],
    ['an asset is still processing', { body: error(PROCESSING) }],
    ['there is no such asset, by its code', { status: 404, body: error(NOT_FOUND, 'NotFound') }],
    ['it says so without a code', { body: { code: 1, message: PROCESSING } }],
  ])('is tried again when %s', (_what, given) => {
    expect(kindOf(given)).toBe('assets-unready');
  });

  it.each<[what: string, given: Case, kind: CreateOutcome['kind']]>([
    ['its answer is HTTP 500', { status: 500, body: error(NOT_FOUND) }, 'unknown'],
    ['the gateway lost track of it', { body: error(NOT_FOUND, 'do_request_failed') }, 'unknown'],
    ['a task was made', { status: 200, body: { id: 'cgt-1', message: NOT_FOUND } }, 'created'],
    ['it is no JSON', { status: 200, body: NOT_FOUND }, 'unknown'],
    ['the provider is busy', { status: 429, body: error(NOT_FOUND) }, 'busy'],
    ['the key is refused', { status: 401, body: error(NOT_FOUND) }, 'refused'],
    ['the balance is spent', { body: error(NOT_FOUND, 'insufficient_user_quota') }, 'refused'],
    ['it has no such media', { body: error(NOT_FOUND), url: 'https://cdn.test/1' }, 'refused'],
    ['the words may be of the prompt', { body: error(NOT_FOUND), prompt: NOT_FOUND }, 'refused'],
    ['the message is long', { body: error(NOT_FOUND + ' '.repeat(400) + '.') }, 'refused'],
    ['something else is wrong', { body: error('the asset is too large') }, 'refused'],
    [
      'no document gives the sentence',
      { status: 200, body: { code: -1, msg: NOT_FOUND }, dialect: JIMMY_DIALECT },
      'refused',
    ],
  ])('is not when %s', (_what, given, kind) => {
    expect(kindOf(given)).toBe(kind);
  });
});
