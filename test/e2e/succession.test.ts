import { expect, it } from 'vitest';
import { z } from 'zod';
import type { BotProcess } from '../../src/sandbox/bot-process.ts';
import { describeOnPostgres } from '../fakes/on-postgres.ts';
import { SERVERS, openSeveral } from './several-bots.ts';
import { ANY_MODEL } from './video-call.ts';

const NOWHERE = { id: '', channelId: '' };
const portSchema = z.object({ port: z.number() });

async function addressOf(bot: BotProcess): Promise<string> {
  const line = await bot.waitForLine((text) => text.includes('"health server listening"'));
  return `http://127.0.0.1:${portSchema.parse(JSON.parse(line)).port}`;
}

describeOnPostgres('a process that leaves another one alone', (server) => {
  it('leaves it the commands to register, which may be others by now', async () => {
    const { bots } = await openSeveral(server, ['old']);
    const [served] = SERVERS;
    const next = await bots.start('next', { DISCORD_GUILD_IDS: served?.id ?? '' });
    const registered = next.waitForLine((line) => line.includes('"commands registered"'));
    bots.running.get('old')?.kill('SIGTERM');
    expect(await registered).toContain('"level":30');
  });

  it('takes what comes, and answers at /readyz that no more should', async () => {
    const env = { HTTP_PORT: '0' };
    const { testbed, bots } = await openSeveral(server, [], { env });
    const byHttp = { DISCORD_PUBLIC_KEY: testbed.discord.publicKey };
    const leaving = await bots.start('leaving', byHttp);
    await bots.start('staying', byHttp);
    const address = await addressOf(leaving);
    await testbed.discord.endpoint.set(`${address}/interactions`);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    const stopping = leaving.waitForLine((line) => line.includes('"stopping"'));
    leaving.kill('SIGTERM');
    await stopping;
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
    const [{ id: guildId, channelId } = NOWHERE] = SERVERS;
    const asked = { prompt: 'A knock at a door that is about to close', model: ANY_MODEL };
    const call = await testbed.discord.member({ guildId }).slash(channelId, 'video', asked);
    expect(await call.acknowledged).toMatchObject({ kind: 'deferred-message', ephemeral: false });
    expect(await leaving.exited).toBe(0);
  });
});
