export const APPLICATION_ID = '110000000000000001';
export const BOT_USER_ID = '110000000000000002';

const EPOCH_MS = 1_420_070_400_000n;

/** Who does something where. */
export interface Place {
  readonly id: string;
  readonly guildId: string;
  readonly memberId: string;
  /** The size limit of a file in the answer, in bytes. */
  readonly attachmentLimitBytes?: number;
  /** The member's permissions in the channel; an administrator's if absent. */
  readonly permissions?: string;
}

/** A `/video` as a member calls it. */
export interface VideoInteraction extends Place {
  readonly prompt: string;
}

/** Creates a generator of unique ids like Discord's, with the current time. */
export function createIds(): () => string {
  let serial = 0n;
  return () => {
    serial += 1n;
    return String(((BigInt(Date.now()) - EPOCH_MS) << 22n) + serial);
  };
}

/** Returns the id of the nth server; each next one is of another slot. */
export const guildIdOf = (serial: number): string =>
  String(200_000_000_000_000_000n + (BigInt(serial) << 22n));
/** Returns the id of the nth member. */
export const memberIdOf = (serial: number): string =>
  String(300_000_000_000_000_000n + BigInt(serial));

export const MODEL = 'jimmy/seedance2.0-sp';
const TYPE = { command: 2, component: 3, typing: 4, modal: 5 } as const;
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
export interface UsageInteraction extends Place {
  readonly subcommand: 'show' | 'export';
  /** The member that a `/usage show` is about; everyone if absent. */
  readonly about?: string;
}

/** Builds the INTERACTION_CREATE of a `/usage`. */
export function usageInteraction({ subcommand, about, ...place }: UsageInteraction) {
  const options = about === undefined ? [] : [{ name: 'member', type: USER, value: about }];
  return commandInteraction(place, 'usage', [{ name: subcommand, type: SUBCOMMAND, options }]);
}

/** Builds the INTERACTION_CREATE of a `/video` whose model is being typed. */
export function typingInteraction(place: Place, typed: string) {
  const options = [{ name: 'model', type: STRING, value: typed, focused: true }];
  return interactionAt(place, 'typing', commandData('video', options));
}

function commandInteraction(place: Place, name: string, options: readonly object[]) {
  return interactionAt(place, 'command', commandData(name, options));
}

function commandData(name: string, options: readonly object[]) {
  return { id: '120000000000000001', name, type: 1, options };
}

/** Builds an INTERACTION_CREATE of any kind. */
export function interactionAt(place: Place, kind: keyof typeof TYPE, data: object) {
  const { id, guildId, memberId, attachmentLimitBytes = 100 * 1_048_576 } = place;
  const channelId = guildId;
  return {
    version: 1,
    id,
    token: `token-${id}`,
    type: TYPE[kind],
    application_id: APPLICATION_ID,
    guild_id: guildId,
    guild: { id: guildId, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    channel_id: channelId,
    channel: { id: channelId, type: 0, guild_id: guildId, name: 'videos', permissions: '0' },
    member: memberData(memberId, place.permissions),
    app_permissions: '0',
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { '0': guildId },
    context: 0,
    attachment_size_limit: attachmentLimitBytes,
    data,
  };
}

function memberData(memberId: string, permissions = '2147483647') {
  return {
    user: { id: memberId, username: 'ada', discriminator: '0', avatar: null, global_name: 'Ada' },
    roles: ['130000000000000001', '130000000000000002'],
    joined_at: '2025-01-01T00:00:00.000000+00:00',
    permissions,
    deaf: false,
    mute: false,
    flags: 0,
  };
}
