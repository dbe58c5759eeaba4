export const APPLICATION_ID = '110000000000000001';
export const BOT_USER_ID = '110000000000000002';

const EPOCH_MS = 1_420_070_400_000n;

/** A `/video` as a member calls it. */
export interface VideoInteraction {
  readonly id: string;
  readonly guildId: string;
  readonly memberId: string;
  readonly prompt: string;
  /** The size limit of a file in the answer, in bytes. */
  readonly attachmentLimitBytes?: number;
}

/** Creates a generator of unique ids like Discord's, with the current time. */
export function createIds(): () => string {
  let serial = 0n;
  return () => {
    serial += 1n;
    return String(((BigInt(Date.now()) - EPOCH_MS) << 22n) + serial);
  };
}

/** Returns the id of the nth server or member. */
export const guildIdOf = (serial: number): string =>
  String(200_000_000_000_000_000n + BigInt(serial));
export const memberIdOf = (serial: number): string =>
  String(300_000_000_000_000_000n + BigInt(serial));

const MODEL = 'jimmy/seedance2.0-sp';
const SUBCOMMAND = 1;
const STRING = 3;
const INTEGER = 4;
const USER = 6;

/** Builds the INTERACTION_CREATE of a `/video`; its token contains the interaction's id. */
export function videoInteraction({ prompt, ...place }: VideoInteraction) {
  return commandInteraction(place, 'video', [
    { name: 'prompt', type: STRING, value: prompt },
    { name: 'model', type: STRING, value: MODEL },
    { name: 'duration', type: INTEGER, value: 5 },
  ]);
}

/** A `/usage` as an admin calls it. */
export interface UsageInteraction extends Omit<VideoInteraction, 'prompt'> {
  readonly subcommand: 'show' | 'export';
  /** The member that a `/usage show` is about; everyone if absent. */
  readonly about?: string;
}

/** Builds the INTERACTION_CREATE of a `/usage`. */
export function usageInteraction({ subcommand, about, ...place }: UsageInteraction) {
  const options = about === undefined ? [] : [{ name: 'member', type: USER, value: about }];
  return commandInteraction(place, 'usage', [{ name: subcommand, type: SUBCOMMAND, options }]);
}

function commandInteraction(
  place: Omit<VideoInteraction, 'prompt'>,
  name: string,
  options: readonly object[],
) {
  const { id, guildId, memberId, attachmentLimitBytes = 100 * 1_048_576 } = place;
  const channelId = guildId;
  return {
    version: 1,
    id,
    token: `token-${id}`,
    type: 2,
    application_id: APPLICATION_ID,
    guild_id: guildId,
    guild: { id: guildId, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    channel_id: channelId,
    channel: { id: channelId, type: 0, guild_id: guildId, name: 'videos', permissions: '0' },
    member: memberData(memberId),
    app_permissions: '0',
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { '0': guildId },
    context: 0,
    attachment_size_limit: attachmentLimitBytes,
    data: { id: '120000000000000001', name, type: 1, options },
  };
}

function memberData(memberId: string) {
  return {
    user: { id: memberId, username: 'ada', discriminator: '0', avatar: null, global_name: 'Ada' },
    roles: ['130000000000000001', '130000000000000002'],
    joined_at: '2025-01-01T00:00:00.000000+00:00',
    permissions: '2147483647',
    deaf: false,
    mute: false,
    flags: 0,
  };
}
