import type { ProviderPort } from '../app/ports/provider-port.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import type { ProviderId } from '../domain/routes/provider-traits.ts';
import type { BotContext } from './bot-context.ts';

/** A task id that no provider gives; asking for it costs nothing. */
const NO_TASK = 'clapper-start-no-such-task';

/**
 * Asks each provider once for a task that does not exist, in the background: a wrong address (another
 * server's 404 or page) is an error in the log before the first video, not after it.
 */
export function checkAddresses(
  { log, resources }: Pick<BotContext, 'log' | 'resources'>,
  providers: ReadonlyMap<ProviderId, ProviderPort>,
): void {
  const stopping = createStopSignal();
  const checks = [...providers].map(async ([provider, port]) => {
    try {
      const answer = await port.query(NO_TASK, stopping.signal);
      if (answer.kind !== 'fault' || answer.fault !== 'wrong-address') return;
      log.error(
        { provider, detail: answer.detail },
        'the address set for this provider is wrong: no video API answers there; npm run doctor says more',
      );
    } catch (cause) {
      // Only a stop cuts it off.
      log.debug({ err: cause, provider }, 'address of a provider not checked');
    }
  });
  resources.own('address checks', async () => {
    stopping.abort();
    await Promise.all(checks);
  });
}
