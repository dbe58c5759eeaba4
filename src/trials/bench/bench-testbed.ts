import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBenchProcess } from './bench-process.ts';
import type { BenchProcess } from './bench-process.ts';
import { startLeanDiscord } from './world/lean-discord.ts';
import type { LeanDiscord } from './world/lean-discord.ts';
import { startLeanProvider } from './world/lean-provider.ts';
import type { LeanProvider } from './world/lean-provider.ts';

/** One bot, ours or a bare one, with its own Discord and provider. */
export interface BenchTestbed {
  readonly discord: LeanDiscord;
  readonly bot: BenchProcess;
  /** The time from the start of its process to the gateway's READY. */
  readonly loginMs: number;
  close(): Promise<void>;
}

interface BenchTestbedOptions {
  /** The bot's file below `dist/src`; `main.js` is ours. */
  readonly file: string;
  readonly provider?: Partial<Parameters<typeof startLeanProvider>[0]>;
  readonly discord?: Parameters<typeof startLeanDiscord>[0];
  /** Settings in addition to the bot's addresses, keys and limits. */
  readonly env?: Readonly<Record<string, string>>;
  /** Fills the folder before the bot starts; the store is `clapper.sqlite` in it. */
  readonly prepare?: (folder: string) => Promise<void>;
}

/** Starts Discord, the provider and the bot; resolves when the bot is logged in. */
export async function startBenchTestbed(options: BenchTestbedOptions): Promise<BenchTestbed> {
  const { file, env = {}, prepare } = options;
  const discord = await startLeanDiscord(options.discord);
  const provider = await startLeanProvider({ clipBytes: 50_000, ...options.provider });
  const folder = await mkdtemp(join(tmpdir(), 'clapper-bench-'));
  await prepare?.(folder);
  const environment = { ...environmentOf({ discord, provider, folder }), ...env };
  const startedAt = performance.now();
  const bot = startBenchProcess({ file, folder, env: environment });
  await Promise.race([discord.ready, bot.failed]);
  return {
    discord,
    bot,
    loginMs: performance.now() - startedAt,
    async close() {
      // Together: a killed process with open requests may end only when its peers close them.
      await Promise.all([bot.stop(), discord.close(), provider.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a bot is between. */
interface Surroundings {
  readonly discord: LeanDiscord;
  readonly provider: LeanProvider;
  readonly folder: string;
}

/** The settings of a bot whose files are in this folder. */
export function environmentOf({ discord, provider, folder }: Surroundings): Record<string, string> {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    JIMMY_API_KEY: provider.key,
    JIMMY_API_URL: provider.url,
    TRUSTED_MEDIA_HOSTS: provider.host,
    STORE_URL: `sqlite://${join(folder, 'clapper.sqlite')}`,
    DATA_DIR: folder,
    LOG_FORMAT: 'json',
    MAX_ACTIVE_PER_USER: '1000000',
    MAX_ACTIVE_PER_GUILD: '1000000',
    // No bare bot takes last frames, and other programs are not what is measured.
    FFMPEG_PATH: join(folder, 'no-ffmpeg'),
  };
}
