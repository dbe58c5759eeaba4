import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteRecords } from '../../src/store/records/sqlite-records.ts';
import { OLD_KEY, OLD_VERSIONS, oldStore } from '../store/schema/old-store.ts';
import { openStage } from './bot-stage.ts';
import { callVideo, hasClip } from './video-call.ts';

it.each(OLD_VERSIONS)(
  'a store that %s wrote is copied, migrated and worked on',
  async (version) => {
    const stage = await openStage({
      env: {
        SECRET_KEY: Buffer.from(OLD_KEY).toString('base64'),
        // What it had as running is unknown to the provider that runs here.
        DISCORD_GUILD_IDS: '',
      },
    });
    onTestFinished(async () => stage.close());
    stage.expectError(/damaged record quarantined/);
    const path = join(stage.folder, 'clapper.sqlite');
    const before = await openSqliteRecords(path);
    await before.write(oldStore(version));
    await before.close();

    await stage.start();
    expect(stage.bot.lines.filter((line) => line.includes('"store migrated"'))).toHaveLength(1);
    const copies = (await readdir(stage.folder)).filter((name) => name.includes('.schema-1-'));
    expect(copies).toHaveLength(1);
    const copy = await openSqliteRecords(join(stage.folder, copies[0] ?? ''));
    for (const { key, value } of oldStore(version).filter((one) => !one.key.startsWith('meta:'))) {
      expect(await copy.get(key)).toEqual(value);
    }
    await copy.close();

    const call = await callVideo(stage, 'A swan that was a duckling');
    await call.waitFor(hasClip);
    // Killed and started again: nothing is migrated twice.
    await stage.kill();
    await stage.start();
    expect(stage.bot.lines.filter((line) => line.includes('"store migrated"'))).toEqual([]);
  },
);
