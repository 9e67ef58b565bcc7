// The playground: static files and no server side. `npm run playground` serves it, `npm run playground:build` writes it.
import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'vite'
import { preparedExamples } from './prepared-examples.ts'

const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Relative, so that the files work below any address.
  base: './',
  plugins: [preparedExamples()],
  server: { host: '127.0.0.1', port: 4173, fs: { allow: ['..'] } },
  preview: { host: '127.0.0.1', port: 4173 },
  // The page runs what was built: workers are asked for by the addresses of files.
  resolve: { alias: { 'fuzzbox/browser': fileURLToPath(new URL('../build/src/browser/index.js', import.meta.url)) } },
  worker: { format: 'es' },
  build: {
    outDir: '../build/playground',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 20_000,
    reportCompressedSize: false,
  },
})

export default config
