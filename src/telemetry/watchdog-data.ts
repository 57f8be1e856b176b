/** Places in the memory that the watched loop and the watchdog's thread share. */
export const SLOT = { beat: 0, end: 1 } as const

/** Work in hand, named in shared memory by the watched thread. */
export interface InHandSlot {
  /** [0] is odd while something is in hand and changes with each; [1] is the length of its name. */
  readonly sequence: Int32Array<SharedArrayBuffer>
  /** Latin-1. */
  readonly name: SharedArrayBuffer
  /** Holds the name while one thing stays in hand for longer than a look. */
  readonly file: string
}

export interface WatchdogData {
  readonly slots: Int32Array<SharedArrayBuffer>
  readonly stuckMs: number
  readonly tickMs: number
  readonly node: string
  readonly inHand: InHandSlot | undefined
}
