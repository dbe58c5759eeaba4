import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { closedLine, intentLine } from '../../../src/store/intents/intent-line.ts';
import { addLines, readOpenLines } from '../../../src/store/intents/moved-lines.ts';
import { openLines } from '../../../src/store/intents/open-lines.ts';
import { APPLICATION_ID, GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const CIPHER = createCipher(new Uint8Array(32).fill(1));
const idOf = (number: number): string => String(1_300_000_000_000_000_000n + BigInt(number));
const lineOf = (number: number): string =>
  intentLine(
    CIPHER,
    {
      interactionId: idOf(number),
      taskId: idOf(number),
      applicationId: APPLICATION_ID,
      interactionToken: `token-${number}`,
      memberId: MEMBER_ID,
      language: 'en',
      at: number,
    },
    GUILD_ID,
  );

it('is nothing where a store has no folder', async () => {
  await expect(readOpenLines(join(temporaryFolder(), 'none'))).resolves.toEqual([]);
});

it('adds lines beside those that are there, for their owner alone, and reads each once', async () => {
  const folder = join(temporaryFolder(), 'intents', 'store');
  const [one, two, three] = [lineOf(1), lineOf(2), lineOf(3)];
  await addLines(folder, openLines([one, two]).lines);
  // What a cut move has left there, and the same call once more.
  await addLines(folder, openLines([two, three]).lines);
  appendFileSync(join(folder, '3.jsonl.part'), lineOf(4));
  appendFileSync(join(folder, '2.jsonl'), `${closedLine(idOf(1))}\n{"kind":"inte`);
  expect((await readOpenLines(folder)).map(({ text }) => text)).toEqual([two, three]);
  expect(readdirSync(folder).toSorted()).toEqual(['1.jsonl', '2.jsonl', '3.jsonl.part']);
  const modes = [folder, join(folder, '1.jsonl')].map((path) => statSync(path).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600]);
});

it('makes no folder where nothing is to be added', async () => {
  const folder = join(temporaryFolder(), 'none');
  await addLines(folder, []);
  await expect(readOpenLines(folder)).resolves.toEqual([]);
});
