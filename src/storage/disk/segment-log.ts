import { AppError } from '../../kernel/rejection.ts'
import type { ShardTable } from '../shard-table.ts'
import { FORMAT, type LogRecord, packPlain, RecordEncoder, type SegmentHead } from './codec.ts'
import type { FilePort, LogFile } from './file-port.ts'
import { FRAME_PAYLOAD_BYTES_MAX, FrameKind, frameOf } from './frame.ts'
import { Segment, UNFINISHED } from './segment.ts'

export interface SegmentLogOptions {
  readonly files: FilePort
  readonly segmentBytes: number
  /** Zeros written ahead of the log, this many bytes at a time; 0 turns it off. */
  readonly aheadBytes: number
  /** The log cannot be trusted any more: the process must end. Called once. */
  readonly fatal: (error: AppError) => void
}

/** No room on the disk. Nothing was written; the log goes on when there is room again. */
export class NoSpace extends Error {}

/**
 * Writes records to the newest segment, one at a time: the caller waits for one call before the next. Each record is one
 * frame in one durable write. An error other than a full disk is fatal: what the disk holds is unknown, so nothing is
 * acknowledged again (an fdatasync that failed once may lie the next time).
 */
export class SegmentLog {
  readonly #options: SegmentLogOptions
  readonly #encoder = new RecordEncoder()
  readonly #segments: Segment[]
  #file: LogFile
  #frame: number
  /** Up to here the file holds zeros already, so that a write changes no metadata: half the cost of its sync. */
  #ahead: number
  #filling: Promise<void> | undefined
  #broken: AppError | undefined

  private constructor(options: SegmentLogOptions, segments: Segment[], frame: number, file: LogFile) {
    this.#options = options
    this.#segments = segments
    this.#frame = frame
    this.#file = file
    this.#ahead = this.active.bytes
  }

  /** Goes on after the last of `segments` (cutting what is torn), or begins a log when there is none. */
  static async open(options: SegmentLogOptions, segments: Segment[], frame: number, shards: ShardTable): Promise<SegmentLog> {
    const last = segments.at(-1)
    if (last === undefined) {
      const first = await createSegment(options.files, 1, 1, shards)
      return new SegmentLog(options, [first.segment], 1, first.file)
    }
    const file = await options.files.open(last.name)
    // Also syncs what a killed process had written but not synced.
    await file.truncate(last.bytes)
    return new SegmentLog(options, segments, frame, file)
  }

  get segments(): readonly Segment[] {
    return this.#segments
  }

  get active(): Segment {
    return this.#segments.at(-1) as Segment
  }

