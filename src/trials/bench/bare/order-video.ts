import { z } from 'zod';

const created = z.object({ data: z.object({ task_id: z.string() }) });
const finished = z.object({ data: z.object({ result: z.object({ video_url: z.string() }) }) });

/** Makes a video by the two requests that an instant provider needs; returns its URL. */
export async function orderVideo(providerUrl: string, prompt: string): Promise<string> {
  const api = `${providerUrl}/api/open-api/v1`;
  const headers = { 'content-type': 'application/json', authorization: 'Bearer bench' };
  const body = JSON.stringify({ model: 'seedance2.0-sp', prompt, duration: 5 });
  const create = await fetch(`${api}/seedance/videos`, { method: 'POST', headers, body });
  const { task_id: id } = created.parse(await create.json()).data;
  const query = await fetch(`${api}/videos/${id}`, { headers });
  return finished.parse(await query.json()).data.result.video_url;
}
