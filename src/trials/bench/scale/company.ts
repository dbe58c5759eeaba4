import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SLOTS } from '../../../domain/slots.ts';
import { startBenchProcess } from '../bench-process.ts';
import type { BenchProcess } from '../bench-process.ts';
import { environmentOf } from '../bench-testbed.ts';
import { createIds, guildIdOf, memberIdOf } from '../world/interaction.ts';
import { startLeanDiscord } from '../world/lean-discord.ts';
import type { LeanDiscord } from '../world/lean-discord.ts';
import { startLeanProvider } from '../world/lean-provider.ts';

/** The processes of one bot, with a Discord and a provider of their own. */
export interface Company {
  readonly discord: LeanDiscord;
  readonly bots: readonly BenchProcess[];
  /** Rejects when one of them ends unexpectedly. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

interface CompanyOptions {
  /** How many processes; several need a database of Postgres. */
  readonly processes: number;
  /** The address of the database; a file in the company's folder if not given. */
  readonly databaseUrl?: string;
}

/** The provider is instant: the first poll, made at once, finds the video. */
const PACE = { POLL_MIN_MS: '1', POLL_MAX_MS: '1' };

/** One key for all. */
const SECRET_KEY = Buffer.alloc(32, 7).toString('base64');

/** So long a call waits for its video before the next attempt, in milliseconds. */
const PATIENCE_MS = 2000;
const ATTEMPTS = 60;

/** Starts the processes; resolves when each slot is served, by as many processes as there are. */
export async function startCompany(options: CompanyOptions): Promise<Company> {
  const { processes, databaseUrl } = options;
  const discord = await startLeanDiscord();
  const provider = await startLeanProvider({ clipBytes: 50_000 });
  const folder = await mkdtemp(join(tmpdir(), 'clapper-bench-'));
  const start = async (at: number): Promise<BenchProcess> => {
    const own = join(folder, `bot-${at}`);
    await mkdir(own);
    const shared =
      databaseUrl === undefined
        ? {}
        : { STORE_URL: databaseUrl, SECRET_KEY, INSTANCE: `bot-${at}`, MEDIA_MAX_BYTES: '0' };
    const env = { ...environmentOf({ discord, provider, folder: own }), ...PACE, ...shared };
    return startBenchProcess({ file: 'main.js', folder: own, env });
  };
  // The first one alone, so that it has the gateway and keeps it.
  const first = await start(1);
  await Promise.race([discord.ready, first.failed]);
  const rest = Array.from({ length: processes - 1 }, async (_, at) => start(at + 2));
  const bots = [first, ...(await Promise.all(rest))];
  const failed = Promise.race(bots.map(async (bot) => bot.failed));
  // What waits for one of them races it; when nothing waits, the failure is no news.
  failed.catch(() => undefined);
  return {
    discord,
    bots,
    failed,
    async close() {
      await Promise.all([
        ...bots.map(async (bot) => bot.stop()),
        discord.close(),
        provider.close(),
      ]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const nextId = createIds();

/** Makes a video in a server of each slot, and again where it does not come: who owns it may change. */
export async function untilServed({ discord }: Pick<Company, 'discord'>): Promise<void> {
  for (let slot = 0; slot < SLOTS; slot += 1) await untilDelivered(discord, slot);
}

async function untilDelivered(discord: LeanDiscord, slot: number): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { delivered } = callIn(discord, slot);
    const late = wait(PATIENCE_MS, false, { ref: false });
    if (await Promise.race([delivered.then(() => true), late])) return;
  }
  throw new Error(`no process serves the servers of slot ${slot}`);
}

/** Few enough that each is known to its owner after the first turn; as many in each slot. */
const GUILDS = 5 * SLOTS;

/** Calls `/video` by the nth member. */
export function callIn(discord: LeanDiscord, serial: number): ReturnType<LeanDiscord['send']> {
  return discord.send({
    id: nextId(),
    guildId: guildIdOf(serial % GUILDS),
    memberId: memberIdOf(serial),
    prompt: `A lighthouse in a storm, take ${serial}`,
  });
}
