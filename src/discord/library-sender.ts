import type { RESTOptions } from 'discord.js';
import type { Connector } from '../outbound/connector.ts';
import { Agent } from '../outbound/undici.ts';
import { DefaultRestOptions } from './discord-js.ts';

/** The function by which discord.js sends a request. */
export type SendRequest = RESTOptions['makeRequest'];

type RequestAgent = NonNullable<Parameters<SendRequest>[1]['dispatcher']>;

/** Sends a request as discord.js does by default. */
export async function sendByLibrary(...args: Parameters<SendRequest>): ReturnType<SendRequest> {
  return DefaultRestOptions.makeRequest(...args);
}

/**
 * Sends requests as discord.js does, over connections that `connect` opens; without it, over those
 * of discord.js.
 */
export function createLibrarySender(connect: Connector | undefined): SendRequest {
  if (connect === undefined) return sendByLibrary;
  const agent: unknown = new Agent({ connect });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- discord.js sends by an older undici, whose requests this agent takes as well
  const dispatcher = agent as RequestAgent;
  return async (url, init) => sendByLibrary(url, { ...init, dispatcher });
}
