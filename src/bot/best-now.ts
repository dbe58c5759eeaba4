import type { Clock } from '../app/ports/core.ts';
import type { Config } from '../config/config.ts';
import { discordNow } from '../discord/reader/discord-now.ts';
import { createOutbound } from '../outbound/outbound.ts';

/** Discord's time, asked for before anything else is; the machine's where Discord does not answer. */
export async function bestNow(config: Config, machine: Pick<Clock, 'now'>): Promise<number> {
  const connect = createOutbound(config).proxied?.toConfigured;
  const asked = await discordNow({ ...config.discord, now: machine.now, connect });
  return asked ?? machine.now();
}
