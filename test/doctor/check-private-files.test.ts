import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPrivateFiles } from '../../src/doctor/check-private-files.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

describe.skipIf(process.platform === 'win32')('private files', () => {
  it('are fine if only their owner can read them, or if they are missing', async () => {
    const folder = temporaryFolder();
    const env = join(folder, '.env');
    writeFileSync(env, 'DISCORD_TOKEN=x');
    chmodSync(env, 0o600);
    expect((await checkPrivateFiles([env, join(folder, 'none')])).level).toBe('ok');
  });

  it.each([0o644, 0o640, 0o602])('of mode %o are named with what to do', async (mode) => {
    const env = join(temporaryFolder(), '.env');
    writeFileSync(env, 'DISCORD_TOKEN=x');
    chmodSync(env, mode);
    const finding = await checkPrivateFiles([env]);
    expect(finding.level).toBe('warning');
    expect(finding.advice).toBe(`Run: chmod go= ${env}`);
  });
});
