/** What `ROUTES_FILE` says of the simulated server of somebody's own, which is like vLLM-Omni. */
export function exampleRoutes({ url, key }: { readonly url: string; readonly key: string }) {
  return {
    servers: [
      {
        name: 'gpu',
        title: 'Our GPU',
        url,
        key,
        dialect: { body: 'form', picture: 'object', field: 'image_reference' },
        models: [
          {
            id: 'wan-2.2-5b',
            model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers',
            title: 'Wan 2.2 5B',
            seconds: { min: 2, max: 5, default: 5 },
            sizes: { '720p': { '16:9': '1280x704', '9:16': '704x1280' } },
            picture: true,
            extra: { num_inference_steps: 40 },
            price: { amount: '0', per: 'second' },
          },
        ],
      },
    ],
  } as const;
}
