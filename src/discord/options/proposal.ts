import type { SettingsProposal } from '../../domain/guild-settings.ts';
import { snowflakeTime } from '../../domain/tasks/snowflake.ts';
import { HOUR_MS } from '../../domain/time-units.ts';
import type { Editor } from './edit.ts';

/** How long an admin may take to answer, in milliseconds. */
export const PROPOSAL_MS = HOUR_MS;
/** So many may wait in a guild; then the oldest goes. */
const MAX_PROPOSALS = 10;

/** Keeps a change until its admin answers, under the id of the interaction that asks. */
export async function keepProposal(
  { guilds, guildId, callId: id, by }: Editor,
  proposed: Omit<SettingsProposal, 'id' | 'by'>,
): Promise<void> {
  await guilds.change(guildId, (before) => {
    const others = (before.proposals ?? []).filter((known) => known.id !== id);
    return { ...before, proposals: [...others.slice(1 - MAX_PROPOSALS), { id, by, ...proposed }] };
  });
}

/** The proposal of this id that this admin may still answer. */
export async function openProposal(
  { guilds, guildId, by }: Editor,
  id: string,
  nowMs: number,
): Promise<SettingsProposal | undefined> {
  const { proposals = [] } = await guilds.get(guildId);
  const proposal = proposals.find((known) => known.id === id && known.by === by);
  if (proposal === undefined || nowMs > snowflakeTime(id) + PROPOSAL_MS) return undefined;
  return proposal;
}
