import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Intent } from '../../../src/app/ports/intent-log-port.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { openIntentLines } from '../../../src/store/intents/intent-lines.ts';
import type { IntentLines } from '../../../src/store/intents/intent-lines.ts';
import { MINUTE_MS } from '../../../src/domain/time-units.ts';
import { APPLICATION_ID, GUILD_ID, MEMBER_ID } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clapper-intents-'));
  folders.push(folder);
  return folder;
}

function anIntent(number: number, memberId = MEMBER_ID): Intent {
  return {
    interactionId: String(1_300_000_000_000_000_000n + BigInt(number)),
    taskId: String(1_400_000_000_000_000_000n + BigInt(number)),
    applicationId: APPLICATION_ID,
    interactionToken: `token-${number}`,
    memberId,
    language: 'zh-CN',
    at: NOON + number,
  };
}

async function opened(
  folder: string,
  { key = 1, elapsed = () => 0 }: { readonly key?: number; readonly elapsed?: () => number } = {},
) {
  const log = recordingLog();
  const cipher = createCipher(new Uint8Array(32).fill(key));
  const intents = await openIntentLines({ folder, cipher, log, elapsed });
  return { intents, log };
}

/** What the next start finds. */
async function foundAfter(before: IntentLines, folder: string, key = 1): Promise<Intent[]> {
  before.end();
  const { intents } = await opened(folder, { key });
  const found = await intents.leftOver();
  intents.end();
  return found;
}

describe('an intent', () => {
  it('is found whole by the next start, with no token in the file', async () => {
    const folder = aFolder();
    const { intents } = await opened(folder);
    intents.append(anIntent(1), GUILD_ID);
    intents.append(anIntent(2), GUILD_ID);
    const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(text.join('')).not.toContain('token-');
    await expect(foundAfter(intents, folder)).resolves.toEqual([anIntent(1), anIntent(2)]);
  });

  it('that was closed is not found', async () => {
    const folder = aFolder();
    const { intents } = await opened(folder);
    intents.append(anIntent(1), GUILD_ID);
    intents.append(anIntent(2), GUILD_ID);
    intents.close(anIntent(1).interactionId);
    await expect(foundAfter(intents, folder)).resolves.toEqual([anIntent(2)]);
  });

  it('stays until it is dropped, over any number of starts', async () => {
    const folder = aFolder();
    const first = await opened(folder);
    first.intents.append(anIntent(1), GUILD_ID);
    await expect(foundAfter(first.intents, folder)).resolves.toHaveLength(1);
    const { intents } = await opened(folder);
    intents.append(anIntent(2), GUILD_ID);
    await intents.dropLeftOver([]);
    await expect(foundAfter(intents, folder)).resolves.toEqual([anIntent(2)]);
  });

  it('survives a torn line before it and after it', async () => {
    const folder = aFolder();
    const { intents, log } = await opened(folder);
    const [name = ''] = readdirSync(folder);
    appendFileSync(join(folder, name), '{"kind":"intent","at":17\n');
    intents.append(anIntent(1), GUILD_ID);
    appendFileSync(join(folder, name), '{"kind":"inte');
    await expect(foundAfter(intents, folder)).resolves.toEqual([anIntent(1)]);
    expect(log.lines).toEqual([]);
  });

  it('sealed with another key is skipped, and said so', async () => {
    const folder = aFolder();
    const { intents } = await opened(folder);
    intents.append(anIntent(1), GUILD_ID);
    intents.end();
    const second = await opened(folder, { key: 2 });
    await expect(second.intents.leftOver()).resolves.toEqual([]);
    expect(second.log.lines).toMatchObject([{ level: 'warn', fields: { unreadable: 1 } }]);
    second.intents.end();
  });

  it('moved to another interaction does not open', async () => {
    const folder = aFolder();
    const { intents } = await opened(folder);
    intents.append(anIntent(1), GUILD_ID);
    const [name = ''] = readdirSync(folder);
    const line = readFileSync(join(folder, name), 'utf8');
    const other = anIntent(2).interactionId;
    appendFileSync(join(folder, name), line.replace(anIntent(1).interactionId, other));
    await expect(foundAfter(intents, folder)).resolves.toEqual([anIntent(1)]);
  });
});

describe('a cut', () => {
  it('keeps what is younger than a quarter of an hour, and drops what is twice as old', async () => {
    const folder = aFolder();
    let minutes = 0;
    const { intents } = await opened(folder, { elapsed: () => minutes * MINUTE_MS });
    intents.append(anIntent(1), GUILD_ID);
    minutes = 15;
    await intents.cut();
    intents.append(anIntent(2), GUILD_ID);
    expect(readdirSync(folder)).toHaveLength(2);
    minutes = 30;
    await intents.cut();
    intents.append(anIntent(3), GUILD_ID);
    await expect(foundAfter(intents, folder)).resolves.toEqual([anIntent(2), anIntent(3)]);
  });

  it('drops what a start could not get rid of, as late as its own', async () => {
    const folder = aFolder();
    const first = await opened(folder);
    first.intents.append(anIntent(1), GUILD_ID);
    first.intents.end();
    let minutes = 0;
    const { intents } = await opened(folder, { elapsed: () => minutes * MINUTE_MS });
    minutes = 14;
    await intents.cut();
    await expect(intents.leftOver()).resolves.toHaveLength(1);
    minutes = 15;
    await intents.cut();
    await expect(foundAfter(intents, folder)).resolves.toEqual([]);
  });

  it('after a deletion drops nothing too early', async () => {
    const folder = aFolder();
    let minutes = 0;
    const { intents } = await opened(folder, { elapsed: () => minutes * MINUTE_MS });
    intents.append(anIntent(1), GUILD_ID);
    minutes = 14;
    await intents.deleteMember('1400000000000000099');
    minutes = 15;
    await intents.cut();
    await expect(foundAfter(intents, folder)).resolves.toEqual([anIntent(1)]);
  });
});

describe('a deletion', () => {
  it('removes every line of the member and none of the others, and what comes after stays', async () => {
    const folder = aFolder();
    const other = '1400000000000000099';
    const { intents } = await opened(folder);
    intents.append(anIntent(1), GUILD_ID);
    intents.append(anIntent(2, other), GUILD_ID);
    await intents.deleteMember(MEMBER_ID);
    const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(text.join('')).not.toContain(MEMBER_ID);
    intents.append(anIntent(3), GUILD_ID);
    await expect(foundAfter(intents, folder)).resolves.toEqual([anIntent(2, other), anIntent(3)]);
  });
});

describe('a disk that takes nothing', () => {
  it('makes an append throw, and a close a warning', async () => {
    const folder = aFolder();
    const { intents, log } = await opened(folder);
    intents.end();
    expect(() => {
      intents.append(anIntent(1), GUILD_ID);
    }).toThrow('EBADF');
    intents.close(anIntent(1).interactionId);
    expect(log.lines).toMatchObject([{ level: 'warn' }]);
  });
});
