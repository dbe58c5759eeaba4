import type { Clock, Log } from '../../app/ports/core.ts';
import type { ProviderHold, ProviderShare } from '../../app/ports/provider-share-port.ts';
import type { Membership } from './membership.ts';
import { readProviders, reportProvider } from './provider-rows.ts';
import type { ProviderRow } from './provider-rows.ts';
import { repeat } from './repeat.ts';

/** What others reported is read again this often, in milliseconds, in case a notice is lost. */
const READ_MS = 3000;

export interface ProviderShareDeps {
  readonly membership: Pick<
    Membership,
    'sessions' | 'members' | 'placesOf' | 'foundCreates' | 'onMail' | 'onProviderNotice'
  >;
  readonly fit: ShareFit;
  readonly clock: Pick<Clock, 'elapsed' | 'after'>;
  readonly log: Log;
  /** A token that no write ever had. */
  readonly newToken: () => string;
  readonly readMs?: number;
}

/** The share of a member, until it is closed. */
export interface OpenedProviderShare {
  readonly share: ProviderShare;
  /** Reads no more. */
  readonly close: () => Promise<void>;
}

/** Answers a membership before there is anything in flight, and after. */
export interface ShareFit extends Pick<ProviderShare, 'useFit'> {
  /** Given to the membership. */
  readonly fitsShare: (members: number) => boolean;
}

/** Creates the answer to whether what is in flight fits a share; nothing is before it is given. */
export function createShareFit(): ShareFit {
  let fits: ((members: number) => boolean) | undefined;
  return {
    fitsShare: (members) => fits?.(members) ?? true,
    useFit(given) {
      fits = given;
    },
  };
}

/** Opens what a member has of the limits that all share. */
export function openProviderShare(deps: ProviderShareDeps): OpenedProviderShare {
  const { membership, fit, clock } = deps;
  const changed: (() => void)[] = [];
  const news = createNews(deps);
  const reads = repeat(clock, deps.readMs ?? READ_MS, async () => news.read());
  membership.onProviderNotice(reads.now);
  membership.onMail((slot) => {
    if (slot === undefined) for (const then of changed) then();
  });
  reads.now();
  let processes = 1;
  return {
    share: {
      placesOf: membership.placesOf,
      foundCreates: membership.foundCreates,
      processes() {
        // While the connections are cut, what was seen last counts.
        processes = membership.members().length || processes;
        return processes;
      },
      onChange: (then) => void changed.push(then),
      useFit: fit.useFit,
      report: news.report,
      onReport(then) {
        news.onReport(then);
        reads.now();
      },
    },
    close: async () => reads.stop(),
  };
}

/** When what was found out ends, in milliseconds of the monotonic clock; 0 for a provider not busy. */
type Found = Partial<ProviderHold>;

/** What is reported to the others, and by them. */
function createNews({
  membership: { sessions },
  clock,
  log,
  newToken,
}: ProviderShareDeps): Pick<ProviderShare, 'report' | 'onReport'> & { read(): Promise<void> } {
  const listeners: ((provider: string, hold: ProviderHold) => void)[] = [];
  /** The write that was heard of last, by provider. */
  const heard = new Map<string, string>();
  /** What could not be reported yet. */
  const unreported = new Map<string, Found>();

  const hear = ({ provider, version, hold }: ProviderRow): void => {
    if (heard.get(provider) === version) return;
    heard.set(provider, version);
    for (const then of listeners) then(provider, hold);
  };
  const write = async (provider: string, found: Found): Promise<boolean> => {
    try {
      const news = { provider, token: newToken(), found: leftOf(found, clock.elapsed()) };
      const row = await reportProvider(sessions.current().read, news);
      hear(row);
      return row.isNewPause;
    } catch (cause) {
      log.warn({ err: cause, provider }, 'a provider could not be reported to other processes yet');
      unreported.set(provider, together(found, unreported.get(provider)));
      return true;
    }
  };
  return {
    report: async (provider, found) => write(provider, endsOf(found, clock.elapsed())),
    onReport(then) {
      listeners.push(then);
      // It has heard of none of them.
      heard.clear();
    },
    async read() {
      const late = [...unreported];
      unreported.clear();
      for (const [provider, found] of late) await write(provider, found);
      try {
        for (const row of await readProviders(sessions.current().read)) hear(row);
      } catch (cause) {
        log.debug({ err: cause }, 'what others found of providers could not be read yet');
      }
    },
  };
}

function endsOf(found: Partial<ProviderHold>, nowMs: number): Found {
  return mapped(found, (ms) => (ms > 0 ? nowMs + ms : 0));
}

function leftOf(found: Found, nowMs: number): Partial<ProviderHold> {
  return mapped(found, (ends) => Math.max(0, ends - nowMs));
}

/** The later of two pauses and blocks, and what was said last of being busy. */
function together(last: Found, before: Found = {}): Found {
  const later = (name: 'pausedMs' | 'blockedMs') => Math.max(last[name] ?? 0, before[name] ?? 0);
  const pause = before.pause ?? last.pause;
  const both = { pausedMs: later('pausedMs'), blockedMs: later('blockedMs'), pause };
  const busyMs = last.busyMs ?? before.busyMs;
  return busyMs === undefined ? both : { ...both, busyMs };
}

function mapped(
  { pausedMs, blockedMs, busyMs, ...why }: Found,
  change: (ms: number) => number,
): Found {
  return {
    ...why,
    ...(pausedMs === undefined ? {} : { pausedMs: change(pausedMs) }),
    ...(blockedMs === undefined ? {} : { blockedMs: change(blockedMs) }),
    ...(busyMs === undefined ? {} : { busyMs: change(busyMs) }),
  };
}
