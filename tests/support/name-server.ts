import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

/** A name server on this machine that knows TXT records alone, and can be told more while it runs. */
export async function aNameServer(records: Record<string, string[]>) {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const name = nameIn(question)
    asked.push(name)
    socket.send(answerTo(question, records[name] ?? []), from.port, from.address)
  })
  await new Promise<void>((listening) => socket.bind(0, '127.0.0.1', listening))
  const { port } = socket.address() as AddressInfo
  return { address: `127.0.0.1:${port}`, asked, records, end: () => new Promise<void>((ended) => socket.close(() => ended())) }
}

const HEAD = 12

function nameIn(question: Buffer): string {
  const labels: string[] = []
  for (let at = HEAD; question[at]; at += (question[at] ?? 0) + 1)
    labels.push(question.toString('latin1', at + 1, at + 1 + (question[at] ?? 0)))
  return labels.join('.').toLowerCase()
}

/** The question comes back, followed by what is known (RFC 1035, 4.1); of nothing, that there is no such name. */
function answerTo(question: Buffer, words: string[]): Buffer {
  const end = question.indexOf(0, HEAD) + 5
  const head = Buffer.from(question.subarray(0, end))
  head.writeUInt16BE(words.length > 0 ? 0x8180 : 0x8183, 2)
  head.writeUInt16BE(words.length, 6)
  head.writeUInt32BE(0, 8)
  const answers = words.map((said) => {
    const text = Buffer.from(said, 'latin1')
    const answer = Buffer.from([0xc0, HEAD, 0, 16, 0, 1, 0, 0, 0, 60, 0, text.length + 1, text.length])
    return Buffer.concat([answer, text])
  })
  return Buffer.concat([head, ...answers])
}
