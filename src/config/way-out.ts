import type { Config } from './config.ts';
import type { ConfigFault } from './config-fault.ts';
import { faultsIn, presentTexts } from './setting-text.ts';
import type { Environment } from './setting-text.ts';
import { settingsSchema } from './settings.ts';
import type { Settings } from './settings.ts';

/** How the bot goes out. */
type WayOut = Pick<Config, 'proxies' | 'trustedMediaHosts'>;

const wayOutSchema = settingsSchema.pick({
  HTTPS_PROXY: true,
  ALL_PROXY: true,
  NO_PROXY: true,
  TRUSTED_MEDIA_HOSTS: true,
});

type WayOutSettings = Pick<Settings, keyof typeof wayOutSchema.shape>;

/** Names the settings of the way out as the rest of the bot knows them. */
export function wayOutOf(settings: WayOutSettings): WayOut {
  const { HTTPS_PROXY: httpsProxy, ALL_PROXY: allProxy, NO_PROXY: exceptions } = settings;
  return {
    proxies: { httpsProxy, allProxy, exceptions },
    trustedMediaHosts: settings.TRUSTED_MEDIA_HOSTS,
  };
}

/** Parses the way out alone, for a set-up whose other settings are still to be made. */
export function parseWayOut(
  env: Environment,
):
  | { readonly ok: true; readonly wayOut: WayOut }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] } {
  const parsed = wayOutSchema.safeParse(presentTexts(env, Object.keys(wayOutSchema.shape)));
  return parsed.success
    ? { ok: true, wayOut: wayOutOf(parsed.data) }
    : { ok: false, faults: faultsIn(parsed.error) };
}
