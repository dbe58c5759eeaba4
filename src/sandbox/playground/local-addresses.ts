import { isRecord } from '../../simulators/discord/values.ts';

type Json = Readonly<Record<string, unknown>>;

/** Replaces the simulated CDN's addresses by paths, which the page loads from its own origin. */
export function withLocalAddresses(objects: readonly Json[], origin: string): Json[] {
  return objects.map((object) => localized(object, origin));
}

/** Removes the origin of the simulated CDN from an address; leaves other addresses as they are. */
export function localAddress(address: string, origin: string): string {
  return address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
}

function localized(object: Json, origin: string): Json {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, localValue(value, origin)] as const),
  );
}

function localValue(value: unknown, origin: string): unknown {
  if (typeof value === 'string') return localAddress(value, origin);
  if (Array.isArray(value)) return value.map((item) => localValue(item, origin));
  return isRecord(value) ? localized(value, origin) : value;
}
