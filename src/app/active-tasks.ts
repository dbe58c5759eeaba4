import type { ActiveTasks } from './ports/active-tasks-port.ts';

interface Guild {
  readonly id: string;
  tasks: number;
  readonly members: Map<string, Member>;
}

/**
 * Shared by all tasks of a member: there may be a hundred thousand tasks, so memory per task
 * matters.
 */
interface Member {
  readonly id: string;
  readonly guild: Guild;
  tasks: number;
}

/** Creates the counts of unfinished tasks, kept in memory. */
export function createActiveTasks(): ActiveTasks {
  const owners = new Map<string, Member>();
  const guilds = new Map<string, Guild>();

  const memberOf = (guildId: string, memberId: string): Member => {
    const guild = guilds.get(guildId) ?? newGuild(guildId);
    guilds.set(guildId, guild);
    const member = guild.members.get(memberId) ?? { id: memberId, guild, tasks: 0 };
    guild.members.set(memberId, member);
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
      if (member.tasks === 0) guild.members.delete(member.id);
      if (guild.tasks === 0) guilds.delete(guild.id);
    },
    ofGuild: (guildId) => guilds.get(guildId)?.tasks ?? 0,
    ofMember: (guildId, memberId) => guilds.get(guildId)?.members.get(memberId)?.tasks ?? 0,
    total: () => owners.size,
  };
}

function newGuild(id: string): Guild {
  return { id, tasks: 0, members: new Map() };
}
