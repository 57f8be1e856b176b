// `node scripts/lint-deploy.ts`: the deployment files, as far as npm alone can check them. Against the Compose Specification's schema;
// that variables are options of the server, and metrics in alarms, dashboard and autoscaler are shown by a node; that the files name each
// other rightly; that no password stands in the clear; that every alarm is told of in docs/OPERATIONS.md.
import { lintCompose, lintDockerfile } from './deploy-lint/compose.ts'
import { lintKubernetes } from './deploy-lint/kubernetes.ts'
import { lintMonitoring } from './deploy-lint/monitoring.ts'
import { knownMetrics, type Tell } from './deploy-lint/project.ts'

const faults: string[] = []
const tell: Tell = (file, fault) => void faults.push(`${file}: ${fault}`)
const metrics = await knownMetrics()
lintCompose(tell)
lintDockerfile(tell)
lintKubernetes(metrics, tell)
lintMonitoring(metrics, tell)
for (const fault of faults) console.error(fault)
console.log(`deployment files: ${faults.length} faults`)
if (faults.length > 0) process.exitCode = 1
