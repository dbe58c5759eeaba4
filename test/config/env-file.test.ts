import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderFault } from '../../src/config/config-fault.ts';
import { readEnvFile, withEnvFile } from '../../src/config/env-file.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

async function fileWith(content: string | Uint8Array): Promise<string> {
  const path = join(await createTemporaryFolder(), '.env');
  await writeFile(path, content);
  return path;
}

/** The rendered faults, with the file named `.env`. */
async function faultsOf(content: string | Uint8Array): Promise<string[]> {
  const path = await fileWith(content);
  return readEnvFile(path).faults.map((fault) => renderFault({ ...fault, name: '.env' }));
}

describe('withEnvFile', () => {
  it('puts the file behind the environment, which wins even where it is empty', () => {
    const entries = [
      { name: 'A', value: 'file' },
      { name: 'B', value: 'file' },
      { name: 'C', value: 'first' },
      { name: 'C', value: 'last' },
    ];
    expect(withEnvFile({ A: 'environment', B: '' }, entries)).toEqual({
      A: 'environment',
      B: '',
      C: 'last',
    });
  });
});

describe('readEnvFile', () => {
  it('reads comments, quotation marks, blanks and what Windows editors add', async () => {
    const path = await fileWith('\uFEFFA=1\r\n# B=2\r\n\r\nexport C = "x # y" # z\r\nD=\r\n');
    expect(readEnvFile(path)).toEqual({
      exists: true,
      entries: [
        { name: 'A', value: '1', line: 1 },
        { name: 'C', value: 'x # y', line: 4 },
        { name: 'D', value: '', line: 5 },
      ],
      faults: [],
    });
  });

  it('is empty where there is no file', async () => {
    const path = join(await createTemporaryFolder(), '.env');
    expect(readEnvFile(path)).toEqual({ exists: false, entries: [], faults: [] });
  });

  it.each([
    ['DISCORD_TOKEN s3cret-token', ' (is DISCORD_TOKEN meant?)'],
    ['DISCORD_TOKN: s3cret-token', ' (is DISCORD_TOKEN meant?)'],
    ['BUDGET_DAILY 5 s3cret', ' (is BUDGET_DAY meant?)'],
    ['GUILD_IDS 123 s3cret', ' (is DISCORD_GUILD_IDS meant?)'],
    ['s3cret.of.somebody', ''],
    ['a s3cret with words', ''],
  ])(
    'tells of the line %j by its number and the nearest name, never by its text',
    async (line, hint) => {
      expect(await faultsOf(`A=1\n\n${line}\nJIMMY_API_KEY=def\n`)).toEqual([
        `.env: line 3 is neither NAME=value nor a comment${hint}. Correct the line, or begin it with #.`,
      ]);
    },
  );

  it('reads the lines around one that is no setting', async () => {
    const path = await fileWith('A=1\nDISCORD_TOKEN abc\nJIMMY_API_KEY=def\n');
    expect(readEnvFile(path).entries).toEqual([
      { name: 'A', value: '1', line: 1 },
      { name: 'JIMMY_API_KEY', value: 'def', line: 3 },
    ]);
  });

  it('tells of a value that swallows a setting of ours', async () => {
    const forgotten = 'JIMMY_API_KEY="s3cret\nBUDGET_DAY=5\nNOTE=" # end\n';
    const [line, ...more] = await faultsOf(forgotten);
    expect(more).toEqual([]);
    expect(line).toContain(
      '.env: line 1 begins a value in quotation marks that swallows the line of BUDGET_DAY',
    );
    expect(line).not.toContain('s3cret');
  });

  it('leaves alone a value over several lines that is meant', async () => {
    expect(await faultsOf('NOTE="one\ntwo=2\nthree"\nA=1\n')).toEqual([]);
  });

  it('tells of a file in another encoding', async () => {
    expect(await faultsOf(Buffer.from('A=1\n', 'utf16le'))).toEqual([
      '.env: is not UTF-8 text. Save it as UTF-8.',
    ]);
  });

  it('tells of a folder in its place', async () => {
    const path = join(await createTemporaryFolder(), '.env');
    await mkdir(path);
    expect(readEnvFile(path).faults).toMatchObject([{ problem: 'cannot be read (EISDIR)' }]);
  });
});
