import type { RESTOptions } from 'discord.js';
import { DefaultRestOptions } from './discord-js.ts';

/** The function by which discord.js sends a request. */
export type SendRequest = RESTOptions['makeRequest'];

/** Sends a request as discord.js does by default. */
export async function sendByLibrary(...args: Parameters<SendRequest>): ReturnType<SendRequest> {
  return DefaultRestOptions.makeRequest(...args);
}
