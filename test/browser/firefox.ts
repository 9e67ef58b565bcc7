// A Firefox that is driven by WebDriver BiDi, the protocol that it speaks itself: JSON over a WebSocket, and no driver
// beside it.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findFirefox } from '../support/firefox.ts'

export interface Firefox {
  /** Loads the page, runs an expression in it, and gives what its promise becomes, which must be a string. */
  evaluate(url: string, expression: string): Promise<string>
  close(): Promise<void>
}

interface Answer {
  readonly id?: number
  readonly error?: string
  readonly message?: string
  readonly result?: Readonly<Record<string, unknown>>
}

export async function openFirefox(): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'fuzzbox-firefox-'))
  const options = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', 'about:blank']
  const child = spawn(findFirefox(), options, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile },
  })
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const end = async (): Promise<void> => {
    child.kill('SIGKILL')
    await gone
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const session = await Session.open(await addressOf(child))
    return {
      evaluate: (url, expression) => evaluate(session, url, expression),
      close: async () => {
        session.close()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** It says on standard error where it listens. */
async function addressOf(child: ChildProcess): Promise<string> {
  const said: string[] = []
  for await (const line of createInterface({ input: child.stderr! })) {
    const [, address] = /^WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? []
    if (address !== undefined) {
      child.stderr!.resume()
      return address
    }
    said.push(line)
  }
  throw new Error(`Firefox ended before it listened: ${said.join('\n')}`)
}

async function evaluate(session: Session, url: string, expression: string): Promise<string> {
  const { context } = await session.call('browsingContext.create', { type: 'tab' })
  await session.call('browsingContext.navigate', { context, url, wait: 'complete' })
  const { result, exceptionDetails } = await session.call('script.evaluate', {
    expression,
    target: { context },
    awaitPromise: true,
  })
  await session.call('browsingContext.close', { context })
  if (exceptionDetails) throw new Error((exceptionDetails as { text: string }).text)
  return (result as { value: string }).value
}

class Session {
  readonly #socket: WebSocket
  readonly #waiting: Map<number, (answer: Answer) => void> = new Map()
  #calls = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer
      this.#waiting.get(answer.id ?? -1)?.(answer)
    })
  }

  static async open(address: string): Promise<Session> {
    const socket = new WebSocket(`${address}/session`)
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve())
      socket.addEventListener('error', () => reject(new Error(`Firefox does not answer at ${address}`)))
    })
    const session = new Session(socket)
    await session.call('session.new', { capabilities: {} })
    return session
  }

  async call(method: string, params: object): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#calls
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(id, resolve)
      this.#socket.send(JSON.stringify({ id, method, params }))
    })
    this.#waiting.delete(id)
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error}: ${answer.message}`)
    return answer.result ?? {}
  }

  close(): void {
    this.#socket.close()
  }
}
