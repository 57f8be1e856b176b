// A small server of MongoDB's protocol for runs of chaos: `main.ts --port N --file PATH`. It knows what Parley asks of a database, and no more.
import { createServer } from 'node:net'
import { parseArgs } from 'node:util'
import { BSON, type Document } from 'mongodb'
import { readDocument, WireFrames, type WireMessage, writeMessage } from '../../fixtures/mongo-wire.ts'
import { Commands } from './commands.ts'
import { Store } from './store.ts'

const OP_REPLY = 1
const OP_QUERY = 2004
const HEADER_BYTES = 16

const { values } = parseArgs({ options: { port: { type: 'string', default: '' }, file: { type: 'string', default: '' } } })
const commands = new Commands(new Store(values.file))
let replies = 0

createServer({ noDelay: true }, (socket) => {
  const frames = new WireFrames()
  socket.on('error', () => undefined) // the close follows
  socket.on('data', (chunk: Buffer) => {
    for (const message of frames.take(chunk)) socket.write(answered(message))
  })
}).listen({ host: '127.0.0.1', port: Number(values.port) })

function answered(message: WireMessage): Buffer {
  const { raw, requestId } = message
  if (raw.readInt32LE(12) === OP_QUERY) return oldReply(requestId, commands.answer(oldQuery(raw)))
  const command = readDocument(message)
  return writeMessage(
    ++replies,
    requestId,
    command === undefined ? { ok: 0, errmsg: 'unknown message' } : commands.answer(command),
  )
}

/** The first message of a connection is still one of the old ones. */
function oldQuery(raw: Buffer): Document {
  const nameEnd = raw.indexOf(0, HEADER_BYTES + 4)
  return { ...BSON.deserialize(raw.subarray(nameEnd + 9)), $db: 'admin' }
}

function oldReply(responseTo: number, document: Document): Buffer {
  const body = BSON.serialize(document)
  const head = Buffer.alloc(HEADER_BYTES + 20)
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(++replies, 4)
  head.writeInt32LE(responseTo, 8)
  head.writeInt32LE(OP_REPLY, 12)
  head.writeInt32LE(1, HEADER_BYTES + 16)
  return Buffer.concat([head, body])
}
