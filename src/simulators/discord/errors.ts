import type { Answer } from './rest/request.ts';
import { errorTree, type Issue } from './rules/issue.ts';

/** Discord's error responses; clients match on `code`. */
const API_ERRORS = {
  unauthorized: { status: 401, code: 0, message: '401: Unauthorized' },
  notFound: { status: 404, code: 0, message: '404: Not Found' },
  methodNotAllowed: { status: 405, code: 0, message: '405: Method Not Allowed' },
  unknownChannel: { status: 404, code: 10003, message: 'Unknown Channel' },
  unknownGuild: { status: 404, code: 10004, message: 'Unknown Guild' },
  unknownMember: { status: 404, code: 10007, message: 'Unknown Member' },
  unknownMessage: { status: 404, code: 10008, message: 'Unknown Message' },
  unknownWebhook: { status: 404, code: 10015, message: 'Unknown Webhook' },
  unknownApplication: { status: 404, code: 10002, message: 'Unknown Application' },
  unknownCommandPermissions: {
    status: 404,
    code: 10066,
    message: 'Unknown application command permissions',
  },
  unknownCommand: { status: 404, code: 10063, message: 'Unknown application command' },
  notForBots: { status: 403, code: 20001, message: 'Bots cannot use this endpoint' },
  unknownInteraction: { status: 404, code: 10062, message: 'Unknown interaction' },
  tooManyAttachments: {
    status: 400,
    code: 30015,
    message: 'Maximum number of attachments in a message reached (10)',
  },
  tooManyCommands: {
    status: 400,
    code: 30032,
    message: 'Maximum number of application commands reached (100)',
  },
  requestTooLarge: { status: 413, code: 40005, message: 'Request entity too large' },
  alreadyAcknowledged: {
    status: 400,
    code: 40060,
    message: 'Interaction has already been acknowledged.',
  },
  tooManyFollowUps: {
    status: 400,
    code: 40094,
    message: 'This interaction has reached the maximum number of follow up messages',
  },
  missingAccess: { status: 403, code: 50001, message: 'Missing Access' },
  notAuthor: {
    status: 403,
    code: 50005,
    message: 'Cannot edit a message authored by another user',
  },
  emptyMessage: { status: 400, code: 50006, message: 'Cannot send an empty message' },
  missingPermissions: { status: 403, code: 50013, message: 'Missing Permissions' },
  invalidWebhookToken: { status: 401, code: 50027, message: 'Invalid Webhook Token' },
  threadArchived: { status: 400, code: 50083, message: 'Thread is archived' },
  invalidJson: { status: 400, code: 50109, message: 'The request body contains invalid JSON.' },
  replyWithoutHistory: {
    status: 400,
    code: 160002,
    message: 'Cannot reply without permission to read message history',
  },
  forwardUnreadable: {
    status: 400,
    code: 160014,
    message: 'You cannot forward a message whose content you cannot read',
  },
} as const;

export type ApiErrorName = keyof typeof API_ERRORS;

/** Thrown by route handlers; the router sends its answer. */
export class ApiError extends Error {
  readonly answer: Answer;

  constructor(answer: Answer, message: string) {
    super(message);
    this.answer = answer;
  }
}

/** Returns the error with this name, to be thrown. */
export function apiError(name: ApiErrorName): ApiError {
  const { status, code, message } = API_ERRORS[name];
  return new ApiError({ status, body: { message, code } }, message);
}

/** Returns a 50035 whose `errors` tree lists the issues by path. */
export function invalidForm(issues: readonly Issue[]): ApiError {
  const message = 'Invalid Form Body';
  return new ApiError(
    { status: 400, body: { message, code: 50035, errors: errorTree(issues) } },
    message,
  );
}

/** Throws a 50035 if there are any issues. */
export function rejectInvalid(issues: readonly Issue[]): void {
  if (issues.length > 0) {
    throw invalidForm(issues);
  }
}
