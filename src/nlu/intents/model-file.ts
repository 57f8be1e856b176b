import { crc32 } from 'node:zlib'
import { AppError } from '../../kernel/rejection.ts'
import { FEATURES_VERSION } from './features.ts'
import type { Language } from './intent-set.ts'
import type { VectorSpace } from './vector-space.ts'
import { Vocabulary } from './vocabulary.ts'
import type { Weights } from './weights.ts'

/** What a model is and was made of. */
export interface ModelHeader {
  readonly tenant: string
  readonly version: number
  /** sha-256 in hex of the examples it was trained on. */
  readonly hash: string
  readonly seed: number
  readonly languages: readonly Language[]
  /** Names, in the order of the classes. */
  readonly intents: readonly string[]
  readonly examples: number
  readonly quantiles: readonly number[]
}

export interface ModelParts {
  readonly header: ModelHeader
  readonly space: VectorSpace
  readonly weights: Weights
}

/**
 * Layout, little endian: the words below, the header as JSON padded with spaces to 8 bytes, then keys, places (int32 each),
 * rarity, scale (float32 each), weights (int8). The checksum is over all after the words.
 */
const WORD = { magic: 0, format: 1, checksum: 2, headerBytes: 3, slots: 4, places: 5, classes: 6, features: 7 } as const
const WORDS_BYTES = 32
const MAGIC = 0x544e4950
const FORMAT = 1

interface StoredHeader extends ModelHeader {
  readonly rarityUnseen: number
}

/** A model as bytes in shared memory: every thread reads the same, and the same model gives the same bytes. */
export function encodeModel({ header, space, weights }: ModelParts): SharedArrayBuffer {
  const json = headerJson({ ...header, rarityUnseen: space.rarityUnseen })
  const sizes = { slots: space.vocabulary.keys.length, places: space.rarity.length, classes: weights.classes }
  const buffer = new SharedArrayBuffer(WORDS_BYTES + json.length + bodyBytes(sizes))
  const words = new Uint32Array(buffer, 0, WORDS_BYTES / 4)
  words[WORD.magic] = MAGIC
  words[WORD.format] = FORMAT
  words[WORD.headerBytes] = json.length
  words[WORD.slots] = sizes.slots
  words[WORD.places] = sizes.places
  words[WORD.classes] = sizes.classes
  words[WORD.features] = FEATURES_VERSION
  new Uint8Array(buffer).set(json, WORDS_BYTES)
  const body = bodyOf(buffer, WORDS_BYTES + json.length, sizes)
  body.keys.set(space.vocabulary.keys)
  body.places.set(space.vocabulary.places)
  body.rarity.set(space.rarity)
  body.scale.set(weights.scale)
  body.bytes.set(weights.bytes)
  words[WORD.checksum] = checksum(buffer)
  return buffer
}

/**
 * Reads a model without copying it. Throws AppError: `intents.corrupt` when the bytes are no whole model (fetch them again),
 * `intents.stale` when another release made them (train again).
 */
export function decodeModel(buffer: SharedArrayBuffer): ModelParts {
  if (buffer.byteLength < WORDS_BYTES) corrupt('too short')
  const words = new Uint32Array(buffer, 0, WORDS_BYTES / 4)
  if (words[WORD.magic] !== MAGIC) corrupt('not an intent model')
  if (words[WORD.format] !== FORMAT || words[WORD.features] !== FEATURES_VERSION)
    throw new AppError('intents.stale', 'the intent model is of another version of the format or the features', {
      retry: 'never',
    })
  const [, , , headerBytes = 0, slots = 0, places = 0, classes = 0] = words
  const at = WORDS_BYTES + headerBytes
  if (at % 8 !== 0 || at + bodyBytes({ slots, places, classes }) !== buffer.byteLength) corrupt('its length is not what it says')
  if (words[WORD.checksum] !== checksum(buffer)) corrupt('the checksum does not fit')
  const json = Buffer.from(buffer, WORDS_BYTES, headerBytes).toString('utf8')
  const { rarityUnseen, ...header } = JSON.parse(json) as StoredHeader
  const body = bodyOf(buffer, at, { slots, places, classes })
  return {
    header,
    space: { vocabulary: new Vocabulary(body.keys, body.places), rarity: body.rarity, rarityUnseen },
    weights: { classes, bytes: body.bytes, scale: body.scale },
  }
}

interface Sizes {
  readonly slots: number
  readonly places: number
  readonly classes: number
}

function bodyBytes({ slots, places, classes }: Sizes): number {
  return slots * 8 + places * 8 + places * classes
}

function bodyOf(buffer: SharedArrayBuffer, at: number, { slots, places, classes }: Sizes) {
  const rarityAt = at + slots * 8
  return {
    keys: new Int32Array(buffer, at, slots),
    places: new Int32Array(buffer, at + slots * 4, slots),
    rarity: new Float32Array(buffer, rarityAt, places),
    scale: new Float32Array(buffer, rarityAt + places * 4, places),
    bytes: new Int8Array(buffer, rarityAt + places * 8, places * classes),
  }
}

function headerJson(header: StoredHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header), 'utf8')
  return Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, ' ')])
}

function checksum(buffer: SharedArrayBuffer): number {
  return crc32(new Uint8Array(buffer, WORD.headerBytes * 4))
}

function corrupt(why: string): never {
  throw new AppError('intents.corrupt', `the intent model cannot be read: ${why}`, { retry: 'never' })
}
