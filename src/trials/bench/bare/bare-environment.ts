import { env } from 'node:process';

interface BareEnvironment {
  readonly apiUrl: string;
  readonly token: string;
  readonly providerUrl: string;
}

/** Reads what the bare bots need from the real bot's environment. */
export function bareEnvironment(): BareEnvironment {
  const { DISCORD_API_URL = '', DISCORD_TOKEN = '', JIMMY_API_URL = '' } = env;
  return { apiUrl: DISCORD_API_URL, token: DISCORD_TOKEN, providerUrl: JIMMY_API_URL };
}
