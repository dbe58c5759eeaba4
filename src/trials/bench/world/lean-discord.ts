import { once } from 'node:events';
import { createServer } from 'node:http';
import { openCall } from './call.ts';
import type { Call, OpenCall } from './call.ts';
import { BOT_USER_ID, usageInteraction, videoInteraction } from './interaction.ts';
import type { UsageInteraction, VideoInteraction } from './interaction.ts';
import { createLeanGateway } from './lean-gateway.ts';
import { answerLean } from './lean-rest.ts';
import type { LeanRestOptions } from './lean-rest.ts';
import { portOf } from './port-of.ts';

/** The benchmark's Discord. */
export interface LeanDiscord {
  readonly apiUrl: string;
  readonly token: string;
  /** Resolves when a bot has identified and READY was sent to it. */
  readonly ready: Promise<void>;
  /** Sends a `/video` to the bot. */
  send(interaction: VideoInteraction): Call;
  /** Sends a `/usage` to the bot. */
  sendUsage(interaction: UsageInteraction): Call;
  /** Sends any other interaction to the bot. */
  sendAny(interaction: { readonly id: string }): Call;
  close(): Promise<void>;
}

const TOKEN = `${Buffer.from(BOT_USER_ID).toString('base64url')}.Sandbx.${'simulated'.repeat(4)}`;

/**
 * Starts just enough of Discord for a log-in, a `/video` and the edits of its message. It checks
 * nothing: the sandbox's Discord checks everything and would be slower than what is measured.
 */
export async function startLeanDiscord(
  options: Pick<LeanRestOptions, 'refuseEdit' | 'keepsBodies'> = {},
): Promise<LeanDiscord> {
  const server = createServer();
  const gatewayUrl = (): string => `ws://127.0.0.1:${portOf(server)}`;
  const gateway = createLeanGateway(server, gatewayUrl);
  const calls = new Map<string, OpenCall>();
  const restOptions: LeanRestOptions = { ...options, calls, gatewayUrl };
  server.on('request', (request, response) => {
    void answerLean(request, response, restOptions);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sendAs = (id: string, interaction: object): Call => {
    const open = openCall(id);
    calls.set(id, open);
    gateway.dispatch('INTERACTION_CREATE', interaction);
    return open.call;
  };
  return {
    apiUrl: `http://127.0.0.1:${portOf(server)}/api`,
    token: TOKEN,
    ready: gateway.ready,
    send: (interaction) => sendAs(interaction.id, videoInteraction(interaction)),
    sendUsage: (interaction) => sendAs(interaction.id, usageInteraction(interaction)),
    sendAny: (interaction) => sendAs(interaction.id, interaction),
    async close() {
      gateway.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
