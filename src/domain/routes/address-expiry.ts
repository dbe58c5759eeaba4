/**
 * Until when an address of Discord's CDN is good, in milliseconds: its `ex` is the second of that, in
 * hex. `undefined` for any other address.
 */
export function addressExpiry(address: string): number | undefined {
  if (!URL.canParse(address)) return undefined;
  const text = new URL(address).searchParams.get('ex') ?? '';
  return /^[0-9a-f]{1,10}$/i.test(text) ? Number.parseInt(text, 16) * 1000 : undefined;
}
