import type { ComposerView } from './view/composer.ts'
import type { NoticeView } from './view/notice.ts'
import type { RecordView } from './view/record.ts'
import type { RepliesView } from './view/replies.ts'
import type { ResultView } from './view/result.ts'
import type { TranscriptView } from './view/transcript.ts'

/** The parts of the page that show a conversation. */
export interface Views {
  readonly transcript: TranscriptView
  readonly composer: ComposerView
  readonly replies: RepliesView
  readonly record: RecordView
  readonly result: ResultView
  readonly notice: NoticeView
}
