import { Ajv2020 } from 'ajv/dist/2020.js'
import { isThere, knownVariables, type Loose, read, readYaml, secondsOf, type Tell } from './project.ts'

const FILE = 'docker-compose.yml'
const EXAMPLE = 'deploy/.env.example'
/** The specification's own schema, from https://github.com/compose-spec/compose-go (deploy/schema/LICENSE.compose-spec). */
const SCHEMA = 'deploy/schema/compose-spec.json'
const SECRET = /SECRET|PASSWORD|TOKEN/

/** The composition: against the specification's schema, and what that cannot know. */
export function lintCompose(tell: Tell): void {
  const [compose] = readYaml(FILE, tell)
  if (compose === undefined) return
  const validate = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(JSON.parse(read(SCHEMA)))
  if (!validate(compose)) for (const { instancePath, message } of validate.errors ?? []) tell(FILE, `${instancePath} ${message}`)
  const services = Object.entries<Loose>(compose.services ?? {})
  for (const [name, service] of services) {
    const told: Tell = (file, fault) => tell(file, `${name}: ${fault}`)
    lintService(service, compose, told)
    if (service.build !== undefined) lintNode(service, told)
  }
  lintVariables(tell)
  for (const volume of Object.keys(compose.volumes ?? {})) {
    const isUsed = services.some(([, service]) => mounts(service).some(({ source }) => source === volume))
    if (!isUsed) tell(FILE, `nobody uses the volume ${volume}`)
  }
}

function lintService(service: Loose, compose: Loose, tell: Tell): void {
  if (service.restart === undefined) tell(FILE, 'has no restart policy')
  if (service.build === undefined && !/:v?\d+\.\d/.test(service.image ?? ''))
    tell(FILE, `the image ${service.image} has no version`)
  const isChecked =
    service.build === undefined ? service.healthcheck?.test !== undefined : /^HEALTHCHECK /m.test(read('Dockerfile'))
  if (!isChecked) tell(FILE, 'has no health check')
  for (const other of Object.keys(service.depends_on ?? {})) {
    if (compose.services[other] === undefined) tell(FILE, `depends on ${other}, which is not there`)
  }
  for (const { source } of mounts(service)) {
    if (source.startsWith('.') ? !isThere(source) : compose.volumes?.[source] === undefined)
      tell(FILE, `mounts ${source}, which is not there`)
  }
  for (const [key, value] of Object.entries(service.environment ?? {})) {
    if (SECRET.test(key) && !String(value).includes('${')) tell(FILE, `${key} stands there in the clear`)
    if (/:\/\/[^@/:]*:[^@/$][^@/]*@/.test(String(value))) tell(FILE, `${key} holds a password in the clear`)
  }
}

function lintNode(service: Loose, tell: Tell): void {
  const environment = service.environment ?? {}
  for (const key of Object.keys(environment)) if (!knownVariables.has(key)) tell(FILE, `${key} is no option of the server`)
  if (!String(environment.PARLEY_AUTH_SECRET).includes(':?')) tell(FILE, 'starts without a secret')
  const drainSeconds = Number(environment.PARLEY_DRAIN_MS) / 1000
  if (!(secondsOf(service.stop_grace_period) > drainSeconds)) tell(FILE, 'is killed before PARLEY_DRAIN_MS is over')
}

/** What is to be filled in is named in the example, and the other way round. */
function lintVariables(tell: Tell): void {
  const used = new Set([...read(FILE).matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name ?? ''))
  const named = new Set([...read(EXAMPLE).matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name ?? ''))
  for (const name of used) if (!named.has(name)) tell(EXAMPLE, `${name} of ${FILE} is missing`)
  for (const name of named) if (!used.has(name)) tell(EXAMPLE, `${name} is not used in ${FILE}`)
  for (const [line] of read(EXAMPLE).matchAll(/^[A-Z_]*(?:SECRET|PASSWORD)=.+$/gm))
    tell(EXAMPLE, `${line.split('=')[0]} has a value`)
}

function mounts(service: Loose): { readonly source: string }[] {
  return (service.volumes ?? []).map((volume: string) => ({ source: volume.split(':')[0] ?? '' }))
}

const DOCKERFILE = 'Dockerfile'

/** What the image's recipe and the project must agree on. */
export function lintDockerfile(tell: Tell): void {
  const text = read(DOCKERFILE)
  const wanted: unknown = JSON.parse(read('package.json')).devDependencies.node
  const version = /^ARG NODE_VERSION=(\S+)$/m.exec(text)?.[1]
  if (version !== wanted) tell(DOCKERFILE, `has Node ${version}, package.json ${String(wanted)}`)
  const ignored = read('.dockerignore').split('\n')
  for (const [, sources = ''] of text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
    for (const source of sources.split(' ')) {
      if (!isThere(source)) tell(DOCKERFILE, `copies ${source}, which is not there`)
      if (!ignored.includes(`!${source}`)) tell('.dockerignore', `leaves out ${source}, which the Dockerfile copies`)
    }
  }
  const last = text.slice(text.lastIndexOf('\nFROM '))
  if (!/^USER [1-9]\d*:[1-9]\d*$/m.test(last)) tell(DOCKERFILE, 'runs as root')
  if (!/^ENTRYPOINT \["tini", "--", "node", /m.test(last)) tell(DOCKERFILE, 'does not start node below tini')
}
