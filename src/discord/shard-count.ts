import type { REST } from 'discord.js';
import { z } from 'zod';
import { SLOTS } from '../domain/slots.ts';
import { Routes } from './discord-js.ts';

const gatewaySchema = z.object({ shards: z.int().positive() });

/**
 * Reads how many shards Discord recommends, rounded up to a power of two. At most one for each slot,
 * so that every slot belongs to one shard: slot n to shard n modulo the number of shards.
 */
export async function readRecommendedShards(rest: REST): Promise<number> {
  const { shards } = gatewaySchema.parse(await rest.get(Routes.gatewayBot()));
  return Math.min(SLOTS, 2 ** Math.ceil(Math.log2(shards)));
}
