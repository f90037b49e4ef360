import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

type Deviation = {
  origin?: string
  name?: string
  challenge?: string
  /** False: somebody pressed the button, and the device did not ask who. */
  knowsOwner?: boolean
  userHandle?: string
  type?: string
  count?: number
}
type Asked = { challenge: string; rp?: { id?: string }; rpId?: string; user?: { id: string } }

const PRESENT = 0x01
const VERIFIED = 0x04
const NEW_KEY = 0x40

/** A device that makes passkeys and signs with them, byte for byte as a browser hands it over. It can be told to do so wrongly. */
export function anAuthenticator({ origin = 'http://localhost:3000', name = 'localhost', counts = true } = {}) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = randomBytes(32)
  const id = credentialId.toString('base64url')
  let userHandle = ''
  let count = 0

  const clientData = (type: string, asked: Asked, wrong: Deviation) =>
    Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? asked.challenge,
        origin: wrong.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const device = (wrong: Deviation, flags: number, more = Buffer.alloc(0)) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(wrong.count ?? (counts ? (count += 1) : 0))
    const seen = PRESENT | flags | (wrong.knowsOwner === false ? 0 : VERIFIED)
    return Buffer.concat([hash(Buffer.from(wrong.name ?? name)), Buffer.from([seen]), counter, more])
  }

  return {
    id,
    /** What the browser answers when the site asks for a new passkey. */
    make(asked: Asked, wrong: Deviation = {}) {
      userHandle = asked.user?.id ?? ''
      const length = Buffer.alloc(2)
      length.writeUInt16BE(credentialId.length)
      const key = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey(publicKey.export({ format: 'jwk' }))])
      const attestation = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', device({ ...wrong, count: wrong.count ?? 0 }, NEW_KEY, key)],
        ]),
      )
      const response = {
        clientDataJSON: clientData('webauthn.create', asked, wrong).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
      }
      return { id, rawId: id, type: 'public-key' as const, response, clientExtensionResults: {} }
    },
    /** What it answers when the site asks for any passkey. */
    sign(asked: Asked, wrong: Deviation = {}) {
      const said = clientData('webauthn.get', asked, wrong)
      const data = device(wrong, 0)
      const signature = createSign('sha256').update(data).update(hash(said)).sign(privateKey)
      const response = {
        clientDataJSON: said.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: wrong.userHandle ?? userHandle,
      }
      return { id, rawId: id, type: 'public-key' as const, response, clientExtensionResults: {} }
    },
  }
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest()

/** An ES256 key as COSE writes it. */
function coseKey({ x = '', y = '' }: { x?: string; y?: string }): Buffer {
  return cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  )
}

/** As much of CBOR as a passkey needs. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flat().map(cbor)])
  throw new Error('Not in a passkey')
}

function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size])
  if (size < 256) return Buffer.from([(kind << 5) | 24, size])
  return Buffer.from([(kind << 5) | 25, size >> 8, size & 255])
}
