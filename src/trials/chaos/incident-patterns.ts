/** What may have ended the process while it did anything. */
export const PROCESS_WAS_ENDED =
  /:kill|disturbance:(kill|stop|hand-over|flicker)|calm:restarted|store:.*fail|disturbance:(rolling|suspend|cut-line|cut-commit|silent|crash-database)|many:stands/;

/** Discord's clock was advanced, and the bot's with it: limits of hours may have passed. */
export const CLOCK_WAS_ADVANCED = /pass-time/;

/** A limit of minutes may have passed. */
export const LIMIT_PASSED = /pass-time|calm:review-time/;

/** Without the permission to attach files, the link can still be posted. */
export const PATH_WAS_BLOCKED = /disturbance:(deny-view|deny-send|archive|delete-repost)/;

/** All connections to providers were closed at that moment. */
export const CONNECTIONS_CUT = /^disturbance:flicker$|^calm:connections cut$/;

/** What may have kept an answer from the bot, whatever was asked. */
export const ANSWER_WAS_LOST =
  /:kill|disturbance:(kill|stop|hand-over|flicker|rolling|suspend|cut-line|cut-commit|silent|crash-database)|many:stands|^calm:|^connection:/;
