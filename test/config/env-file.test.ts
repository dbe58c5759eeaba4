import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withEnvFile } from '../../src/config/env-file.ts';
import { createTemporaryFolder } from './temporary-folder.ts';

async function fileWith(content: string | Uint8Array): Promise<string> {
  const path = join(await createTemporaryFolder(), '.env');
  await writeFile(path, content);
  return path;
}

describe('withEnvFile', () => {
  it('puts the file behind the environment, which wins even where it is empty', async () => {
    const path = await fileWith('A=file\nB=file\nC=file\n');
    expect(withEnvFile({ A: 'environment', B: '' }, path)).toEqual({
      env: { A: 'environment', B: '', C: 'file' },
      faults: [],
    });
  });

  it('reads comments, quotation marks, blanks and what Windows editors add', async () => {
    const path = await fileWith('\uFEFFA=1\r\n# B=2\r\n\r\nexport C = "x # y" # z\r\nD=\r\n');
    expect(withEnvFile({}, path)).toEqual({ env: { A: '1', C: 'x # y', D: '' }, faults: [] });
  });

  it('is the environment alone where there is no file', async () => {
    const path = join(await createTemporaryFolder(), '.env');
    const env = { A: '1' };
    expect(withEnvFile(env, path)).toEqual({ env, faults: [] });
  });

  it('tells of a line that would swallow the next, without its text', async () => {
    const path = await fileWith('A=1\nDISCORD_TOKEN abc\nJIMMY_API_KEY=def\n');
    const { env, faults } = withEnvFile({}, path);
    expect(env).toMatchObject({ A: '1' });
    expect(faults).toEqual([
      {
        name: path,
        wrong: 'has a line that is neither NAME=value nor a comment',
        todo: 'Correct the line, or begin it with #',
      },
    ]);
  });

  it('tells of a file in another encoding', async () => {
    const path = await fileWith(Buffer.from('A=1\n', 'utf16le'));
    expect(withEnvFile({}, path).faults).toMatchObject([{ wrong: 'is not UTF-8 text' }]);
  });

  it('tells of a folder in its place', async () => {
    const path = join(await createTemporaryFolder(), '.env');
    await mkdir(path);
    expect(withEnvFile({}, path).faults).toMatchObject([{ wrong: 'cannot be read (EISDIR)' }]);
  });
});