  get bytes(): number {
    let sum = 0
    for (const segment of this.#segments) sum += segment.bytes
    return sum
  }

  get broken(): AppError | undefined {
    return this.#broken
  }

  /**
   * Durable when it resolves; `active` is then the segment that holds it. Throws NoSpace, AppError `storage.too_large`
   * (a record over 24 MiB), or AppError `storage.unavailable` for ever after a fatal error.
   */
  async write(record: LogRecord, shards: ShardTable): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken
    const packed = this.#encoder.pack(record)
    const definitions = this.#encoder.definitions()
    let bytes = packed.length
    for (const chunk of definitions) bytes += chunk.length
    if (bytes > FRAME_PAYLOAD_BYTES_MAX)
      throw new AppError('storage.too_large', `a journal record of ${bytes} bytes, at most ${FRAME_PAYLOAD_BYTES_MAX}`, {
        retry: 'never',
      })
    const { recordBytes } = this.active
    if (recordBytes + bytes > this.#options.segmentBytes && recordBytes > 0) await this.roll(shards)
    const chunks = this.#encoder.definitions()
    chunks.push(packed)
    const frame = frameOf((this.#frame + 1) >>> 0, chunks.length > 1 ? FrameKind.defining : FrameKind.record, chunks)
    let end = this.active.bytes
    for (const chunk of frame) end += chunk.length
    if (end > this.#ahead && this.#filling !== undefined) await this.#filling
    try {
      await this.#file.write(this.active.bytes, frame)
    } catch (error) {
      throw await this.#writeFailed(error)
    }
    this.#encoder.written()
    const frameBytes = end - this.active.bytes
    this.#frame = (this.#frame + 1) >>> 0
    this.active.bytes = end
    if (end > this.#ahead) this.#ahead = end
    // For large groups the saved metadata no longer pays for the bytes written twice.
    if (frameBytes <= this.#options.aheadBytes / 4) this.#fillAhead()
  }

  read(segment: Segment): Promise<Buffer> {
    return this.#options.files.read(segment.name)
  }

  /** Removes the oldest segment. The caller has seen to it that nothing in it is wanted. */
  async dropOldest(): Promise<void> {
    const oldest = this.#segments[0]
    if (oldest === undefined || oldest === this.active) throw new RangeError('the active segment cannot be dropped')
    await this.#options.files.remove(oldest.name)
    this.#segments.shift()
  }

  async close(): Promise<void> {
    await this.#filling
    if (this.#broken === undefined && this.#ahead > this.active.bytes) await this.#file.truncate(this.active.bytes)
    await this.#file.close()
  }

  /** Begins the next segment. Throws NoSpace (the log goes on in the old one), or as `write` after a fatal error. */
  async roll(shards: ShardTable): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken
    await this.#filling
    let made: { segment: Segment; file: LogFile }
    try {
      made = await createSegment(this.#options.files, this.active.number + 1, (this.#frame + 1) >>> 0, shards)
    } catch (error) {
      if (error instanceof NoSpace) throw error
      throw this.#fail(error)
    }
    const old = this.#file
    this.#file = made.file
    this.#segments.push(made.segment)
    this.#frame = (this.#frame + 1) >>> 0
    this.#ahead = made.segment.bytes
    this.#encoder.restart()
    try {
      await old.close()
    } catch (error) {
      throw this.#fail(error)
    }
  }

  async #writeFailed(error: unknown): Promise<Error> {
    if (!isNoSpace(error)) return this.#fail(error)
    await this.#filling
    try {
      await this.#file.truncate(this.active.bytes)
    } catch (truncateError) {
      return this.#fail(truncateError)
    }
    this.#ahead = this.active.bytes
    return new NoSpace("no space left on the journal's disk", { cause: error })
  }

  /** In the background, and never where a record may go meanwhile: `write` waits when it gets there. */
  #fillAhead(): void {
    const { aheadBytes } = this.#options
    const segmentBytes = this.#options.segmentBytes + this.active.headBytes
    if (this.#filling !== undefined || aheadBytes === 0 || this.#ahead >= segmentBytes) return
    if (this.#ahead - this.active.bytes > aheadBytes / 2) return
    const from = this.#ahead
    const bytes = Math.min(aheadBytes, segmentBytes - from)
    const chunks: Uint8Array[] = []
    for (let left = bytes; left > 0; left -= ZEROS.length) chunks.push(left >= ZEROS.length ? ZEROS : ZEROS.subarray(0, left))
    this.#filling = this.#file.write(from, chunks).then(
      () => {
        this.#ahead = from + bytes
        this.#filling = undefined
      },
      (error: unknown) => {
        this.#filling = undefined
        // A full disk is told by the append that finds no room; this was only an advance.
        if (!isNoSpace(error)) this.#fail(error)
      },
    )
  }

  #fail(cause: unknown): AppError {
    if (this.#broken === undefined) {
      this.#broken = new AppError('storage.unavailable', 'writing the journal failed; it takes nothing more from this process', {
        retry: 'elsewhere',
        cause,
      })
      this.#options.fatal(this.#broken)
    }
    return this.#broken
  }
}

const ZEROS = new Uint8Array(256 * 1024)

/** Makes a segment whole under another name first, so that one with its own name always has its head. */
async function createSegment(
  files: FilePort,
  number: number,
  frame: number,
  shards: ShardTable,
): Promise<{ segment: Segment; file: LogFile }> {
  const head: SegmentHead = { format: FORMAT, segment: number, shards: shards.records() }
  const chunks = frameOf(frame, FrameKind.head, [packPlain(head)])
  const segment = new Segment(
    number,
    chunks.reduce((sum, chunk) => sum + chunk.length, 0),
  )
  let file: LogFile | undefined
  try {
    file = await files.open(UNFINISHED)
    await file.write(0, chunks)
    await files.rename(UNFINISHED, segment.name)
    return { segment, file }
  } catch (error) {
    await file?.close()
    // Neither name may stay: the log goes on in the old segment with the frame number of this head.
    await files.remove(segment.name)
    await files.remove(UNFINISHED)
    throw isNoSpace(error) ? new NoSpace('no space left for a journal segment', { cause: error }) : error
  }
}

export function isNoSpace(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
}
