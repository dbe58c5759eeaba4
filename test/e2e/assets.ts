import { expect, vi } from 'vitest';
import type { OptionValue } from '../../src/simulators/discord/actors/api.ts';
import { PERMISSION } from '../../src/simulators/discord/world/permissions.ts';
import type { BotTestbed } from './bot-testbed.ts';
import { openTestbed } from './bot-testbed.ts';
import { callVideo, fileFor } from './video-call.ts';

export const SP = { model: 'jimmy/seedance2.0-sp' };
export const HERO = { name: 'hero', kind: 'image', file: fileFor('image1') } as const;
/** An upload and its review, on a busy machine. */
export const SOON = { timeout: 30_000 };

export async function withBot(
  work: (testbed: BotTestbed) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const testbed = await openTestbed({ env: { FFMPEG_PATH: '/nowhere/ffmpeg', ...env } });
  try {
    await testbed.start();
    await work(testbed);
  } finally {
    await testbed.close();
  }
}

/** What `/asset` answers to an admin. */
export async function manage(
  { discord }: BotTestbed,
  subcommand: 'add' | 'list' | 'show' | 'remove',
  options: Readonly<Record<string, OptionValue>> = {},
  permissions: bigint | undefined = PERMISSION.manageGuild,
): Promise<string> {
  const member = discord.member(permissions === 0n ? {} : { permissions });
  const call = await member.slash(discord.channelId, `asset ${subcommand}`, options);
  const { content, ephemeral } = await call.waitFor((message) => message.content !== '');
  expect(ephemeral).toBe(true);
  return content;
}

/** Names a file, and waits until both providers have it. */
export async function addReady(
  testbed: BotTestbed,
  options: Readonly<Record<string, OptionValue>> & { readonly name: string } = HERO,
): Promise<void> {
  const { name } = options;
  const added = await manage(testbed, 'add', options);
  expect(added).toContain(`**${name}** is being uploaded to Jimmy AI and AnyFast`);
  await vi.waitFor(async () => {
    const shown = await manage(testbed, 'show', { name });
    expect(shown).toMatch(/Jimmy AI: ready\n- AnyFast: ready/);
  }, SOON);
}

/** What a `/video` that is refused at once is answered. */
export async function refusalOf(
  testbed: BotTestbed,
  prompt: string,
  options: Readonly<Record<string, OptionValue>> = SP,
): Promise<string> {
  const call = await callVideo(testbed, prompt, options);
  const { content, ephemeral } = await call.waitFor((message) => message.content !== '');
  expect(ephemeral).toBe(true);
  return content;
}
