import { z } from 'zod';
import type { DiscordReader } from '../discord/reader/discord-reader.ts';
import { errorCode } from '../domain/error-code.ts';
import { targetOf, type Connector } from '../outbound/connector.ts';
import { openConnection } from '../outbound/open-connection.ts';
import { behindProxy } from './behind-proxy.ts';
import { fault, ok } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const { gateway: texts, noConnection } = doctorTexts;

const gatewaySchema = z.object({ url: z.url({ protocol: /^wss?$/ }) });

/**
 * Checks whether the gateway can be reached. It has a name of its own, which a proxy or a firewall
 * may not allow although it allows the rest of Discord. Says nothing where Discord does not name it.
 */
export async function checkGateway(ask: DiscordReader, connect: Connector): Promise<Finding[]> {
  const answer = await ask('/gateway');
  const named = gatewaySchema.safeParse(answer.kind === 'answer' ? answer.body : undefined);
  if (!named.success) return [];
  const { protocol, hostname, port } = new URL(named.data.url.replace(/^ws/, 'http'));
  const target = targetOf(protocol, hostname.replace(/^\[(.*)\]$/, '$1'), port);
  try {
    const { socket } = await openConnection(target, connect);
    socket.destroy();
    return [ok(texts.about, texts.reached)];
  } catch (error) {
    const code = errorCode(error) ?? noConnection;
    return [fault(texts.about, behindProxy(code) ?? texts.unreachable(hostname, code))];
  }
}
