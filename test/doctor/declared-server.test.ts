import { expect, it, onTestFinished } from 'vitest';
import { checkProviders } from '../../src/doctor/check-providers.ts';
import { createProviderKnobs } from '../../src/simulators/providers/knob.ts';
import { videoServerDialect } from '../../src/simulators/providers/openai-videos/dialect.ts';
import {
  LITELLM,
  NEW_API,
  SGLANG,
  VLLM_OMNI,
} from '../../src/simulators/providers/openai-videos/servers.ts';
import { simulateProvider } from '../../src/simulators/providers/simulate-provider.ts';
import { declaredIn, serverOf } from '../providers/openai-videos/examples.ts';

const KEY = 'sk-of-this-server';

it.each([
  ['vLLM-Omni', VLLM_OMNI],
  ['SGLang', SGLANG],
  ['LiteLLM', LITELLM],
  ['New-API', NEW_API],
] as const)(
  'a declared server, %s, is asked whether it is there and takes the key',
  async (heading, server) => {
    const name = String(serverOf(heading)['name']);
    const simulated = await simulateProvider(videoServerDialect(name, server), {
      draw: async () => new Uint8Array(),
      sizeOf: () => undefined,
      fetchMedia: async () => undefined,
      now: () => 0,
      mediaTimeoutMs: 1000,
      key: KEY,
      knobs: createProviderKnobs(0),
      records: { requests: [], tasks: [], assets: [] },
      hooks: {},
      waitForFile: true,
      keepNewest: Infinity,
    });
    onTestFinished(async () => simulated.down());
    const examine = async (url: string, apiKey: string) => {
      const declared = declaredIn(serverOf(heading, { url }));
      const findings = await checkProviders({
        descriptors: declared.map(({ descriptor }) => descriptor),
        providers: { [name]: { baseUrl: url, apiKey } },
        proxies: {
          httpsProxy: undefined,
          allProxy: undefined,
          exceptions: { hosts: '', ranges: [] },
        },
        trustedMediaHosts: [],
      });
      return findings.map(({ level, advice }) => ({ level, advice }));
    };
    expect(await examine(simulated.url, KEY)).toEqual([{ level: 'ok', advice: undefined }]);
    const refused = await examine(simulated.url, 'sk-of-another');
    expect(refused).toMatchObject([{ level: 'fault' }]);
    expect(refused[0]?.advice).toContain(`ROUTES_FILE (key of ${name})`);
    const elsewhere = await examine(`${simulated.url}/v1`, KEY);
    expect(elsewhere).toMatchObject([{ level: 'fault' }]);
    expect(elsewhere[0]?.advice).toContain(`ROUTES_FILE (url of ${name})`);
  },
);
