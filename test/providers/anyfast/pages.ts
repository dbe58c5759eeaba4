// The pages that examples come from.

export const OPENAPI = 'seedance-2.0-mini OpenAPI';
export const TASKS = 'the guide of the task query';
export const GATEWAY = "New-API's source, the gateway";
export const ARK = "ByteDance Ark's error codes";
export const CLIENTS = 'seen by clients of AnyFast';
export const NONE = 'no page has it: a create that is not certainly refused is unknown';
