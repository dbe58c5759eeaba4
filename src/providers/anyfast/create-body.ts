import type { RouteRules } from '../../domain/routes/route.ts';
import type { Submission } from '../../domain/routes/submission.ts';
import { seedanceBody } from '../vocabulary/seedance-body.ts';
import type { SeedanceBody } from '../vocabulary/seedance-body.ts';

/** Builds the body of `POST /v1/video/generations`. */
export function anyfastCreateBody({ model }: RouteRules, submission: Submission): SeedanceBody {
  return seedanceBody(model, submission);
}
