const DISCORD_EPOCH_MS = 1_420_070_400_000;
// discord.js requires ids of at least 17 digits; earlier times would give shorter ones.
const EARLIEST_MS = 1_577_836_800_000;
const TIMESTAMP_SHIFT = 22n;

/** Creates a generator of increasing ids, 18 or 19 digits, that contain the virtual time. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const ms = Math.max(Math.trunc(now()), EARLIEST_MS) - DISCORD_EPOCH_MS;
    const fresh = BigInt(ms) << TIMESTAMP_SHIFT;
    last = fresh > last ? fresh : last + 1n;
    return String(last);
  };
}
