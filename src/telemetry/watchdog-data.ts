/** Places in the memory that the watched loop and the watchdog's thread share. */
export const SLOT = { beat: 0, end: 1 } as const

export interface WatchdogData {
  readonly slots: Int32Array<SharedArrayBuffer>
  readonly stuckMs: number
  readonly tickMs: number
  readonly node: string
}
