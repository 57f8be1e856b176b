import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { knownVariables, type Loose, readYaml, root, type Tell } from './project.ts'

const FOLDER = 'deploy/kubernetes'
/** Not applied with the rest: what stands on top of each says why. */
const APART = ['kustomization.yaml', 'secret.example.yaml', 'service-monitor.yaml', 'prometheus-adapter-rule.yaml']

/** The manifests: that they name each other rightly. Their fields are checked by Kubernetes' own types, outside npm. */
export function lintKubernetes(metrics: ReadonlySet<string>, tell: Tell): void {
  const listed: string[] = readYaml(join(FOLDER, 'kustomization.yaml'), tell)[0]?.resources ?? []
  const files = readdirSync(join(root, FOLDER)).filter((file) => file.endsWith('.yaml'))
  for (const file of listed) if (!files.includes(file)) tell(FOLDER, `${file} is listed and not there`)
  for (const file of files) if (!listed.includes(file) && !APART.includes(file)) tell(FOLDER, `${file} is not listed`)
  const objects: Loose[] = files.flatMap((file) => readYaml(join(FOLDER, file), tell))
  const find = (kind: string, name: string): Loose =>
    objects.find((object) => object.kind === kind && object.metadata?.name === name)
  const set = objects.find(({ kind }) => kind === 'StatefulSet')
  if (set === undefined) {
    tell(FOLDER, 'has no StatefulSet')
    return
  }
  lintPods(set, find, tell)
  for (const { kind, metadata, spec } of objects) {
    const selector = {
      Service: spec?.selector,
      PodDisruptionBudget: spec?.selector?.matchLabels,
      NetworkPolicy: spec?.podSelector?.matchLabels,
    }[kind as string]
    if (selector !== undefined && !covers(selector, set)) tell(FOLDER, `${kind} ${metadata.name} selects no pod`)
  }
  lintAutoscaler(find('HorizontalPodAutoscaler', 'parley'), set, metrics, tell)
  const rule = readYaml(join(FOLDER, 'prometheus-adapter-rule.yaml'), tell)[0]?.rules?.custom?.[0]
  if (rule?.name?.as !== 'parley_residents' || !rule.seriesQuery.startsWith('parley_residents{')) {
    tell(FOLDER, 'the adapter does not give what the autoscaler asks for')
  }
}

function lintPods(set: Loose, find: (kind: string, name: string) => Loose, tell: Tell): void {
  const pod = set.spec.template.spec
  const [container] = pod.containers
  const config = find('ConfigMap', container.envFrom?.[0]?.configMapRef?.name)
  const secret = find('Secret', container.envFrom?.[1]?.secretRef?.name)
  if (config === undefined || secret === undefined) {
    tell(FOLDER, 'the pod takes its variables from what is not there')
    return
  }
  const own: string[] = (container.env ?? []).map(({ name }: Loose) => name)
  for (const name of [...Object.keys(config.data), ...Object.keys(secret.stringData), ...own]) {
    if (!knownVariables.has(name)) tell(FOLDER, `${name} is no option of the server`)
  }
  for (const [name, value] of Object.entries<string>(config.data)) {
    if (/:\/\/[^@/]*@/.test(value)) tell(FOLDER, `${name} of the ConfigMap holds a password`)
  }
  if (!covers(set.spec.selector.matchLabels, set)) tell(FOLDER, 'the StatefulSet does not select its own pods')
  if (find('Service', set.spec.serviceName)?.spec.clusterIP !== 'None')
    tell(FOLDER, `${set.spec.serviceName} is no headless service`)
  if (find('ServiceAccount', pod.serviceAccountName) === undefined) tell(FOLDER, `no account ${pod.serviceAccountName}`)
  const pauseSeconds: number = container.lifecycle.preStop.sleep.seconds
  if (pod.terminationGracePeriodSeconds <= pauseSeconds + Number(config.data.PARLEY_DRAIN_MS) / 1000) {
    tell(FOLDER, 'a pod is killed before its drain is over')
  }
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    if (container[probe]?.httpGet?.port !== container.ports[0].name) tell(FOLDER, `${probe} asks another port`)
  }
  if (container.livenessProbe?.httpGet?.path !== '/health' || container.readinessProbe?.httpGet?.path !== '/ready') {
    tell(FOLDER, 'alive is /health, ready is /ready')
  }
  const volumes: string[] = [...pod.volumes, ...set.spec.volumeClaimTemplates.map(({ metadata }: Loose) => metadata)].map(
    ({ name }) => name,
  )
  for (const { name } of container.volumeMounts) if (!volumes.includes(name)) tell(FOLDER, `mounts ${name}, which is not there`)
  for (const { secret: mounted } of pod.volumes) {
    if (mounted !== undefined && find('Secret', mounted.secretName) === undefined)
      tell(FOLDER, `no example of the Secret ${mounted.secretName}`)
  }
}

function lintAutoscaler(scaler: Loose, set: Loose, metrics: ReadonlySet<string>, tell: Tell): void {
  const target = scaler?.spec?.scaleTargetRef
  if (target?.kind !== set.kind || target?.name !== set.metadata.name) tell(FOLDER, 'the autoscaler scales something else')
  for (const { pods } of scaler?.spec?.metrics ?? []) {
    if (pods !== undefined && !metrics.has(pods.metric.name)) tell(FOLDER, `no node shows ${pods.metric.name}`)
  }
  if (set.spec.replicas !== undefined) tell(FOLDER, 'each apply would undo the autoscaler: leave replicas out')
}

function covers(selector: Record<string, string>, set: Loose): boolean {
  const labels = set.spec.template.metadata.labels
  return Object.entries(selector).every(([name, value]) => labels[name] === value || value === 'parley-nodes')
}
