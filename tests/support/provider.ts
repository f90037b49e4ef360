import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Claims = Record<string, unknown>
type Lie = {
  claims?: Claims
  /** Changes the token after it was signed, or signs it otherwise. */
  token?: (token: string) => string
  /** In the address that leads back. */
  issuer?: string
  describedAs?: string
}
type Asked = { nonce: string; challenge: string; redirectUri: string; claims: Claims }

const coded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** An OpenID provider on this machine: describes itself, asks nobody anything, and checks the code, the secret and PKCE. It can be told to lie. */
export async function aProvider() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, Asked>()
  const lie: Lie = {}
  const seen: string[] = []
  const says: { claims: Claims } = { claims: {} }
  let issuer = ''

  const tokenFor = (asked: Asked, clientId: string) => {
    const { nonce } = asked
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: issuer, sub: 'somebody', aud: clientId, iat: now, exp: now + 300, nonce, ...asked.claims, ...lie.claims }
    const said = `${coded({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${coded(claims)}`
    const token = `${said}.${createSign('sha256').update(said).sign(privateKey).toString('base64url')}`
    return lie.token ? lie.token(token) : token
  }

  function yes(authorization: string, claims: Claims = {}): string {
    const { searchParams: asked } = new URL(authorization)
    const code = randomBytes(12).toString('hex')
    codes.set(code, {
      nonce: asked.get('nonce') ?? '',
      challenge: asked.get('code_challenge') ?? '',
      redirectUri: asked.get('redirect_uri') ?? '',
      claims,
    })
    return `?${new URLSearchParams({ code, state: asked.get('state') ?? '', iss: lie.issuer ?? issuer }).toString()}`
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    const answer = (value: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (url.pathname === '/.well-known/openid-configuration')
      return answer({
        issuer: lie.describedAs ?? issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
      })
    if (url.pathname === '/keys')
      return answer({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] })
    if (url.pathname === '/authorize') {
      const to = `${url.searchParams.get('redirect_uri') ?? ''}${yes(url.href, says.claims)}`
      return response.writeHead(302, { location: to }).end()
    }
    if (url.pathname !== '/token') return answer({}, 404)
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const form = new URLSearchParams(body)
      seen.push(body)
      const asked = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const verifier = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      if (!asked || verifier !== asked.challenge || form.get('redirect_uri') !== asked.redirectUri)
        return answer({ error: 'invalid_grant' }, 400)
      answer({ access_token: 'opaque', token_type: 'Bearer', expires_in: 60, id_token: tokenFor(asked, form.get('client_id') ?? '') })
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    issuer,
    lie,
    /** What the portal sent for tokens. */
    seen,
    /** Somebody says yes there; what the browser brings back. */
    yes,
    /** Of whoever comes by browser. */
    says,
    close: () => new Promise<void>((done) => server.close(() => done())),
  }
}
