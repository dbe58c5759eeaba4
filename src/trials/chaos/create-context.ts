import { PERMISSION } from '../../simulators/discord/world/permissions.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import type { Dice } from './dice.ts';
import { createIncidents } from './incidents.ts';
import type { Pace } from './pace.ts';
import type { RoundContext } from './round-context.ts';
import { createLibraryReader } from './library-reader.ts';
import { createSupervisor } from './supervisor.ts';
import { GUILDS } from './round-world.ts';

/** Creates what the steps of a round act on, with three members in each guild. */
export function createContext(
  testbed: Testbed,
  dice: Dice,
  {
    pace,
    root,
    labelStart,
    media,
    database,
  }: Pick<RoundContext, 'root' | 'labelStart' | 'media' | 'database'> & { readonly pace: Pace },
): RoundContext {
  const { discord } = testbed;
  const supervisor = createSupervisor(testbed, dice);
  let ends = 0;
  const mayEnd = (): boolean => {
    ends += 1;
    return ends <= pace.maxEnds;
  };
  return {
    testbed,
    database,
    dice,
    incidents: createIncidents(),
    supervisor,
    labelStart,
    root,
    busySpell: { isOn: false },
    past: {},
    holds: {
      requests: [],
      admins: GUILDS.map(({ id: guildId }) =>
        discord.member({ guildId, permissions: PERMISSION.manageGuild }),
      ),
    },
    outsiders: GUILDS.map(({ id: guildId }) => discord.member({ guildId })),
    commands: [],
    posts: new Map(),
    deeds: [],
    media,
    library: createLibraryReader(testbed.providers, media),
    forgets: [],
    namings: [],
    deletions: [],
    searched: [],
    settingChanges: [],
    deleted: new Set(),
    members: GUILDS.flatMap(({ id }) => [1, 2, 3].map(() => discord.member({ guildId: id }))),
    async kill() {
      if (mayEnd()) await supervisor.end('SIGKILL');
    },
    mayEnd,
  };
}
