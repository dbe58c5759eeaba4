import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { OLD_KEY, OLD_VERSIONS, oldStore } from '../store/schema/old-store.ts';
import { openTestbed } from './bot-testbed.ts';
import { callVideo, hasClip } from './video-call.ts';

it.each(OLD_VERSIONS)(
  'a store that %s wrote is copied, migrated and worked on',
  async (version) => {
    const testbed = await openTestbed({
      env: {
        SECRET_KEY: Buffer.from(OLD_KEY).toString('base64'),
        // What it had as running is unknown to the provider that runs here.
        DISCORD_GUILD_IDS: '',
      },
    });
    onTestFinished(async () => testbed.close());
    testbed.expectError(/damaged record quarantined/);
    const path = join(testbed.folder, 'clapper.sqlite');
    const before = await openSqliteRecords(path);
    await before.write(oldStore(version));
    await before.close();

    await testbed.start();
    expect(testbed.bot.lines.filter((line) => line.includes('"store migrated"'))).toHaveLength(1);
    const copies = (await readdir(testbed.folder)).filter((name) => name.includes('.schema-1-'));
    expect(copies).toHaveLength(1);
    const copy = await openSqliteRecords(join(testbed.folder, copies[0] ?? ''));
    for (const { key, value } of oldStore(version).filter((one) => !one.key.startsWith('meta:'))) {
      expect(await copy.get(key)).toEqual(value);
    }
    await copy.close();

    const call = await callVideo(testbed, 'A swan that was a duckling');
    await call.waitFor(hasClip);
    // Killed and started again: nothing is migrated twice.
    await testbed.kill();
    await testbed.start();
    expect(testbed.bot.lines.filter((line) => line.includes('"store migrated"'))).toEqual([]);
  },
);
