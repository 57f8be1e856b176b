import { Packr } from 'msgpackr'
import type { JournalEntry, LiveTimer } from '../port.ts'
import type { ShardRecord } from '../shard-table.ts'

/** What a record frame carries; each part null when empty. */
export interface LogRecord {
  readonly batches: readonly PackedBatch[] | null
  readonly claims: readonly PackedClaim[] | null
  readonly marks: readonly PackedMark[] | null
  /** Entries of a dropped segment that are still wanted. */
  readonly kept: readonly PackedEntry[] | null
  /** Timers of a dropped segment that are still live. */
  readonly timers: readonly LiveTimer[] | null
}
/** shard, position of the first entry, batch id, entries */
export type PackedBatch = readonly [number, number, string, readonly JournalEntry[]]
/** shard, epoch */
export type PackedClaim = readonly [number, number]
/** shard, watermark, positions set aside */
export type PackedMark = readonly [number, number, readonly number[]]
/** shard, position, entry */
export type PackedEntry = readonly [number, number, JournalEntry]

/** The first frame of a segment: all that the segments before it said about the shards. */
export interface SegmentHead {
  readonly format: number
  readonly segment: number
  readonly shards: readonly ShardRecord[]
}

export const FORMAT = 1
/** Key sets beyond this are written inline: user data may have any keys. */
const SHARED_STRUCTURES_MAX = 512

const plain = new Packr({ useRecords: false })

export const packPlain = (value: unknown): Buffer => plain.pack(value)
export const unpackPlain = (payload: Buffer): unknown => plain.unpack(payload)

/** Packs records with key sets shared over the whole log; `definitions` says what a segment must hold before they are used. */
export class RecordEncoder {
  #structures: readonly (readonly string[])[] = []
  #unwritten = false
  readonly #packr = new Packr({
    structures: [],
    maxSharedStructures: SHARED_STRUCTURES_MAX,
    saveStructures: (structures) => {
      this.#structures = (structures as string[][]).map((keys) => [...keys])
      this.#unwritten = true
    },
  })

  pack(record: LogRecord): Buffer {
    return this.#packr.pack([record.batches, record.claims, record.marks, record.kept, record.timers])
  }

  /** Every definition so far when one of them is not in the segment yet; call it after `pack`, put it before the record. */
  definitions(): Uint8Array[] {
    if (!this.#unwritten) return []
    const packed = packPlain(this.#structures)
    const length = Buffer.allocUnsafe(4)
    length.writeUInt32LE(packed.length, 0)
    return [length, packed]
  }

  written(): void {
    this.#unwritten = false
  }

  /** A new segment begins: it needs all definitions again. */
  restart(): void {
    this.#unwritten = this.#structures.length > 0
  }
}

/** Unpacks the records of one segment. */
export class RecordDecoder {
  #packr = decoderOf([])

  /** `defining`: the payload has the structure definitions in front. */
  unpack(payload: Buffer, defining: boolean): LogRecord {
    let record = payload
    if (defining) {
      const end = 4 + payload.readUInt32LE(0)
      this.#packr = decoderOf(unpackPlain(payload.subarray(4, end)) as string[][])
      record = payload.subarray(end)
    }
    const [batches, claims, marks, kept, timers] = this.#packr.unpack(record) as [
      LogRecord['batches'],
      LogRecord['claims'],
      LogRecord['marks'],
      LogRecord['kept'],
      LogRecord['timers'],
    ]
    return { batches, claims, marks, kept, timers }
  }
}

function decoderOf(structures: string[][]): Packr {
  return new Packr({ getStructures: () => structures, maxSharedStructures: SHARED_STRUCTURES_MAX })
}
