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
import type { Seat, SeatSettings } from './supervisor.ts';
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
    ...killsOf({ supervisor, database, commands, mayEnd }),
    mayEnd,
  };
}

/** The kills of the process that works on a command, and of another one. */
function killsOf({
  commands,
  mayEnd,
  ...places
}: Pick<RoundContext, 'supervisor' | 'database' | 'commands' | 'mayEnd'>): Pick<
  RoundContext,
  'kill' | 'killNeighbour'
> {
  const seatOf = async (label: string): Promise<Seat | undefined> =>
    seatOfGuild(places, commands.find((one) => one.label === label)?.guildId);
  return {
    async kill(label) {
      if (!mayEnd()) return;
      await (await seatOf(label))?.end('SIGKILL');
    },
    async killNeighbour(label) {
      const owner = await seatOf(label);
      const other = places.supervisor.seats.find((seat) => seat !== owner);
      if (other !== undefined && mayEnd()) await other.end('SIGKILL');
    },
  };
}

function countEnds(most: number): () => boolean {
  let ends = 0;
  return () => {
    ends += 1;
    return ends <= most;
  };
}
