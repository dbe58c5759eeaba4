const DISCORD_EPOCH_MS = 1_420_070_400_000;
// Earlier moments would give fewer than the 17 digits that discord.js demands of an id.
const EARLIEST_MS = 1_577_836_800_000;
const TIMESTAMP_SHIFT = 22n;

/** Ids like Discord's: 18 to 19 digits, made of the virtual time, always increasing. */
export function createSnowflakes(now: () => number): () => string {
  let last = 0n;
  return () => {
    const ms = Math.max(Math.trunc(now()), EARLIEST_MS) - DISCORD_EPOCH_MS;
    const fresh = BigInt(ms) << TIMESTAMP_SHIFT;
    last = fresh > last ? fresh : last + 1n;
    return String(last);
  };
}
