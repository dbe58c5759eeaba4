import { APPLICATION_ID, CHANNEL_ID, GUILD_ID, MEMBER_ID } from './a-task.ts';

/** `/models`, as Discord sends it. */
export const RAW_CALL = {
  id: '1300000000000000500',
  application_id: APPLICATION_ID,
  type: 2,
  token: 'a-token',
  guild_id: GUILD_ID,
  channel: { id: CHANNEL_ID, type: 0 },
  member: { user: { id: MEMBER_ID }, roles: [], permissions: '0' },
  authorizing_integration_owners: { '0': GUILD_ID },
  data: { name: 'models', type: 1 },
};

/** `/video` with these options, and a prompt unless they have one. */
export const rawVideo = (options: Readonly<Record<string, unknown>>) => ({
  ...RAW_CALL,
  data: {
    name: 'video',
    type: 1,
    options: Object.entries({ prompt: 'a boat', ...options }).map(([name, value]) => ({
      name,
      type: 3,
      value,
    })),
  },
});
