/**
 * The journal lines of a member's uploads. While a charge is open its guild's process writes its line
 * anew, so only that one may take the member out of it.
 */
export interface UploadLines {
  /** How many there are in each guild. */
  countOf(memberId: string): Promise<ReadonlyMap<string, number>>;
  /** Takes the member out of those in a guild until then, in milliseconds; none has an open charge. */
  forget(
    memberId: string,
    until: { readonly guildId: string; readonly until: number },
  ): Promise<void>;
}
