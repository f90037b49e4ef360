import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from './root'

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .transform((value) => value === '1' || value === 'true')
  .optional()
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)
const port = z.coerce.number().int().min(1).max(65_535)
const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://')

/** Everything that can be set from outside. `.env.example` is printed from it. */
export const Environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development').describe('production serves the built site.'),
  HOST: z.string().default('127.0.0.1').describe('The address to listen on. 0.0.0.0 is for running behind a proxy.'),
  PORT: port.default(3000).describe('The port to listen on.'),
  PARLEY_ORIGIN: list
    .pipe(z.array(z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin)))
    .default([])
    .describe(
      'The public origins of the site, comma-separated; the first one goes into e-mails. Only they may post forms and open sockets. Without it: http://localhost and http://127.0.0.1 on PORT.',
    ),
  PARLEY_TRUSTED_PROXIES: list
    .default([])
    .describe('Addresses or ranges of the proxies whose X-Forwarded-For and -Proto are believed, comma-separated.'),
  PARLEY_DATA: z.string().min(1).default('.data').describe('The folder of the embedded database and of uploaded files.'),
  PARLEY_PG_PORT: port.optional().describe('The port of the embedded database. Without it: a free one.'),
  PARLEY_VAULT_KEY: z
    .string()
    .optional()
    .describe(
      'What people keep in their vaults is sealed under it: id:key, the key 32 bytes in base64url. To change it, put the new one before the old, comma-separated, and run `npm run parley -- vault rotate`. Without it: PARLEY_DATA/vault.key, made at the first need: keep a copy of it, apart from the backups.',
    ),
  DATABASE_URL: databaseUrl
    .optional()
    .describe('A PostgreSQL 15 or newer to use in place of the embedded one, as the role of the application, which owns nothing.'),
  DATABASE_OWNER_URL: databaseUrl
    .optional()
    .describe('The same database as the role that owns the tables and migrates. Without it DATABASE_URL migrates and then steps down.'),
  DATABASE_ADMIN_URL: databaseUrl
    .optional()
    .describe(
      'A login that may make databases on the same server, for `parley restore`. Without it: DATABASE_OWNER_URL. The embedded database needs none.',
    ),
  PARLEY_DEMO: flag.describe(
    '1 fills an empty database with the demo world, and opens /dev/sign-in-as and /dev/mailbox. Never for real people.',
  ),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional()
    .describe('Where e-mail is handed over: smtp://user:password@host:587. Without it e-mail waits; in the demo it goes to /dev/mailbox.'),
  MAIL_FROM: z.string().default('Parley <no-reply@localhost>').describe('The sender of e-mail.'),
  MAIL_REPLY_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i, 'must be a domain')
    .optional()
    .describe(
      'The domain whose mail comes to this portal: replies go to reply+…@ and returned mail to bounce+…@ it. Without it mail cannot be answered.',
    ),
  MAIL_LISTEN: z
    .string()
    .regex(/^[\w.:[\]-]+:\d{1,5}$/, 'must be address:port')
    .optional()
    .describe('Where mail comes in by SMTP: address:port, such as 127.0.0.1:2525. Without it `npm run parley -- mail receive` takes it.'),
  PARLEY_PUSH_INSIDE: flag.describe(
    '1 sends web push to addresses of this machine and network as well, and without TLS: for tests. Never for real people.',
  ),
  FILES_S3_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'An S3-compatible bucket for uploaded files: https://KEY:SECRET@host/bucket?region=eu-central-1. Without it they are kept in PARLEY_DATA/files.',
    ),
  PARLEY_LOOPBACK_PROVIDERS: flag.describe(
    '1 lets a sign-in provider stand on this very machine, over http. For trying it out; never for real people.',
  ),
  PARLEY_NAME_SERVERS: list
    .default([])
    .describe(
      'The name servers to ask for the records by which a vendor is claimed: address or address:port, comma-separated. Without it: those of the system.',
    ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info').describe('How much is logged.'),
})

export type Environment = z.infer<typeof Environment>

export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const result = Environment.safeParse(given)
  if (result.success) return result.data
  throw new Error(
    `The environment is not right. ${result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
  )
}

/** The origins that may post forms and open sockets. */
export function publicOrigins(environment: Environment = env) {
  if (environment.PARLEY_ORIGIN.length > 0) return environment.PARLEY_ORIGIN
  return [`http://localhost:${environment.PORT}`, `http://127.0.0.1:${environment.PORT}`]
}

export function printEnvExample(file = join(projectRoot, '.env.example')) {
  writeFileSync(file, envExample())
}

export function envExample() {
  const entries = Object.entries(Environment.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined).data
    const shown = Array.isArray(fallback) ? fallback.join(',') : (fallback ?? '')
    return `# ${schema.description ?? ''}\n# ${name}=${String(shown)}\n`
  })
  return `# Copy to .env and uncomment what you change. Variables of the shell win over the file.\n\n${entries.join('\n')}`
}

// A test must never meet the database of somebody's .env.
const envFile = join(projectRoot, '.env')
if (process.env.NODE_ENV !== 'test' && existsSync(envFile)) process.loadEnvFile(envFile)

export const env = readEnvironment(process.env)
