import { type Exit, ServerProcess, temporaryData } from '../integration/server-process.ts'

/** The real server in a process of its own, on a data folder of its own; it comes back on the port that it had. */
export class AppServer {
  readonly #data: Awaited<ReturnType<typeof temporaryData>>
  #process: ServerProcess
  /** `http://127.0.0.1:PORT`. */
  readonly base: string

  private constructor(data: Awaited<ReturnType<typeof temporaryData>>, process: ServerProcess, base: string) {
    this.#data = data
    this.#process = process
    this.base = base
  }

  static async start(): Promise<AppServer> {
    const data = await temporaryData()
    const process = new ServerProcess({ PORT: '0', PARLEY_DATA_DIR: data.dir })
    return new AppServer(data, process, await process.ready)
  }

  /** As a power cut does it. */
  kill(): Promise<Exit> {
    this.#process.kill('SIGKILL')
    return this.#process.exit
  }

  async restart(): Promise<void> {
    this.#process = new ServerProcess({ PORT: new URL(this.base).port, PARLEY_DATA_DIR: this.#data.dir })
    await this.#process.ready
  }

  async stop(): Promise<void> {
    await this.kill()
    await this.#data.remove()
  }

  /** The texts of a conversation's messages as the server has them, in order, each after its sender. */
  async messages(user: string, cid: string): Promise<readonly string[]> {
    const { token } = await json<{ token: string }>(`${this.base}/api/v2/dev/token?user=${user}`)
    const headers = { authorization: `Bearer ${token}` }
    const url = `${this.base}/api/v2/chat/conversations/${cid}?limit=200`
    const { messages } = await json<{ messages: { from: string; body: string }[] }>(url, headers)
    return messages.map(({ from, body }) => `${from}: ${body}`)
  }
}

async function json<T>(url: string, headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(url, { headers })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}
