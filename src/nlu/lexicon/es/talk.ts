import type { TalkWords } from '../source.ts'

export const talk: TalkWords = {
  yes: '',
  no: '',
  polite: '',
  commands: { help: '', repeat: '', 'start-over': '', 'go-back': '', operator: '', cancel: '', 'what-did-i-say': '', skip: '' },
  cues: {
    name: '',
    selfName: '',
    firstName: '',
    lastName: '',
    birth: '',
    date: '',
    phone: '',
    email: '',
    number: '',
    code: '',
    day: '',
    month: '',
    year: '',
  },
  chatter: '',
}
