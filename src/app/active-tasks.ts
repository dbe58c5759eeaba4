import { slotOf } from '../domain/slots.ts';
import type { ActiveTasks } from './ports/active-tasks-port.ts';

interface Guild {
  readonly id: string;
  tasks: number;
}

/**
 * Shared by all tasks of a member: there may be a hundred thousand tasks, so memory per task
 * matters.
 */
interface Member {
  readonly key: string;
  readonly guild: Guild;
  tasks: number;
}

/** Creates the counts of unfinished tasks, kept in memory. */
export function createActiveTasks(): ActiveTasks {
  const owners = new Map<string, Member>();
  const guilds = new Map<string, Guild>();
  /** Of all guilds: a map for each would take more memory than the tasks of most. */
  const members = new Map<string, Member>();

  const memberOf = (guildId: string, memberId: string): Member => {
    const key = memberKey(guildId, memberId);
    const known = members.get(key);
    if (known !== undefined) return known;
    const guild = guilds.get(guildId) ?? { id: guildId, tasks: 0 };
    guilds.set(guildId, guild);
    const member = { key, guild, tasks: 0 };
    members.set(key, member);
    return member;
  };
  return {
    add({ id, guildId, memberId }) {
      if (owners.has(id)) return;
      const member = memberOf(guildId, memberId);
      owners.set(id, member);
      member.tasks += 1;
      member.guild.tasks += 1;
    },
    remove(taskId) {
      const member = owners.get(taskId);
      if (member === undefined) return;
      owners.delete(taskId);
      const { guild } = member;
      member.tasks -= 1;
      guild.tasks -= 1;
      if (member.tasks === 0) members.delete(member.key);
      if (guild.tasks === 0) guilds.delete(guild.id);
    },
    ofGuild: (guildId) => guilds.get(guildId)?.tasks ?? 0,
    ofMember: (guildId, memberId) => members.get(memberKey(guildId, memberId))?.tasks ?? 0,
    idsIn(slots) {
      const inSlots = new Set([...guilds.values()].filter(({ id }) => slots.has(slotOf(id))));
      return [...owners].flatMap(([id, { guild }]) => (inSlots.has(guild) ? [id] : []));
    },
    total: () => owners.size,
  };
}

const memberKey = (guildId: string, memberId: string): string => `${guildId}/${memberId}`;
