/** Thrown when this process is a member no more: another one may own what it knows by now. */
export class Fenced extends Error {}
