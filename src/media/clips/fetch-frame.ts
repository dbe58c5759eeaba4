import { open, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { boundedSignal } from '../../app/bounded-signal.ts';
import { checkAddress } from '../../outbound/address-rules.ts';
import type { TrustedHost } from '../../outbound/address-rules.ts';
import { limitBytes } from '../../outbound/limit-bytes.ts';
import { createFault } from '../fetch-fault.ts';
import type { PinnedAgent } from '../pinned-agent.ts';
import { limitStalls } from '../stall-limit.ts';
import { discardBody } from '../take-answer.ts';

/** Downloads a last frame that a provider has, to a file. Errors name no address. */
export type FetchFrame = (url: string, toPath: string, signal: AbortSignal) => Promise<void>;

/** A picture of 4K as PNG is under this. */
const MAX_BYTES = 64 * 1024 * 1024;
const STALL_MS = 10_000;
const TOTAL_MS = 60_000;

const HEADERS = { 'accept-encoding': 'identity', 'user-agent': 'Clapper' };

/** Creates it. The address came from outside, so it is checked; no redirect is followed. */
export function createFetchFrame({
  agent,
  trustedHosts,
}: {
  readonly agent: PinnedAgent;
  readonly trustedHosts: readonly TrustedHost[];
}): FetchFrame {
  return async (url, toPath, caller) => {
    const checked = checkAddress(url, trustedHosts);
    if (!checked.ok) throw new Error(`its address is forbidden: ${checked.reason}`);
    const bounded = boundedSignal([caller], {
      ms: TOTAL_MS,
      reason: () => createFault('TOTAL_TIMEOUT'),
    });
    try {
      // Before the request, so that no file appears after a failed one was cleared away.
      const file = await open(toPath, 'w', 0o600);
      try {
        await download(checked.url, file, bounded.signal);
      } finally {
        await file.close();
      }
    } finally {
      bounded.release();
    }
  };

  async function download(url: URL, file: FileHandle, signal: AbortSignal): Promise<void> {
    const response = await agent.get(url, { headers: HEADERS, signal, headersMs: STALL_MS });
    try {
      if (response.statusCode !== 200) throw new Error(`status ${response.statusCode ?? 0}`);
      await writeFile(file, limitBytes(limitStalls(response, STALL_MS), MAX_BYTES), { signal });
    } finally {
      discardBody(response);
    }
  }
}
