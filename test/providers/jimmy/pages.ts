// The pages that examples come from.

export const SCHEMA = 'the schema of the shared endpoint';
export const QUERY = 'the query of a task';
export const FAQ = 'the FAQ';
export const REPOSITORY = "the vendor's own repositories";
export const CLIENTS = 'seen by clients of the MD routes';
export const NONE = 'no page has it: a create that is not certainly refused is unknown';
