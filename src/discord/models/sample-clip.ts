import type { DurationStore } from '../../app/ports/duration-port.ts';
import type { TypicalDuration } from '../../domain/durations/typical-duration.ts';
import type { PriceList } from '../../domain/ledger/price-list.ts';
import type { Quote } from '../../domain/ledger/quote.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import { effectiveResolution } from '../../domain/routes/submission.ts';
import { quoteRequest } from '../../domain/ways/way.ts';

/** What models are compared by: a short clip from words, in the route's own resolution. */
export interface SampleClip {
  readonly seconds: number;
  readonly quote: Quote;
  /** `undefined` if too few such clips have finished. */
  readonly typicalDuration: TypicalDuration | undefined;
}

/** The services that say what a clip costs and takes, from memory. */
export interface SampleServices {
  readonly priceList: PriceList | undefined;
  readonly durations: Pick<DurationStore, 'typical'>;
}

const SAMPLE_SECONDS = 5;

/** The request of a clip of five seconds, or of the length nearest to that. */
export function sampleRequest({ duration: { min, max } }: Route): VideoRequest {
  const durationSeconds = Math.min(Math.max(SAMPLE_SECONDS, min), max);
  return { prompt: '…', durationSeconds, media: {} };
}

/** The clip of five seconds of a route, or of the length nearest to that. */
export function sampleClip(route: Route, { priceList, durations }: SampleServices): SampleClip {
  const request = sampleRequest(route);
  const { durationSeconds: seconds = SAMPLE_SECONDS } = request;
  const resolution = effectiveResolution(route, undefined);
  return {
    seconds,
    quote: quoteRequest(priceList, route, request),
    typicalDuration: durations.typical({ route: route.id, resolution, durationSeconds: seconds }),
  };
}
