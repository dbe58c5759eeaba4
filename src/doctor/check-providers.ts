import { z } from 'zod';
import type { ProviderPort, QueryOutcome } from '../app/ports/provider-port.ts';
import type { Config } from '../config/config.ts';
import { doubtAddresses } from '../config/provider-address.ts';
import type { AddressDoubt } from '../config/provider-address.ts';
import type { ProviderId } from '../domain/routes/route.ts';
import { createAnyfastProvider } from '../providers/anyfast/adapter.ts';
import { createJsonClient } from '../providers/http-json.ts';
import type { HttpResult } from '../providers/http-json.ts';
import { createJimmyProvider } from '../providers/jimmy/adapter.ts';
import { parseJson } from '../providers/read-answer.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** A task id that no provider uses. Polling it costs nothing. */
const NO_TASK = 'clapper-doctor-no-such-task';

const PROVIDERS = {
  jimmy: { title: 'Jimmy AI', create: createJimmyProvider },
  anyfast: { title: 'AnyFast', create: createAnyfastProvider },
} as const satisfies Record<
  ProviderId,
  { title: string; create: (settings: Settings) => ProviderPort & { close(): Promise<void> } }
>;

interface Settings {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** Checks whether each enabled provider accepts its key, and Jimmy AI's balance. */
export async function checkProviders(config: Pick<Config, 'providers'>): Promise<Finding[]> {
  const { jimmy, anyfast } = config.providers;
  const findings = await Promise.all([
    ...(jimmy === undefined ? [] : [checkKey('jimmy', jimmy), checkJimmyBalance(jimmy)]),
    ...(anyfast === undefined ? [] : [checkKey('anyfast', anyfast)]),
  ]);
  return [
    ...doubtAddresses(config).map(addressFinding),
    ...findings.filter((finding) => finding !== undefined),
  ];
}

function addressFinding({ provider, name, tooMuch, instead }: AddressDoubt): Finding {
  return fault(
    `${PROVIDERS[provider].title} address`,
    `${name} ends with ${tooMuch}, which the bot adds itself`,
    `Set ${name} to ${instead}, or leave it out for the default`,
  );
}

async function checkKey(id: ProviderId, settings: Settings): Promise<Finding> {
  const provider = PROVIDERS[id].create(settings);
  try {
    return keyFinding(id, await provider.query(NO_TASK, new AbortController().signal));
  } finally {
    await provider.close();
  }
}

/** Only the provider's own "no such task" proves that it is reachable and accepted the key. */
function keyFinding(id: ProviderId, answer: QueryOutcome): Finding {
  const { title: about } = PROVIDERS[id];
  const name = id.toUpperCase();
  switch (answer.kind) {
    case 'missing':
      return ok(about, 'answers and accepts the key');
    case 'busy':
      return warning(about, `is busy (${answer.detail})`, 'Try again later');
    case 'pending':
    case 'finished':
    case 'failed':
      return warning(
        about,
        'returns a task that does not exist, so it is not clear whether it accepts the key',
        `Check that ${name}_API_URL is the provider's own address`,
      );
    case 'fault':
      return faultFinding(id, answer);
  }
}

function faultFinding(
  id: ProviderId,
  { fault: kind, detail }: Extract<QueryOutcome, { kind: 'fault' }>,
): Finding {
  const { title: about } = PROVIDERS[id];
  const name = id.toUpperCase();
  switch (kind) {
    case 'unauthorized':
      return fault(
        about,
        `refuses the key (${detail})`,
        `Copy ${name}_API_KEY anew from the provider's console`,
      );
    case 'wrong-address':
      return fault(
        about,
        `is not at this address: the path of its API does not exist there (${detail})`,
        `Set ${name}_API_URL to the address without any path, or leave it out for the default`,
      );
    case 'bad-response':
      return fault(
        about,
        `does not answer as this provider does; another server may be at this address (${detail})`,
        `Check ${name}_API_URL, and whether a proxy or a log-in page answers instead`,
      );
    case 'unavailable':
      return fault(
        about,
        `does not answer as it should (${detail})`,
        `Check the network, and ${name}_API_URL where it is set; else try again later`,
      );
  }
}

const balanceSchema = z.object({ data: z.object({ available: z.coerce.number() }) });

/** `undefined` if the provider does not send it: not every key has the permission. */
async function checkJimmyBalance(settings: Settings): Promise<Finding | undefined> {
  const client = createJsonClient(settings);
  try {
    const path = '/api/open-api/v1/user/balance';
    return balanceFinding(await client.get(path, new AbortController().signal));
  } finally {
    await client.close();
  }
}

function balanceFinding(result: HttpResult): Finding | undefined {
  if (result.kind !== 'answer' || result.body.kind !== 'text') return undefined;
  const balance = balanceSchema.safeParse(parseJson(result.body.text)).data;
  if (balance === undefined) return undefined;
  const { available } = balance.data;
  const text = `${available} of the account's coins are left`;
  if (available > 0) return ok('Jimmy AI balance', text);
  return fault('Jimmy AI balance', text, 'Top the account up');
}
