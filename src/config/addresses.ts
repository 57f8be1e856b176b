const SERVERS_MAX = 64
const ALIAS_SHAPE = '[a-z0-9-]{1,32}'
const NAMED = new RegExp(`^(?:(${ALIAS_SHAPE})=)?(mongodb(?:\\+srv)?://.*)$`)
const HOST = '(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])'
/** The standard connection string: several hosts between commas are what a URL cannot be read as. */
const MONGO_URL = new RegExp(
  `^mongodb(?:\\+srv)?://(?:[^@/?#]+@)?${HOST}(?::\\d{1,5})?(?:,${HOST}(?::\\d{1,5})?)*(?:/[^/?#]*)?(?:\\?[^#]*)?$`,
)

export const MONGO_SHAPE =
  'a mongodb:// URL, or a list between spaces or semicolons of alias=mongodb://… with different aliases of the shape ' +
  ALIAS_SHAPE

/** A MongoDB deployment, by the name under which tenants are placed on it. */
export interface MongoAddress {
  readonly alias: string
  readonly url: string
}

/** Servers of one NATS cluster: `nats://` or `tls://`, a host, perhaps a user and a port; at most 64. */
export function readNatsUrls(text: string): readonly string[] | undefined {
  const urls = listed(text, ',')
  const isRight = urls.length <= SERVERS_MAX && urls.every((url) => isServer(url, ['nats:', 'tls:'], /^\/?$/))
  return isRight ? urls : undefined
}

/** One Redis, or several nodes of a Redis Cluster, which has no database numbers: `redis://` or `rediss://`, all alike; at most 64. */
export function readRedisUrls(text: string): readonly string[] | undefined {
  const urls = listed(text, ',')
  const scheme = urls[0]?.startsWith('rediss:') ? 'rediss:' : 'redis:'
  const path = urls.length > 1 ? /^(?:\/0?)?$/ : /^(?:\/\d{0,3})?$/
  return urls.length <= SERVERS_MAX && urls.every((url) => isServer(url, [scheme], path)) ? urls : undefined
}

/** The default one first: it is the one of that name, else the first. One alone needs no alias. At most 64. */
export function readMongoUrls(text: string): readonly MongoAddress[] | undefined {
  const items = text.split(/[\s;]+/).filter((item) => item !== '')
  const addresses: MongoAddress[] = []
  for (const item of items) {
    const [, alias = items.length === 1 ? 'default' : undefined, url] = NAMED.exec(item) ?? []
    if (alias === undefined || url === undefined || !MONGO_URL.test(url)) return undefined
    if (addresses.some((other) => other.alias === alias)) return undefined
    addresses.push({ alias, url })
  }
  if (addresses.length === 0 || addresses.length > SERVERS_MAX) return undefined
  return addresses.toSorted((a, b) => Number(b.alias === 'default') - Number(a.alias === 'default'))
}

/** Where an address leads, as it may be printed: `127.0.0.1:4222`, without user, password, database and options. */
export function hostsOf(url: string): string {
  const [authority = ''] = url.replace(/^[a-z+]+:\/\//, '').split(/[/?#]/, 1)
  return authority.slice(authority.lastIndexOf('@') + 1)
}

function listed(text: string, separator: string): readonly string[] {
  return [...new Set(text.split(separator).map((item) => item.trim()))]
}

function isServer(value: string, schemes: readonly string[], path: RegExp): boolean {
  const url = URL.parse(value)
  if (url === null || !schemes.includes(url.protocol) || url.hostname === '') return false
  return path.test(url.pathname) && url.search === '' && url.hash === '' && !/\s/.test(value)
}
