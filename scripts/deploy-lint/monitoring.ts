import { type Loose, read, readYaml, type Tell } from './project.ts'

const ALERTS = 'deploy/prometheus/alerts.yml'
const SCRAPE = 'deploy/prometheus/prometheus.yml'
const DASHBOARD = 'deploy/grafana/dashboards/parley.json'
const SOURCES = 'deploy/grafana/provisioning/datasources/prometheus.yml'
const MANUAL = 'docs/OPERATIONS.md'
const GRID_WIDTH = 24

/** Alarms, dashboard and scraping: that what they ask for exists, and that each alarm tells what to do. */
export function lintMonitoring(metrics: ReadonlySet<string>, tell: Tell): void {
  lintAlerts(metrics, tell)
  lintDashboard(metrics, tell)
  const services = readYaml('docker-compose.yml', tell)[0]?.services ?? {}
  const [scrape] = readYaml(SCRAPE, tell)
  for (const { job_name: job, static_configs: configs } of scrape?.scrape_configs ?? []) {
    for (const target of configs.flatMap(({ targets }: Loose) => targets) as string[]) {
      const [host = ''] = target.split(':')
      if (services[host] === undefined && host !== '127.0.0.1') tell(SCRAPE, `${job} scrapes ${target}, which is no service`)
    }
  }
}

function lintAlerts(metrics: ReadonlySet<string>, tell: Tell): void {
  const manual = read(MANUAL)
  const groups: Loose[] = readYaml(ALERTS, tell)[0]?.groups ?? []
  const rules: Loose[] = groups.flatMap(({ rules: some }) => some)
  for (const { alert, expr, labels, annotations } of rules) {
    for (const name of unknownIn(expr, metrics)) tell(ALERTS, `${alert}: no node shows ${name}`)
    for (const key of ['summary', 'meaning', 'action']) if (!annotations?.[key]) tell(ALERTS, `${alert} has no ${key}`)
    if (!['page', 'ticket'].includes(labels?.severity)) tell(ALERTS, `${alert} is neither page nor ticket`)
    if (!manual.includes(`\`${alert}\``)) tell(MANUAL, `does not tell of ${alert}`)
  }
  const names = new Set(rules.map(({ alert }) => alert))
  if (names.size !== rules.length) tell(ALERTS, 'two alarms have one name')
  for (const [, name = ''] of manual.matchAll(/`(Parley[A-Z]\w+)`/g))
    if (!names.has(name)) tell(MANUAL, `there is no alarm ${name}`)
}

function lintDashboard(metrics: ReadonlySet<string>, tell: Tell): void {
  const dashboard: Loose = JSON.parse(read(DASHBOARD))
  const uid: unknown = readYaml(SOURCES, tell)[0]?.datasources?.[0]?.uid
  const ids = new Set<number>()
  const cells = new Map<string, string>()
  for (const { id, type, title, gridPos, datasource, targets = [] } of dashboard.panels) {
    if (ids.has(id)) tell(DASHBOARD, `two panels are number ${id}`)
    ids.add(id)
    if (gridPos.x + gridPos.w > GRID_WIDTH) tell(DASHBOARD, `${title} is beyond the edge`)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        const other = cells.get(`${x},${y}`)
        if (other !== undefined && other !== title) tell(DASHBOARD, `${title} lies on ${other}`)
        cells.set(`${x},${y}`, title)
      }
    }
    if (type !== 'row' && (targets.length === 0 || datasource?.uid !== uid)) tell(DASHBOARD, `${title} has no data`)
    for (const { expr } of targets)
      for (const name of unknownIn(expr, metrics)) tell(DASHBOARD, `${title}: no node shows ${name}`)
  }
}

/** Names of metrics in an expression that nothing shows; a histogram's parts count as the histogram. */
function unknownIn(expr: string, metrics: ReadonlySet<string>): string[] {
  const names = expr.replaceAll(/"[^"]*"/g, '').match(/\b(?:parley|nodejs|process)_[a-z0-9_]+/g) ?? []
  return names.filter((name) => !metrics.has(name) && !metrics.has(name.replace(/_(?:bucket|sum|count)$/, '')))
}
