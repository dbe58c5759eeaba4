import { DIALECTS } from '../../../src/simulators/providers/dialects.ts';
import type { ProviderName } from '../../../src/simulators/providers/dialects.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';

/** What a provider was asked to make. */
export interface Made {
  /** As the bot calls it. */
  readonly route: string;
  readonly seconds: number;
}

/** Reads what a create asks for as its provider does. */
export function madeOf({ provider, body }: RecordedRequest): Made {
  const name: ProviderName = provider === 'jimmy' ? 'jimmy' : 'anyfast';
  const read = DIALECTS[name](() => 'id').readCreate(body);
  if (!read.ok) throw new Error(read.reason);
  const { model, durationSeconds: seconds } = read.clip;
  return { route: `${provider}/${model.replace(/_720p$/, '')}`, seconds };
}

/** The word in a prompt that stands for its task. */
export function labelIn(body: unknown): string | undefined {
  return /video-\d+-z/.exec(JSON.stringify(body) ?? '')?.[0];
}
