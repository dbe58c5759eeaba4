import type { OptionValue } from '../../../src/simulators/discord/actors/api.ts';
import { ANYFAST_MODEL, ANY_MODEL, fileFor } from '../video-call.ts';
import { says } from './row.ts';
import type { Row } from './row.ts';

const ROLE = '140000000000000555';
const MEMBER = '150000000000000555';
const RULE = { measure: 'videos', window: 'day' } as const;

/** The commands that answer their caller alone, with options that they take. */
const PRIVATE_COMMANDS: readonly (readonly [string, Readonly<Record<string, OptionValue>>?])[] = [
  ['asset add', { name: 'hero', kind: 'image', file: fileFor('image1') }],
  ['asset list'],
  ['asset show', { name: 'hero' }],
  ['asset remove', { name: 'hero' }],
  ['models'],
  // The one whose text quotes no Chinese title.
  ['models', { model: ANYFAST_MODEL }],
  ['history'],
  ['preferences set', { duration: 5 }],
  ['preferences show'],
  ['preferences clear'],
  ['privacy show'],
  ['privacy export'],
  ['privacy delete'],
  ['quota set everyone', { ...RULE, limit: '5' }],
  ['quota set server', { ...RULE, limit: '50' }],
  ['quota set role', { ...RULE, limit: '20', role: ROLE }],
  ['quota set member', { ...RULE, limit: '7', member: MEMBER }],
  ['quota clear everyone', RULE],
  ['quota clear server', RULE],
  ['quota clear role', { ...RULE, role: ROLE }],
  ['quota clear member', { ...RULE, member: MEMBER }],
  ['quota clear id', { ...RULE, id: MEMBER }],
  ['quota grant', { member: MEMBER, measure: 'videos', amount: '2' }],
  ['quota list'],
  ['quota show'],
  ['settings set channels', { clear: true }],
  ['settings set models', { default_model: ANY_MODEL }],
  ['settings set words', { word_add: 'unsaid' }],
  ['settings set members', { animate: 'everyone' }],
  ['settings set messages', { finish_ping: true }],
  ['settings set money', { confirm_above: '5' }],
  ['settings show'],
  ['settings audit'],
  ['usage show'],
  ['usage export'],
  ['usage holds'],
  ['setup'],
];

export const COMMAND_ROWS: readonly Row[] = PRIVATE_COMMANDS.map(([what, options = {}]) => ({
  what,
  async prepare(stage, locale) {
    // Of a server of its own, so that what it changes concerns nobody.
    const { guildId, channelId } = stage.guild();
    const { world } = stage.testbed.discord;
    if (options['role'] !== undefined) world.addRole(guildId, { id: ROLE, name: 'artists' });
    if (options['member'] !== undefined) stage.member(locale, { guildId, id: MEMBER });
    const admin = stage.admin(locale, { guildId });
    return { press: async () => admin.slash(channelId, what, options), becomes: says('') };
  },
}));
