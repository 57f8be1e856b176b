import { MongoBulkWriteError, MongoInvalidArgumentError, MongoServerError } from 'mongodb'
import { AppError } from '../../kernel/rejection.ts'

/** Codes of MongoDB's error table (src/mongo/base/error_codes.yml of the server). */
export const DUPLICATE_KEY = 11_000
const NO_ROOM: ReadonlySet<number> = new Set([
  14_031, // OutOfDiskSpace
  12_501, // quota exceeded
])
/** What the document itself causes: it comes again however often it is tried. */
const SPOILED: ReadonlySet<number> = new Set([
  9, // FailedToParse
  15, // Overflow: nested too deeply
  22, // InvalidBSON
  52, // DollarPrefixedFieldName
  56, // EmptyFieldName
  57, // DottedFieldName
  121, // DocumentValidationFailure
  10_334, // BSONObjectTooLarge
  17_280, // KeyTooLong
  17_419, // resulting document after update is too large
  17_420, // document to upsert is too large
])

/**
 * The fault that a failed call is told as. An unknown outcome (cut, timed out, majority not reached) is `storage.unavailable`:
 * all writes may be repeated. Anything not known to be the document's own doing may pass.
 */
export function faultOf(error: unknown, alias: string): AppError {
  if (error instanceof AppError) return error
  const codes = codesOf(error)
  const detail = error instanceof Error ? error.message : String(error)
  if (codes.some((code) => NO_ROOM.has(code)))
    return new AppError('storage.full', `the documents at ${alias} have no room: ${detail}`, { retry: 'later', cause: error })
  const spoiled = codes.length > 0 && codes.every((code) => SPOILED.has(code))
  if ((spoiled && !isMajorityMissing(error)) || error instanceof MongoInvalidArgumentError)
    return new AppError('storage.corrupt', `a document cannot be stored at ${alias}: ${detail}`, { retry: 'never', cause: error })
  return new AppError('storage.unavailable', `the documents at ${alias} did not answer: ${detail}`, {
    retry: 'later',
    cause: error,
  })
}

/** Positions within the bulk that met a document made at the same time; undefined when something else failed too. */
export function racedPositions(error: unknown, count: number): readonly number[] | undefined {
  if (error instanceof MongoBulkWriteError && !isMajorityMissing(error)) {
    const failed = writeErrorsOf(error)
    if (failed.length > 0)
      return failed.every(({ code }) => code === DUPLICATE_KEY) ? failed.map(({ index }) => index) : undefined
  }
  // Some servers give up the whole command.
  if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return Array.from({ length: count }, (_, i) => i)
  return undefined
}

function codesOf(error: unknown): number[] {
  if (error instanceof MongoBulkWriteError) {
    const failed = writeErrorsOf(error).filter(({ code }) => code !== DUPLICATE_KEY)
    if (failed.length > 0) return failed.map(({ code }) => code)
  }
  return error instanceof MongoServerError && typeof error.code === 'number' ? [error.code] : []
}

function writeErrorsOf(error: MongoBulkWriteError): readonly { readonly code: number; readonly index: number }[] {
  return [error.writeErrors].flat()
}

/** Written, but a majority of the members has not said so. */
function isMajorityMissing(error: unknown): boolean {
  return error instanceof MongoBulkWriteError && error.result.getWriteConcernError() !== undefined
}
