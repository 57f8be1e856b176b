import { ChatPage } from './chat-page.ts'

await new ChatPage().open()
