import type { RouteRules } from '../../domain/routes/route.ts';
import type { Submission } from '../../domain/routes/submission.ts';
import type { DeclaredModel, DeclaredServer } from './file-schema.ts';

/** The fields of a create that the bot fills in, beside the one for a picture. */
export const OWN_FIELDS = ['model', 'prompt', 'seconds', 'size'] as const;

/** The body of `POST /videos`, by a server's dialect. Length and size are always sent. */
export function bodyBuilder({ dialect, models }: DeclaredServer) {
  const byId = new Map(models.map((declared) => [declared.id, declared]));
  return (route: RouteRules, submission: Submission): { readonly model: string } => {
    const { prompt, durationSeconds: seconds, media } = submission;
    const declared = byId.get(route.model);
    const picture = media[0]?.url;
    const asObject = dialect.picture === 'object';
    const body = {
      ...declared?.extra,
      model: declared?.model ?? route.model,
      prompt,
      seconds: dialect.seconds === 'text' ? String(seconds) : seconds,
      ...(declared === undefined ? {} : { size: sizeOf(declared, submission) }),
      ...(picture === undefined
        ? {}
        : { [dialect.field]: asObject ? { image_url: picture } : picture }),
    };
    return body;
  };
}

function sizeOf({ sizes }: DeclaredModel, { resolution, ratio }: Submission): string | undefined {
  const [first] = Object.values(sizes);
  const byRatio = resolution === undefined ? first : sizes[resolution];
  if (ratio === undefined) return Object.values(byRatio ?? {})[0];
  return ratio === 'adaptive' ? undefined : byRatio?.[ratio];
}
