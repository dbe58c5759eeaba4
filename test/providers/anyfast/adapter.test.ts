import { createProvider } from '../../../src/providers/create-provider.ts';
import { ANYFAST } from '../../../src/providers/anyfast/descriptor.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';
import { describeProvider } from '../../contract/provider-contract.ts';

describeProvider({
  name: 'AnyFast',
  create: (options) => createProvider(ANYFAST, { ...options, media: memoryMedia() }),
  submission: {
    route: 'anyfast/seedance-2.0-mini',
    prompt: 'a boat',
    durationSeconds: 5,
    media: [],
  },
  createPath: '/v1/video/generations',
  queryPath: '/v1/video/generations',
  answers: {
    created: (taskId) => ({
      id: taskId,
      task_id: taskId,
      object: 'video',
      model: 'seedance-2.0-mini',
      status: '',
      progress: 0,
      created_at: 1_773_328_294,
    }),
    finished: (url) => ({
      code: 'success',
      message: '',
      data: { task_id: 't', status: 'SUCCESS', progress: '100%', result_url: url },
    }),
    refused: { error: { code: 'InvalidParameter', message: 'duration: REASON' } },
    busy: { code: 'fail_to_fetch_task', message: '当前分组上游负载已饱和，请稍后再试', data: null },
    balanceSpent: {
      error: { code: 'insufficient_user_quota', message: '当前分组上游负载已饱和，请稍后再试' },
    },
    badKey: { error: { message: 'Invalid token', type: 'new_api_error', code: '' } },
    missing: { code: 'task_not_exist', message: 'task_not_exist', data: null },
  },
});
