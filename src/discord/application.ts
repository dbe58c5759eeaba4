import type { REST } from 'discord.js';
import { z } from 'zod';
import { snowflakeSchema } from '../domain/tasks/snowflake.ts';
import { Routes } from './discord-js.ts';
import { withCallSignal } from './rest/call-signal.ts';

/** The bot's application, as Discord describes it. */
export const applicationSchema = z.object({
  id: snowflakeSchema,
  /** Signs what is sent by HTTP: 64 hex digits. */
  verify_key: z.string().optional(),
  /** Where interactions are sent; nothing if they are sent over the gateway. */
  interactions_endpoint_url: z.string().nullish(),
});

export type Application = z.output<typeof applicationSchema>;

/** Reads the application that the token belongs to. */
export async function readApplication(rest: REST, signal: AbortSignal): Promise<Application> {
  const read = async (own: AbortSignal) => rest.get(Routes.currentApplication(), { signal: own });
  return applicationSchema.parse(await withCallSignal(signal, read));
}

/** Whether what Discord signs can be checked with this key; so it is taken if Discord names none. */
export function isKeyOf(publicKey: string, { verify_key: key }: Pick<Application, 'verify_key'>) {
  return key === undefined || key.toLowerCase() === publicKey.toLowerCase();
}

/** Whether Discord sends interactions by HTTP, so that none arrive over the gateway. */
export function hasEndpoint({ interactions_endpoint_url: url }: Application): boolean {
  return (url ?? '') !== '';
}
