import { doctorTexts } from './texts.ts';

/** How the codes of connections through a proxy begin. */
const PROXY_CODE = 'PROXY_';

/** What to say of an address that the proxy does not lead to; `undefined` where the reason is another. */
export const behindProxy = (
  detail: string,
): ReturnType<typeof doctorTexts.proxy.refuses> | undefined =>
  detail.includes(PROXY_CODE) ? doctorTexts.proxy.refuses(detail) : undefined;
