import { createProvider } from '../../../src/providers/create-provider.ts';
import { JIMMY } from '../../../src/providers/jimmy/descriptor.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';
import { describeProvider } from '../../contract/provider-contract.ts';

describeProvider({
  name: 'Jimmy AI',
  create: (options) => createProvider(JIMMY, { ...options, media: memoryMedia() }),
  submission: {
    route: 'jimmy/seedance2.0-mini-sp',
    prompt: 'a boat',
    durationSeconds: 5,
    media: [],
  },
  createPath: '/api/open-api/v1/seedance/videos',
  queryPath: '/api/open-api/v1/videos',
  answers: {
    created: (taskId) => ({
      code: '20000',
      msg: 'ok',
      data: {
        task_id: taskId,
        status: 'queued',
        model: 'seedance2.0-mini-sp',
        created_at: 1_710_000_000,
      },
    }),
    finished: (url) => ({
      code: '20000',
      msg: 'ok',
      data: { task_id: 't', status: 'completed', progress: 100, result: { video_url: url } },
    }),
    refused: { code: 20002, msg: 'duration: REASON', data: null },
    busy: { code: 429, msg: 'too many requests', data: null },
    balanceSpent: { code: -1, msg: '余额不足', data: null },
    badKey: { code: 20001, msg: 'invalid api key', data: null },
    missing: { code: -1, msg: '任务不存在', data: null },
  },
});
