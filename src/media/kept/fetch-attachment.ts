import type { IncomingMessage } from 'node:http';
import type { AddressProbe } from '../../app/ports/address-probe-port.ts';
import { boundedSignal } from '../../app/bounded-signal.ts';
import type { Attachment } from '../../domain/routes/request.ts';
import { checkAddress, isTrusted } from '../../outbound/address-rules.ts';
import type { TrustedHost } from '../../outbound/address-rules.ts';
import { limitBytes } from '../../outbound/limit-bytes.ts';
import { createFault } from '../fetch-fault.ts';
import type { PinnedAgent } from '../pinned-agent.ts';
import { limitStalls } from '../stall-limit.ts';
import { discardBody } from '../take-answer.ts';

/** Discord's hosts for attachments. */
const DISCORD_HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

/** The largest file that any provider takes as an upload; a larger one is not copied. */
const MAX_BYTES = 100_000_000;
const STALL_MS = 30_000;
const TOTAL_MS = 5 * 60_000;

/** The most that a look at an address may take, in milliseconds. */
const PROBE_MS = 2000;

const HEADERS = { 'accept-encoding': 'identity', 'user-agent': 'Clapper' };

/** Where a file of Discord is, and its size. */
type Located = Pick<Attachment, 'url' | 'bytes'>;

/** Reads attachments from Discord's CDN, and from nowhere else. */
export interface AttachmentSource extends AddressProbe {
  /** The content, complete: throws if it is not as large as Discord says. Errors name no address. */
  read(attachment: Located, signal: AbortSignal): AsyncIterable<Buffer>;
  /** Asks for these bytes of the file, the last one included. Errors name no address. */
  getPart(
    attachment: Pick<Located, 'url'>,
    part: { readonly first: number; readonly last: number },
    signal: AbortSignal,
  ): Promise<IncomingMessage>;
}

/** Creates the source. Addresses come from stored records, so each is checked; no redirect is followed. */
export function createAttachmentSource({
  agent,
  trustedHosts,
}: {
  readonly agent: PinnedAgent;
  readonly trustedHosts: readonly TrustedHost[];
}): AttachmentSource {
  const addressOf = ({ url: text }: Pick<Located, 'url'>): URL => {
    const checked = checkAddress(text, trustedHosts);
    if (!checked.ok) throw new Error(`the attachment's address is forbidden: ${checked.reason}`);
    const { url } = checked;
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    if (DISCORD_HOSTS.has(url.hostname) || isTrusted(url.hostname, port, trustedHosts)) return url;
    throw new Error("the attachment's address is not Discord's");
  };

  return {
    async *read(attachment, caller) {
      if (attachment.bytes > MAX_BYTES) throw new Error('the attachment is too large to be kept');
      const bounded = boundedSignal([caller], {
        ms: TOTAL_MS,
        reason: () => createFault('TOTAL_TIMEOUT'),
      });
      try {
        const options = { headers: HEADERS, signal: bounded.signal, headersMs: STALL_MS };
        yield* wholeBody(await agent.get(addressOf(attachment), options), attachment.bytes);
      } finally {
        bounded.release();
      }
    },
    async getPart(attachment, { first, last }, signal) {
      const headers = { ...HEADERS, range: `bytes=${first}-${last}` };
      return agent.get(addressOf(attachment), { headers, signal, headersMs: STALL_MS });
    },
    async isThere(attachment, signal) {
      try {
        const options = { method: 'HEAD', headers: HEADERS, signal, headersMs: PROBE_MS } as const;
        const response = await agent.get(addressOf(attachment), options);
        discardBody(response);
        return response.statusCode === 200;
      } catch {
        return false;
      }
    },
  };
}

async function* wholeBody(response: IncomingMessage, bytes: number): AsyncGenerator<Buffer> {
  try {
    if (response.statusCode !== 200) throw new Error(`status ${response.statusCode ?? 0}`);
    let received = 0;
    for await (const chunk of limitBytes(limitStalls(response, STALL_MS), bytes)) {
      received += chunk.length;
      yield chunk;
    }
    if (received < bytes) throw createFault('BODY_CUT');
  } finally {
    discardBody(response);
  }
}
