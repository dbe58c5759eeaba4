import { TIME_LIMITS } from '../limits.ts';

/** What the endpoint answered. */
export interface EndpointAnswer {
  /** 0 without an answer in time. */
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

export interface SignedPost {
  readonly url: string;
  readonly body: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly closing: AbortSignal;
}

/** Sends a request as Discord does. Real time limits it, as the answer comes over a network. */
export async function postSigned(post: SignedPost): Promise<EndpointAnswer> {
  try {
    const response = await fetch(post.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Discord-Interactions/1.0 (+https://discord.com)',
        'x-signature-ed25519': post.signature,
        'x-signature-timestamp': post.timestamp,
      },
      body: post.body,
      redirect: 'manual',
      signal: AbortSignal.any([post.closing, AbortSignal.timeout(TIME_LIMITS.acknowledgeMs)]),
    });
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, text: await response.text() };
  } catch {
    return { status: 0, contentType: '', text: '' };
  }
}
