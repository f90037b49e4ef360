import { SMTPServer } from 'smtp-server'
import { log } from './log'
import { readAddress } from './mail-addresses'

type Take = (raw: Uint8Array, recipients: string[]) => Promise<string>

/** Takes mail for addresses that we made ourselves, and for no others: nothing is ever relayed. */
export async function listenForMail(at: string, largestBytes: number, take: Take): Promise<{ port: number; stop(): Promise<void> }> {
  const colon = at.lastIndexOf(':')
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: largestBytes,
    maxClients: 20,
    socketTimeout: 30_000,
    closeTimeout: 2_000,
    banner: 'Parley',
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= 5) return done(refusal(452, 'Too many recipients'))
      readAddress(address).then(
        (ours) => done(ours ? null : refusal(550, 'No such address')),
        () => done(refusal(451, 'Try again later')),
      )
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      let bytes = 0
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes <= largestBytes) chunks.push(chunk)
      })
      stream.on('end', () => {
        if (stream.sizeExceeded || bytes > largestBytes) return done(refusal(552, 'The mail is too large'))
        take(
          Buffer.concat(chunks),
          session.envelope.rcptTo.map((it) => it.address),
        ).then(
          () => done(null),
          (error: unknown) => {
            log.error({ err: error }, 'a mail could not be taken')
            done(refusal(451, 'Try again later'))
          },
        )
      })
    },
  })
  server.on('error', (error) => log.warn({ err: error }, 'incoming mail stumbled'))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(Number(at.slice(colon + 1)), at.slice(0, colon).replace(/^\[|\]$/g, ''), resolve)
  })
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function refusal(responseCode: number, message: string) {
  return Object.assign(new Error(message), { responseCode })
}
