/** Cancels what it was returned for; calling it again, or too late, does nothing. */
export type Cancel = () => void

/** The part of a browser's WebSocket that the library uses. */
export interface Socket {
  onopen: (() => void) | null
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null
  onerror: (() => void) | null
  send(text: string): void
  close(code?: number, reason?: string): void
}

/** All of the outside world that the library touches; tests replace it. */
export interface Runtime {
  /** Wall clock, milliseconds since the epoch. */
  now(): number
  /** 0 included, 1 not. */
  random(): number
  setTimer(afterMs: number, run: () => void): Cancel
  createSocket(url: string, protocols: readonly string[]): Socket
}

export const platform: Runtime = {
  now: () => Date.now(),
  random: () => Math.random(),
  setTimer(afterMs, run) {
    const timer = setTimeout(run, afterMs)
    return () => clearTimeout(timer)
  },
  // The platform's handler types name the platform's event classes; ours name only what is read of them.
  createSocket: (url, protocols) => new WebSocket(url, [...protocols]) as unknown as Socket,
}
