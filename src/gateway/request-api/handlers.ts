import type { Rejection } from '../../kernel/rejection.ts'
import { ConversationOperations, type OperationsOptions } from './conversation-operations.ts'
import type { Request } from './request.ts'
import type { Operation } from './schemas.ts'
import { TemplateOperations, type TemplateOperationsOptions } from './template-operations.ts'

/** Runs one operation; the body fits its schema by then. Throws for faults only. */
type Handler = (request: Request<never>) => Promise<object | Rejection>

/** What is answered by one message; watches are not. */
export type Handlers = Readonly<Record<Exclude<Operation, 'conv.watch' | 'conv.watch.cancel'>, Handler>>

export function handlersOf(options: OperationsOptions & TemplateOperationsOptions): Handlers {
  const conv = new ConversationOperations(options)
  const tpl = new TemplateOperations(options)
  return {
    'conv.open': (request) => conv.open(request),
    'conv.send': (request) => conv.send(request),
    'conv.get': (request) => conv.get(request),
    'conv.data': (request) => conv.data(request),
    'conv.list': (request) => conv.list(request),
    'conv.history': (request) => conv.history(request),
    'conv.close': (request) => conv.close(request),
    'conv.handoff': (request) => conv.handoff(request),
    'conv.inject': (request) => conv.inject(request),
    'tpl.list': (request) => tpl.list(request),
    'tpl.get': (request) => tpl.get(request),
  }
}
