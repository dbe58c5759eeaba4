import { PERMISSION } from '../../simulators/discord/world/permissions.ts';
import type { Testbed } from '../../sandbox/testbed.ts';
import type { Dice } from './dice.ts';
import { createIncidents } from './incidents.ts';
import type { Pace } from './pace.ts';
import type { RoundContext } from './round-context.ts';
import { createLibraryReader } from './library-reader.ts';
import { startCompany } from './company.ts';
import { seatOfGuild } from './disturb-company.ts';
import type { SentCommand } from './sent-command.ts';
import { createSupervisor } from './supervisor.ts';
import type { SeatSettings } from './supervisor.ts';
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
    seats,
  }: Pick<RoundContext, 'root' | 'labelStart' | 'media' | 'database'> & {
    readonly pace: Pace;
    readonly seats: readonly SeatSettings[];
  },
): RoundContext {
  const { discord } = testbed;
  const supervisor = createSupervisor(testbed, dice, seats);
  const company = startCompany();
  const commands: SentCommand[] = [];
  const mayEnd = countEnds(pace.maxEnds + (seats.length - 1));
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
    commands,
    company,
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
    async kill(label) {
      if (!mayEnd()) return;
      const guildId = commands.find((one) => one.label === label)?.guildId;
      const seat = await seatOfGuild({ supervisor, database }, guildId);
      await seat?.end('SIGKILL');
    },
    mayEnd,
  };
}

function countEnds(most: number): () => boolean {
  let ends = 0;
  return () => {
    ends += 1;
    return ends <= most;
  };
}
