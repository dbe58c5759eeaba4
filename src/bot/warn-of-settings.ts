import { differingSettings, renderGroups } from '../domain/differing-settings.ts';
import type { Membership } from '../store/postgres/membership.ts';
import type { StoreContext } from './bot-context.ts';

/**
 * Warns, once at each change, of settings that are not the same for all processes of a database: an
 * update one by one passes through such a time, and a forgotten process stays in it.
 */
export function warnOfSettings(
  { log }: Pick<StoreContext, 'log'>,
  membership: Pick<Membership, 'members' | 'onMail'>,
): void {
  let known = new Map<string, string>();
  membership.onMail((slot) => {
    const members = membership.members();
    // By a renewal only, and not while it is no member itself.
    if (slot !== undefined || members.length === 0) return;
    const processes = members.map(({ instance, settings }) => ({
      instance,
      digests: settings?.digests,
    }));
    const found = new Map(
      differingSettings(processes).map((one) => [one.setting, renderGroups(one)]),
    );
    for (const [setting, instances] of found) {
      if (known.get(setting) === instances) continue;
      log.warn({ setting, instances }, 'a setting differs between processes of this database');
    }
    if (known.size > 0 && found.size === 0) {
      log.info({}, 'the settings of all processes of this database are the same again');
    }
    known = found;
  });
}
