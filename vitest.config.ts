import { defineConfig } from 'vitest/config'

/** Where `.ci/run` reads the counts from: a JSON report is written there beside the usual output. */
const reportFile = process.env.TEST_REPORT_FILE

export default defineConfig({
  test: {
    reporters: reportFile ? ['default', ['json', { outputFile: reportFile }]] : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,client,load,eval,scripts,test}/**/*.unit.test.ts'],
          // Planted violations; node_modules is the default.
          exclude: ['test/fixtures/**', '**/node_modules/**'],
          testTimeout: 20_000,
        },
      },
      { test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'] } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], testTimeout: 20_000 } },
      { test: { name: 'sim', include: ['test/sim/**/*.test.ts'], exclude: ['**/*.unit.test.ts'], testTimeout: 300_000 } },
      {
        test: {
          name: 'services',
          include: ['test/real/**/*.test.ts'],
          setupFiles: ['test/services/tell-logs.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      { test: { name: 'crash', include: ['test/crash/**/*.test.ts'], testTimeout: 300_000, fileParallelism: false } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 60_000, fileParallelism: false } },
      {
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.test.ts'],
          exclude: ['**/*.unit.test.ts'],
          setupFiles: ['test/services/tell-logs.ts'],
          testTimeout: 900_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
