import { withPreferences } from '../domain/preferences/with-preferences.ts';
import type { FilledRequest } from '../domain/preferences/with-preferences.ts';
import type { VideoRequest } from '../domain/routes/request.ts';
import type { Route } from '../domain/routes/route.ts';
import { newReference } from './new-reference.ts';
import type { Log } from './ports/core.ts';
import type { PreferencesStore } from './ports/preferences-port.ts';

/**
 * Fills in a typed request with what the member prefers, or says that the store does not answer:
 * without the preferences they would get something else than they asked for. Never rejects.
 */
export type FillIn = (
  memberId: string,
  route: Route,
  request: VideoRequest,
) => Promise<FilledRequest | { readonly kind: 'store-down'; readonly reference: string }>;

export function createFillIn({
  preferences,
  log,
}: {
  readonly preferences: Pick<PreferencesStore, 'get'>;
  readonly log: Log;
}): FillIn {
  return async (memberId, route, request) => {
    try {
      return withPreferences(request, route, await preferences.get(memberId));
    } catch (cause) {
      const reference = newReference();
      log.error({ err: cause, reference }, 'store does not answer');
      return { kind: 'store-down', reference };
    }
  };
}
