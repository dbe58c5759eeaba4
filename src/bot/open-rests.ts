import type { DiscordTime } from '../app/discord-time.ts';
import { createBanWatch } from '../discord/ban-watch.ts';
import { createInvalidRequests } from '../discord/invalid-requests.ts';
import { carefulSends, createRestClients, plainSends } from '../discord/rest/rest-clients.ts';
import { createSharedRate } from '../discord/rest/shared-rate.ts';
import { patientRequests, watchedSends } from '../discord/watched-requests.ts';
import type { RequestWatch } from '../discord/watched-requests.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { bestKnownTime } from './bot-context.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';

/** The clients of Discord's API, and how what a start depends on is sent. */
export function openRests(
  context: BotContext,
  { share }: Pick<Stores, 'share'>,
  { time, outbound }: { readonly time: DiscordTime; readonly outbound: Outbound },
) {
  const { apiUrl, token } = context.config.discord;
  const watched = watchRequests(context, share, time);
  const sends = plainSends(apiUrl, outbound.proxied?.toConfigured);
  const rate = createSharedRate(share, context.clock);
  const rests = createRestClients(apiUrl, token, rate.careful(carefulSends(sends, watched)));
  const send = watchedSends(watched, sends.byDiscordJs);
  return { watched, rests, makeRequest: rate.patient(patientRequests({ ...watched, send })) };
}

/** Answers of Discord give the time, reveal bans and count towards one. */
function watchRequests(context: BotContext, share: Stores['share'], time: DiscordTime) {
  const { now } = bestKnownTime(context);
  const bans = createBanWatch({ clock: { ...context.clock, now }, log: context.log });
  const invalid = createInvalidRequests({ ...context, share });
  return { bans, invalid, now, time } satisfies RequestWatch;
}
