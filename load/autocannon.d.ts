/** What the bench uses of autocannon, which brings no types. */
declare module 'autocannon' {
  export interface Options {
    url: string
    method?: string
    headers?: Record<string, string>
    body?: string
    /** Replaces `[<id>]` by an id of its own in each request. */
    idReplacement?: boolean
    connections?: number
    /** Seconds. */
    duration?: number
    /** False counts as a mismatch. */
    verifyBody?: (body: string) => boolean
  }
  export interface Result {
    /** Seconds. */
    readonly duration: number
    readonly '2xx': number
    readonly non2xx: number
    readonly errors: number
    readonly timeouts: number
    readonly mismatches: number
    readonly latency: { readonly p50: number; readonly p99: number }
  }
  export default function autocannon(options: Options): Promise<Result>
}
